import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage

/// What the vault remembers of a write under the client's name for it, so that a retry is answered
/// with the first result instead of writing twice.
///
/// Row of the requests space: key `BLAKE2b-128(names key, principal ‖ idempotency id)`; value
/// `expires(8) ‖ envelope` under the compartment's care row key of `hash of what was asked(32) ‖
/// result, framed`, padded to a multiple of 128, so that its size does not tell what was written.
/// Under the care lock, because a hash of content can be guessed.
struct RememberedWrite {
    private static let block = 128

    let rowKey: [UInt8]
    private let keys: CareRowKey
    private let content: Digest

    enum Finding {
        case new
        /// The expired row to be replaced.
        case expired([UInt8])
        case done(result: [UInt8])
        /// The name was used for something else.
        case reused
        case damaged
    }

    /// `content` is everything that the request asks, encoded.
    init(
        principal: PrincipalID, id: IdempotencyID, content: [UInt8], names: SecretBox,
        keys: CareRowKey
    ) throws(SodiumError) {
        var writer = ByteWriter(capacity: 48)
        writer.put(framed: "request")
        writer.put(framed: principal.bytes)
        writer.put(framed: id.bytes)
        rowKey = try Blake2b.short(writer.bytes, key: names.bytes, personal: .rowName)
        self.keys = keys
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
        guard let padded = try? keys.open(outer.rest(), rowKey),
            let plain = try? Padding.unpad(padded)
        else { return .damaged }
        var reader = ByteReader(plain)
        guard let hash = try? reader.digest(), let result = try? reader.framed(max: 256),
            (try? reader.finish()) != nil
        else { return .damaged }
        return ConstantTime.equal(hash, content) ? .done(result: result) : .reused
    }

    /// The row that remembers `result`, and what must hold for it.
    func remember(
        _ result: [UInt8], replacing old: [UInt8]?, now: UInt64
    ) throws(KeyringError) -> KeyringChange {
        var inner = ByteWriter(capacity: 96)
        inner.put(content)
        inner.put(framed: result)
        var writer = ByteWriter(capacity: 192)
        writer.put(now + FileLimits.idempotency)
        let padded = Padding.pad(inner.bytes, toMultipleOf: Self.block)
        writer.put(raw: try keys.seal(padded, rowKey))
        return KeyringChange(
            preconditions: [
                old.map { .equals(.requests, rowKey, $0) } ?? .absent(.requests, rowKey)
            ],
            writes: [.put(.requests, rowKey, writer.bytes)])
    }

    /// Removes rows whose time is over, a bounded number at a time.
    static func expired(_ store: any ByteStore, now: UInt64) throws(StorageError) -> [Row] {
        var cursor: [UInt8] = []
        var result: [Row] = []
        while result.count < 1000 {
            let rows = try store.scan(.requests, from: cursor, to: nil, limit: 500)
            for row in rows {
                var reader = ByteReader(row.value)
                if let expires = try? reader.u64(), expires <= now { result.append(row) }
            }
            guard let last = rows.last, rows.count == 500 else { break }
            cursor = last.cursor
        }
        return result
    }
}
