package import VaultCoding
import VaultSodium
package import VaultStorage

/// The one-time code that an operator hands to a person who is to enrol: `XXXX-XXXX-XXXX`, 60 random
/// bits in Crockford base 32.
///
/// The store keeps only its hash: row `08 ‖ principal id` → `hash(32) ‖ issued µs(8) ‖ number(8)` of
/// the statement that enlisted the principal. Redeeming deletes the row, so a code works once.
package struct EnrolmentCode: Sendable {
    /// How long a code is good for, in µs: 7 days, for somebody to come to the office.
    package static let lifetime: UInt64 = 7 * 24 * 3600 * 1_000_000

    private static let symbols = 12

    /// What the operator hands over.
    package let text: String
    /// Writes the row; an older code of the principal stops working.
    package let change: KeyringChange

    /// A new code. `number` is the statement that enlisted the principal, `now` in µs since 1970.
    package static func issue(
        for principal: PrincipalID, statement number: UInt64, now: UInt64,
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> EnrolmentCode {
        let symbols = Random.bytes(symbols).map { $0 & 31 }
        var writer = ByteWriter(capacity: 48)
        writer.put(hash(symbols, principal, lock.vault))
        writer.put(now)
        writer.put(number)
        let row = rowKey(principal)
        let change = try lock.put(
            writer.bytes, .wrappedKeys, row,
            replacing: try lock.stored(store, .wrappedKeys, row))
        let text = stride(from: 0, to: symbols.count, by: 4)
            .map { Crockford.format(Array(symbols[$0..<$0 + 4])) }.joined(separator: "-")
        return EnrolmentCode(text: text, change: change)
    }

    /// The change that uses up a typed code; to be committed with the enrolment. `number` is the
    /// statement that enlisted the principal last: a code issued before it is another one's.
    ///
    /// Throws `codeUnknown`, `codeExpired`, `storage`.
    package static func redeem(
        _ typed: String, for principal: PrincipalID, statement number: UInt64, now: UInt64,
        _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        let row = rowKey(principal)
        guard let value = try lock.stored(store, .wrappedKeys, row),
            let symbols = try? Crockford.parse(typed)
        else { throw .codeUnknown }
        var reader = ByteReader(try lock.open(value, .wrappedKeys, row))
        let stored = try parsing(.enrolmentCode) { () throws(CodingError) in
            let fields = (try reader.digest(), try reader.u64(), try reader.u64())
            try reader.finish()
            return fields
        }
        guard stored.2 == number,
            ConstantTime.equal(stored.0, hash(symbols, principal, lock.vault))
        else { throw .codeUnknown }
        guard now < stored.1 + lifetime else { throw .codeExpired }
        return removal(row, value)
    }

    /// Whether a code of the principal is out that nobody has used; it may have lapsed. Throws `storage`.
    package static func isOut(
        for principal: PrincipalID, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> Bool {
        try lock.stored(store, .wrappedKeys, rowKey(principal)) != nil
    }

    /// The change that withdraws a principal's code, empty if there is none.
    package static func withdraw(
        for principal: PrincipalID, _ store: any ByteStore, lock: StorageLock
    ) throws(KeyringError) -> KeyringChange {
        let row = rowKey(principal)
        guard let value = try lock.stored(store, .wrappedKeys, row) else {
            return KeyringChange()
        }
        return removal(row, value)
    }

    private static func removal(_ row: [UInt8], _ value: [UInt8]) -> KeyringChange {
        KeyringChange(
            preconditions: [.equals(.wrappedKeys, row, value)],
            writes: [.delete(.wrappedKeys, row)])
    }

    private static func rowKey(_ principal: PrincipalID) -> [UInt8] {
        WrappedRow.enrolmentCode.key(principal.bytes)
    }

    private static func hash(
        _ symbols: [UInt8], _ principal: PrincipalID, _ vault: VaultID
    ) -> Digest {
        var writer = ByteWriter(capacity: 64)
        writer.put(framed: vault.bytes)
        writer.put(framed: principal.bytes)
        writer.put(framed: symbols)
        return Blake2b.digest(writer.bytes, personal: .enrolmentCode)
    }
}
