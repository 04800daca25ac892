import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// What the vault remembers of a write under the client's name for it, so that a retry is answered
/// with the first result instead of writing twice.
///
/// Row of the requests space: key `BLAKE2b-128(names key, principal ‖ idempotency id)`; value
/// `expires(8) ‖ envelope` under the compartment's care row key of `hash of what was asked(32) ‖
/// result, framed`, padded to a multiple of 128, so that it does not show what was written. Under the
/// care lock, because a hash of content can be guessed; the expiry is a full hour, so that it does not
/// tell to the microsecond when somebody worked.
struct RememberedWrite {
    let rowKey: [UInt8]
    private let keys: CareRowKey
    private let care: CareLock
    private let content: Digest

    private static let block = 128
    private static let hour: UInt64 = 3_600_000_000

    enum Finding {
        case new
        /// The expired row to be replaced.
        case expired([UInt8])
        case done(result: [UInt8])
        /// The name was used for something else.
        case reused
        case damaged
    }

    /// `content` is everything that the request asks, encoded; `keys` are of the compartment that it
    /// writes in, `care` is the whole lock: the name may have been used in another compartment.
    init(
        principal: PrincipalID, id: IdempotencyID, content: [UInt8], names: SecretBox,
        keys: CareRowKey, care: CareLock
    ) throws(SodiumError) {
        var writer = ByteWriter(capacity: 48)
        writer.put(framed: "request")
        writer.put(framed: principal.bytes)
        writer.put(framed: id.bytes)
        rowKey = try Blake2b.short(writer.bytes, key: names.bytes, personal: .rowName)
        self.keys = keys
        self.care = care
        guard let digest = Digest(Blake2b.plain(content, count: Digest.count)) else {
            preconditionFailure("internal error: a hash of another length than asked for")
        }
        self.content = digest
    }

    /// Looks whether this was asked before.
    func look(_ store: any ByteStore, now: UInt64) throws(StorageError) -> Finding {
        guard let value = try store.get(.requests, rowKey) else { return .new }
        var outer = ByteReader(value)
        guard let expires = try? outer.u64() else { return .damaged }
        guard expires > now else { return .expired(value) }
        guard let padded = opened(outer.rest()), let plain = try? Padding.unpad(padded) else {
            return .damaged
        }
        var reader = ByteReader(plain)
        guard let hash = try? reader.digest(), let result = try? reader.framed(max: 256),
            (try? reader.finish()) != nil
        else { return .damaged }
        return ConstantTime.equal(hash, content) ? .done(result: result) : .reused
    }

    /// What a row's envelope holds, under the care row key of whichever compartment opens it.
    private func opened(_ envelope: [UInt8]) -> [UInt8]? {
        if let plain = try? keys.open(envelope, .requests, rowKey) { return plain }
        guard let generation = try? Envelope.keyNumber(of: envelope) else { return nil }
        for compartment in care.compartments {
            if let key = try? care[compartment]?.careRowKey(generation: generation),
                let plain = try? key.open(envelope, .requests, rowKey)
            {
                return plain
            }
        }
        return nil
    }

    /// The row that remembers `result`, and what must hold for it.
    func remember(
        _ result: [UInt8], replacing old: [UInt8]?, now: UInt64
    ) throws(KeyringError) -> KeyringChange {
        var inner = ByteWriter(capacity: 96)
        inner.put(content)
        inner.put(framed: result)
        var writer = ByteWriter(capacity: 192)
        let expires = now + FileLimits.idempotency
        writer.put(expires + (Self.hour - expires % Self.hour))
        let padded = Padding.pad(inner.bytes, toMultipleOf: Self.block)
        writer.put(raw: try keys.seal(padded, .requests, rowKey))
        return KeyringChange(
            preconditions: [
                old.map { .equals(.requests, rowKey, $0) } ?? .absent(.requests, rowKey)
            ],
            writes: [.put(.requests, rowKey, writer.bytes)])
    }

    /// Rows that one look for expired ones reads: a week of them may be hundreds of thousands, and
    /// nobody waits for their end.
    static let page = 1000

    /// The rows of a page whose time is over, and where the next look goes on; the start again after
    /// the last one.
    static func expired(
        _ store: any ByteStore, from cursor: [UInt8], now: UInt64
    ) throws(StorageError) -> (rows: [Row], next: [UInt8]) {
        let rows = try store.scan(.requests, from: cursor, to: nil, limit: page)
        let over = rows.filter { row in
            var reader = ByteReader(row.value)
            guard let expires = try? reader.u64() else { return false }
            return expires <= now
        }
        guard let last = rows.last, rows.count == page else { return (over, []) }
        return (over, last.cursor)
    }
}
