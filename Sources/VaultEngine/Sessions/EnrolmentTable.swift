import Synchronization
import VaultCoding
import VaultKeyring
import VaultSodium

/// Something offered to a person that waits for its secret to be typed back.
protocol PendingOffer: Sendable {
    /// For whom.
    var principal: PrincipalID { get }
    /// The kernel uid to which it was offered.
    var uid: UInt32 { get }
    /// Until when it waits, microseconds since 1970.
    var expires: UInt64 { get }
}

/// An enrolment between the showing of the secret and its typing back. Nothing of it is stored. An
/// object of its own, so that its memory, the code in it, is wiped when it goes.
final class PendingEnrolment: PendingOffer {
    let principal: PrincipalID
    let uid: UInt32
    let code: String
    let seat: FoundingSeat?
    let made: NewPrincipal
    let replaced: StoredPrincipal?
    /// The text that was shown, to compare with what is typed.
    let secret: SecretBox
    let expires: UInt64

    init(
        principal: PrincipalID, uid: UInt32, code: String, seat: FoundingSeat?,
        made: NewPrincipal, replaced: StoredPrincipal?, secret: SecretBox, expires: UInt64
    ) {
        self.principal = principal
        self.uid = uid
        self.code = code
        self.seat = seat
        self.made = made
        self.replaced = replaced
        self.secret = secret
        self.expires = expires
    }
}

/// Offers under way, by a random name that only the connection knows.
final class OfferTable<Offer: PendingOffer>: Sendable {
    private let pending = Mutex<[String: Offer]>([:])

    /// Adds one and returns its name; nil when this uid has too many.
    func add(_ offer: Offer) -> String? {
        let name = Hex.format(Random.bytes(16))
        return pending.withLock { pending in
            let own = pending.values.filter { $0.uid == offer.uid }.count
            guard own < LoginLimits.enrolmentsPerUID else { return nil }
            pending[name] = offer
            return name
        }
    }

    /// The offer of this name and uid, which stays until it is completed or abandoned.
    func find(_ name: String, uid: UInt32, now: UInt64) -> Offer? {
        pending.withLock { pending in
            guard let found = pending[name], found.uid == uid, now < found.expires else {
                return nil
            }
            return found
        }
    }

    func remove(_ name: String, uid: UInt32) {
        pending.withLock { if $0[name]?.uid == uid { $0[name] = nil } }
    }

    /// Forgets what was offered to a principal.
    func remove(of principal: PrincipalID) {
        pending.withLock { $0 = $0.filter { $0.value.principal != principal } }
    }

    func sweep(_ now: UInt64) { pending.withLock { $0 = $0.filter { now < $0.value.expires } } }

    func removeAll() { pending.withLock { $0 = [:] } }
}
