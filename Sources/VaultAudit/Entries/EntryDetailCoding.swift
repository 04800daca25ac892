import VaultCoding

extension EntryDetail {
    /// Bytes of a tag.
    private static let tagSize = 16

    func write(to writer: inout ByteWriter) {
        switch self {
        case .epochOpened(let opening):
            writer.put(UInt8(1))
            writer.put(opening.epoch)
            writer.put(opening.auditKey)
            writer.put(opening.auditKeyFingerprint)
            writer.put(opening.boxHash)
            writer.put(opening.statement)
            writer.put(opening.statementHash)
        case .continued(let continuation):
            writer.put(UInt8(2))
            writer.put(short: continuation.origin)
            writer.put(continuation.size)
            writer.put(continuation.root)
        case .unsealed(let summary):
            writer.put(UInt8(3))
            writer.put(summary.adopted)
            writer.put(summary.vouched)
        case .tally(let tally):
            writer.put(UInt8(4))
            writer.put(tally.uid)
            writer.put(tally.count)
            writer.put(tally.first)
            writer.put(tally.last)
        case .statement(let number, let hash):
            writer.put(UInt8(5))
            writer.put(number)
            writer.put(hash)
        case .erased(let tag, let highest):
            writer.put(UInt8(6))
            writer.put(framed: tag)
            writer.put(highest)
        case .contentsErased(let first, let last):
            writer.put(UInt8(7))
            writer.put(first)
            writer.put(last)
        case .range(let from, let to):
            writer.put(UInt8(8))
            writer.put(from)
            writer.put(to)
        case .progress(let done, let total):
            writer.put(UInt8(9))
            writer.put(done)
            writer.put(total)
        case .health(let code, let recovered):
            writer.put(UInt8(10))
            writer.put(short: code)
            writer.put(recovered)
        case .about(let principal, let roles, let compartments):
            writer.put(UInt8(11))
            writer.put(principal)
            writer.put(list: roles) { $0.put(framed: $1.rawValue) }
            writer.put(list: compartments) { $0.put(framed: $1.rawValue) }
        }
    }

    init(from reader: inout ByteReader) throws(CodingError) {
        let at = reader.offset
        switch try reader.u8() {
        case 1:
            self = .epochOpened(
                EpochOpening(
                    epoch: try reader.u32(), auditKey: try reader.u32(),
                    auditKeyFingerprint: try reader.digest(), boxHash: try reader.digest(),
                    statement: try reader.u64(), statementHash: try reader.digest()))
        case 2:
            self = .continued(
                LogContinuation(
                    origin: try reader.short(), size: try reader.u64(), root: try reader.digest()))
        case 3:
            let summary = SealedSummary(adopted: try reader.u64(), vouched: try reader.u64())
            guard summary.vouched <= summary.adopted else {
                throw .invalid(what: "count of vouched entries", at: at)
            }
            self = .unsealed(summary)
        case 4:
            self = .tally(
                Tally(
                    uid: try reader.u32(), count: try reader.u64(), first: try reader.u64(),
                    last: try reader.u64()))
        case 5: self = .statement(number: try reader.u64(), hash: try reader.digest())
        case 6:
            let tag = try reader.framed(max: Self.tagSize)
            guard tag.count == Self.tagSize else { throw .invalid(what: "tag", at: at + 1) }
            self = .erased(tag: tag, highest: try reader.u32())
        case 7: self = .contentsErased(first: try reader.u32(), last: try reader.u32())
        case 8: self = .range(from: try reader.u64(), to: try reader.u64())
        case 9: self = .progress(done: try reader.u64(), total: try reader.u64())
        case 10: self = .health(code: try reader.short(), recovered: try reader.bool())
        case 11:
            self = .about(
                try reader.identifier(),
                roles: try reader.list(max: AuditLimits.list) { reader throws(CodingError) in
                    try reader.word("role", Role.init(rawValue:))
                },
                compartments: try reader.list(max: AuditLimits.list) {
                    reader throws(CodingError) in
                    try reader.word("compartment", Compartment.init(rawValue:))
                })
        default: throw .invalid(what: "kind of entry detail", at: at)
        }
    }
}
