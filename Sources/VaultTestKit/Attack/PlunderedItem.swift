import VaultAudit
import VaultCoding
import VaultSodium
import VaultStorage

/// Bytes that may be an envelope or a box, with the places that they may be made for.
struct PlunderedItem {
    /// Where the row is; nil for an entry of the log.
    let space: Space?
    let key: [UInt8]
    private let bytes: [UInt8]
    private var contexts: [Context]
    private var nested: [PlunderedItem] = []
    private var isNested = false
    private var triedKeys = 0
    private var triedPairs = 0
    /// Whether anything came out.
    private(set) var isOpened = false

    /// Whether what came out is the innermost, and not a further envelope or box that stays closed.
    var isBared: Bool { isOpened && nested.allSatisfy(\.isBared) }

    // MARK: Making

    /// A row; its value may be an envelope of several kinds of place, or have a time in front.
    static func row(_ space: Space, _ row: Row, _ vault: VaultID) -> PlunderedItem {
        let value = space == .requests ? Array(row.value.dropFirst(8)) : row.value
        if space == .outbox, let entry = outbox(row.value, vault) { return entry }
        return PlunderedItem(
            space: space, key: row.key, bytes: value,
            contexts: places(vault, space, row.key, [[]]))
    }

    /// An entry of the log with an envelope; nil for one of the sealed state, which stands open.
    static func entry(_ record: AuditRecord, _ vault: VaultID) -> PlunderedItem? {
        envelope(record.content).map {
            PlunderedItem(
                space: nil, key: [], bytes: $0,
                contexts: [place(vault, record.leaf.epoch, record.leaf.id)])
        }
    }

    /// An outbox row holds a finished entry between 24 bytes and a MAC: version(1), epoch(4), id(16),
    /// three hashes, mode(1), part A behind its salt if that is open, envelope.
    private static func outbox(_ value: [UInt8], _ vault: VaultID) -> PlunderedItem? {
        var reader = ByteReader(Array(value.dropFirst(24).dropLast(32)))
        do {
            _ = try reader.u8()
            let epoch = try reader.u32()
            let id: EntryID = try reader.identifier()
            _ = try reader.raw(96)
            let mode = try reader.u8()
            if mode == 1 {
                _ = try reader.raw(32)
                _ = try reader.framed(max: 1 << 20)
            }
            return PlunderedItem(
                space: .outbox, key: [], bytes: try reader.framed(max: 1 << 20),
                contexts: [place(vault, epoch, id)])
        } catch { return nil }
    }

    private static func envelope(_ content: EntryContent) -> [UInt8]? {
        switch content {
        case .closed(let envelope), .openA(_, let envelope): envelope
        case .sealed: nil
        }
    }

    private static func place(_ vault: VaultID, _ epoch: UInt32, _ entry: EntryID) -> Context {
        var number = ByteWriter(capacity: 4)
        number.put(epoch)
        return Context(vault.bytes, number.bytes, entry.bytes)
    }

    private static func places(
        _ vault: VaultID, _ space: Space, _ key: [UInt8], _ extras: [[[UInt8]]]
    ) -> [Context] {
        extras.map { Context(fields: [vault.bytes, [space.rawValue], key] + $0) }
    }

    /// More places for a body: every record of the store.
    mutating func addContexts(_ extras: [[[UInt8]]], _ vault: VaultID) {
        guard let space else { return }
        contexts += Self.places(vault, space, key, extras)
    }

    private init(space: Space?, key: [UInt8], bytes: [UInt8], contexts: [Context]) {
        self.space = space
        self.key = key
        self.bytes = bytes
        self.contexts = contexts
    }

    // MARK: Opening

    /// What comes out with the keys that were not tried yet; keys in it are added.
    mutating func open(with keys: inout PlunderedKeys) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        if !isOpened, let plain = attempt(keys) {
            isOpened = true
            found.append(plain)
            keys.add(windowsOf: plain)
            nested = isNested ? [] : inside(plain)
            if space == .wrappedKeys, key.first == 2 { try addWords(plain, &keys) }
        }
        for index in nested.indices { found += try nested[index].open(with: &keys) }
        return found
    }

    private mutating func attempt(_ keys: PlunderedKeys) -> [UInt8]? {
        defer {
            triedKeys = keys.symmetric.count
            triedPairs = keys.pairs.count
        }
        for key in keys.symmetric[triedKeys...] {
            for context in contexts {
                if let plain = try? Envelope.open(bytes, key: key.bytes, context: context) {
                    return plain
                }
            }
        }
        for pair in keys.pairs[triedPairs...] {
            if let plain = try? SealedBox.open(bytes, with: pair.keys) {
                return Array(plain.plundered.suffix(32))
            }
        }
        return nil
    }

    /// What lies in an opened row of the wrapped keys: another envelope, a box, or two envelopes of a
    /// person.
    private func inside(_ plain: [UInt8]) -> [PlunderedItem] {
        guard space == .wrappedKeys, let kind = key.first,
            let fields = vaultAndSpace
        else { return [] }
        func item(_ bytes: [UInt8], _ extras: [[[UInt8]]]) -> PlunderedItem {
            var item = PlunderedItem(space: space, key: key, bytes: bytes, contexts: [])
            item.contexts = extras.map { Context(fields: fields + $0) }
            item.isNested = true
            return item
        }
        let compartments = Compartment.allCases.map { [Array($0.rawValue.utf8)] }
        switch kind {
        case 2:
            guard let person = Person(plain) else { return [] }
            return [
                item(person.seed, [[Array("seed".utf8), person.identity]]),
                item(person.pins, [[Array("pins".utf8)]]),
            ]
        case 3: return [item(plain, [])]
        case 4: return [item(plain, compartments)]
        case 5: return [item(plain, [[Array("held".utf8)]])]
        case 6: return [item(Array(plain.dropFirst(4)), [])]
        default: return []
        }
    }

    /// The fields that begin every place of this row.
    private var vaultAndSpace: [[UInt8]]? {
        guard let context = contexts.first else { return nil }
        var reader = ByteReader(context.bytes)
        guard let vault = try? reader.framed(max: 16), let space = try? reader.framed(max: 1) else {
            return nil
        }
        return [vault, space, key]
    }

    /// A secret of words gives a wrapping key with the salt of each person's row.
    private func addWords(_ plain: [UInt8], _ keys: inout PlunderedKeys) throws {
        guard let person = Person(plain), let (parameters, salt) = person.words else { return }
        for secret in keys.secrets {
            let key = try PasswordHash.derive(
                .plundered(secret), salt: salt, parameters: parameters)
            keys.add(key.plundered)
        }
    }

    /// A principal's row.
    private struct Person {
        let identity: [UInt8]
        let seed: [UInt8]
        let pins: [UInt8]
        var words: (PasswordHash.Parameters, [UInt8])?

        init?(_ plain: [UInt8]) {
            var reader = ByteReader(plain)
            do {
                _ = try reader.u8()
                if try reader.u8() == 1 {
                    words = (
                        try PasswordHash.Parameters(
                            operations: try reader.u32(), memoryKiB: try reader.u32()),
                        try reader.raw(16)
                    )
                }
                identity = try reader.raw(80)
                seed = try reader.framed(max: 512)
                pins = try reader.framed(max: 512)
            } catch { return nil }
        }
    }

    static func holds(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return false }
        return bytes.indices.dropLast(needle.count - 1).contains {
            bytes[$0] == first && bytes[$0..<$0 + needle.count].elementsEqual(needle)
        }
    }
}
