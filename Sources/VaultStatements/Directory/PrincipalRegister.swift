package import VaultCoding
import VaultSodium

/// The accounts of the directory and the keys that were ever granted rights.
package struct PrincipalRegister: Sendable, Equatable {
    /// What a public key has been used for: it serves one principal and one group, once.
    struct KeyUse: Hashable, Sendable {
        let principal: PrincipalID
        let fingerprint: Fingerprint
        let group: Role.Group
        var ended = false
    }

    /// All accounts, by id.
    package private(set) var all: [PrincipalID: Principal] = [:]
    private var names: [String: PrincipalID] = [:]
    private var fingerprints: [Fingerprint: PrincipalID] = [:]
    private var keyUses: [Digest: KeyUse] = [:]

    /// The account with this id.
    package subscript(id: PrincipalID) -> Principal? { all[id] }

    /// The account with this name; case does not matter.
    package func named(_ name: String) -> Principal? {
        names[name.lowercased()].flatMap { all[$0] }
    }

    /// The accounts with this uid, by name: at most one of them enabled unless the vault shares uids.
    package func with(uid: UInt32) -> [Principal] {
        all.values.filter { $0.uid == uid }.sorted { $0.name < $1.name }
    }

    /// The account whose present grant is for these keys.
    package func with(fingerprint: Fingerprint) -> Principal? {
        fingerprints[fingerprint].flatMap { all[$0] }
    }

    /// How many enabled accounts have `role` at `time` (microseconds since 1970-01-01 UTC).
    package func count(of role: Role, at time: UInt64) -> Int {
        all.values.count { $0.roles(at: time).contains(role) }
    }

    /// Whether another enabled account than `principal` has `uid`.
    func isTaken(uid: UInt32, except principal: PrincipalID) -> Bool {
        all.values.contains { $0.uid == uid && !$0.isDisabled && $0.id != principal }
    }

    /// Whether another account than `principal` has `name`.
    func isTaken(name: String, except principal: PrincipalID) -> Bool {
        names[name.lowercased()].map { $0 != principal } ?? false
    }

    /// Whether both keys are unused, or used by the same pair in the same group and not ended.
    func areFree(_ identity: PublicIdentity, _ fingerprint: Fingerprint, _ group: Role.Group)
        -> Bool
    {
        let wanted = KeyUse(
            principal: identity.principal, fingerprint: fingerprint, group: group)
        return [identity.agreement.raw, identity.signing.raw].allSatisfy {
            keyUses[$0].map { $0 == wanted } ?? true
        }
    }

    /// Whether the use of these keys was not ended by a re-enlisting.
    package func mayBeGranted(_ identity: PublicIdentity) -> Bool {
        [identity.agreement.raw, identity.signing.raw].allSatisfy { keyUses[$0]?.ended != true }
    }

    /// Whether no grant was ever for these keys.
    package func wereNeverGranted(_ identity: PublicIdentity) -> Bool {
        [identity.agreement.raw, identity.signing.raw].allSatisfy { keyUses[$0] == nil }
    }

    mutating func enlist(_ body: EnlistBody, number: UInt64) {
        if let old = all[body.principal] {
            names[old.name.lowercased()] = nil
            revoke(body.principal)
            endKeys(of: body.principal)
        }
        all[body.principal] = Principal(
            id: body.principal, name: body.name, uid: body.uid, enlistedBy: number)
        names[body.name.lowercased()] = body.principal
    }

    mutating func disable(_ principal: PrincipalID) { all[principal]?.isDisabled = true }

    /// Gives the account back and no right: the operator who disabled it did not grant anything
    /// either, and the boxes of the grant are gone. The same keys may be granted again.
    mutating func enable(_ principal: PrincipalID) {
        revoke(principal)
        all[principal]?.isDisabled = false
    }

    mutating func rename(_ principal: PrincipalID, to name: String) {
        if let old = all[principal]?.name { names[old.lowercased()] = nil }
        all[principal]?.name = name
        names[name.lowercased()] = principal
    }

    mutating func bind(_ principal: PrincipalID, to uid: UInt32) { all[principal]?.uid = uid }

    mutating func grant(_ grant: Grant, group: Role.Group) {
        let principal = grant.identity.principal
        all[principal]?.grant = grant
        fingerprints[grant.fingerprint] = principal
        let use = KeyUse(principal: principal, fingerprint: grant.fingerprint, group: group)
        keyUses[grant.identity.agreement.raw] = use
        keyUses[grant.identity.signing.raw] = use
    }

    mutating func revoke(_ principal: PrincipalID) {
        if let fingerprint = all[principal]?.fingerprint { fingerprints[fingerprint] = nil }
        all[principal]?.grant = nil
    }

    /// Ends the use of every key that the principal was ever granted: a secret that was lost must not
    /// come back, not even if the grant had been revoked before the re-enlisting.
    private mutating func endKeys(of principal: PrincipalID) {
        for (key, use) in keyUses where use.principal == principal { keyUses[key]?.ended = true }
    }
}
