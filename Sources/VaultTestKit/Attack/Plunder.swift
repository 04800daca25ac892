package import VaultAudit
import VaultCoding
import VaultSodium
package import VaultStorage

/// What somebody makes of a vault's files with some of its secrets: opens everything that the keys at
/// hand open, takes every key that turns up, and tries again, until no new one comes.
///
/// Knows the formats and nothing else: every envelope is tried under its place with every key, every
/// box with every pair, every 32 bytes that come out of a short plaintext as a key, a seed and a
/// private half, and every key that is derived from one. It asks no rule, so what it cannot open
/// nobody can with these secrets. Cost: rows × keys × some µs; bodies are tried under every record.
package struct Plunder {
    /// What became of the rows of a space, or of the entries of the log.
    package struct Count: Sendable, Equatable {
        /// How many there are.
        package var found = 0
        /// How many gave a plaintext, be it only another envelope or a box.
        package var opened = 0
        /// How many gave up what lies innermost.
        package var bared = 0
    }

    /// By space of the store.
    package private(set) var rows: [Space: Count] = [:]
    /// The wrapped keys among them, by the first byte of their row keys: 1 the vault's own, 2 people,
    /// 3 boxes, 4 subject keys, 5 keys under a compartment key, 6 data keys of audit epochs.
    package private(set) var wrapped: [UInt8: Count] = [:]
    /// Entries of the log that have closed contents.
    package private(set) var entries = Count()
    /// Keys that turned up, derived ones not counted.
    package var keyCount: Int { keys.roots }
    /// Everything that was opened, for searching.
    package private(set) var plaintexts: [[UInt8]] = []

    private let vault: VaultID
    private var keys: PlunderedKeys
    private var items: [PlunderedItem] = []

    /// Plunders store and log. `secrets` are the texts of secrets, as printed or in a key file: the
    /// seal's and those of people. `guesses` are words that are tried in the index. Throws for a header
    /// that cannot be read, and what store and log throw.
    package init(
        header: [UInt8], secrets: [[UInt8]], store: any ByteStore, log: any AuditStore,
        guesses: [(field: String, word: String)] = []
    ) throws {
        let parsed = try PlunderedHeader(header)
        vault = parsed.vault
        keys = PlunderedKeys(guesses: guesses)
        for secret in secrets { try keys.add(secret: secret) }
        for key in try parsed.storageKeys(with: secrets) { keys.add(key) }
        try collect(store)
        try collect(log)
        while try pass() {}
        for item in items { count(item) }
    }

    /// Whether some plaintext holds these bytes.
    package func reveals(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        return plaintexts.contains { PlunderedItem.holds($0, needle) }
    }

    // MARK: Collecting

    private mutating func collect(_ store: any ByteStore) throws {
        var records: [[[UInt8]]] = []
        for space in Space.allCases {
            rows[space] = Count()
            var cursor: [UInt8] = []
            while true {
                let page = try store.scan(space, from: cursor, to: nil, limit: 512)
                for row in page {
                    items.append(.row(space, row, vault))
                    rows[space]?.found += 1
                    if space == .records, row.key.count == 36 {
                        let version = row.key.suffix(4).map { ~$0 }
                        records.append([Array(row.key[16..<32]), version])
                    }
                }
                guard let last = page.last, page.count == 512 else { break }
                cursor = last.cursor
            }
        }
        for index in items.indices where items[index].space == .bodies {
            items[index].addContexts(records, vault)
        }
    }

    private mutating func collect(_ log: any AuditStore) throws {
        let size = try log.state().size
        var next: UInt64 = 0
        while next < size {
            let page = try log.records(from: next, limit: 256)
            for bytes in page {
                guard let item = PlunderedItem.entry(try AuditRecord(parse: bytes), vault) else {
                    continue
                }
                items.append(item)
                entries.found += 1
            }
            guard !page.isEmpty else { return }
            next += UInt64(page.count)
        }
    }

    // MARK: Opening

    /// Tries on everything the keys that it has not seen; whether a new key turned up.
    private mutating func pass() throws -> Bool {
        let before = keys.count
        for index in items.indices {
            for plain in try items[index].open(with: &keys) { plaintexts.append(plain) }
        }
        return keys.count > before
    }

    private mutating func count(_ item: PlunderedItem) {
        func add(_ count: inout Count) {
            count.opened += item.isOpened ? 1 : 0
            count.bared += item.isBared ? 1 : 0
        }
        guard let space = item.space else { return add(&entries) }
        add(&rows[space, default: Count()])
        guard space == .wrappedKeys, let kind = item.key.first else { return }
        wrapped[kind, default: Count()].found += 1
        add(&wrapped[kind, default: Count()])
    }
}
