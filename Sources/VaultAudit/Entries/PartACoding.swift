package import VaultCoding

extension PartA {
    /// The version of the encoding.
    package static let version: UInt8 = 1

    /// The canonical encoding: version, then every field in order. Texts longer than their limit are
    /// cut at a character.
    package var encoded: [UInt8] {
        var writer = ByteWriter(capacity: 384)
        writer.put(Self.version)
        writer.put(time)
        writer.put(framed: action.rawValue)
        writer.put(outcome.rawValue)
        actor.write(to: &writer)
        writer.put(optional: session) { $0.put($1) }
        writer.put(optional: request) { $0.put($1) }
        writer.put(framed: compartment?.rawValue ?? "")
        writer.put(short: kind)
        writer.put(framed: purpose?.rawValue ?? "")
        for text in [reasonCode, ticket, legalBasis, consent, approval] { writer.put(short: text) }
        writer.put(breakGlass)
        writer.put(policyVersion)
        writer.put(statement)
        for text in [rule, failure, reference] { writer.put(short: text) }
        writer.put(results)
        writer.put(list: keys) { writer, key in
            writer.put(short: key.scope)
            writer.put(key.number)
        }
        writer.put(store.counter)
        writer.put(store.digest)
        writer.put(optional: detail) { $1.write(to: &$0) }
        return writer.bytes
    }

    /// The inverse of ``encoded``; any other spelling is refused.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes)
        guard try reader.u8() == Self.version else {
            throw .invalid(what: "version of part A", at: 0)
        }
        let time = try reader.u64()
        let action = try reader.word("action", Action.init(rawValue:))
        let outcomeAt = reader.offset
        guard let outcome = Outcome(rawValue: try reader.u8()) else {
            throw .invalid(what: "outcome", at: outcomeAt)
        }
        self.init(time: time, action: action, outcome: outcome, actor: try Actor(from: &reader))
        session = try reader.optional { reader throws(CodingError) in try reader.identifier() }
        request = try reader.optional { reader throws(CodingError) in try reader.identifier() }
        compartment = try reader.wordOrNone("compartment", Compartment.init(rawValue:))
        kind = try reader.short()
        purpose = try reader.wordOrNone("purpose", PurposeOfUse.init(rawValue:))
        reasonCode = try reader.short()
        ticket = try reader.short()
        legalBasis = try reader.short()
        consent = try reader.short()
        approval = try reader.short()
        breakGlass = try reader.bool()
        policyVersion = try reader.u32()
        statement = try reader.u64()
        rule = try reader.short()
        failure = try reader.short()
        reference = try reader.short()
        results = try reader.u32()
        keys = try reader.list(max: AuditLimits.list) { reader throws(CodingError) in
            KeyEpoch(scope: try reader.short(), number: try reader.u32())
        }
        store = StorePosition(counter: try reader.u64(), digest: try reader.digest())
        detail = try reader.optional { reader throws(CodingError) in
            try EntryDetail(from: &reader)
        }
        try reader.finish()
    }
}

extension Actor {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.put(optional: principal) { $0.put($1) }
        writer.put(short: name)
        writer.put(optional: uid) { $0.put($1) }
        writer.put(optional: fingerprint) { $0.put($1) }
        writer.put(list: roles) { $0.put(framed: $1.rawValue) }
        writer.put(short: unit)
    }

    fileprivate init(from reader: inout ByteReader) throws(CodingError) {
        principal = try reader.optional { reader throws(CodingError) in try reader.identifier() }
        name = try reader.short()
        uid = try reader.optional { reader throws(CodingError) in try reader.u32() }
        fingerprint = try reader.optional { reader throws(CodingError) in try reader.digest() }
        let at = reader.offset
        roles = try reader.list(max: Role.allCases.count) { reader throws(CodingError) in
            try reader.word("role", Role.init(rawValue:))
        }
        guard zip(roles, roles.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .invalid(what: "roles in order", at: at)
        }
        unit = try reader.short()
    }
}

extension ByteWriter {
    /// A text of at most ``AuditLimits/name`` bytes; a longer one is cut at a character.
    mutating func put(short text: String) { put(framed: text.cut(to: AuditLimits.name)) }
}

extension ByteReader {
    /// A text of at most ``AuditLimits/name`` bytes.
    mutating func short() throws(CodingError) -> String { try text(max: AuditLimits.name) }

    /// One word of a vocabulary.
    mutating func word<Word>(
        _ what: String, _ make: (String) -> Word?
    ) throws(CodingError) -> Word {
        let at = offset
        guard let word = make(try short()) else { throw .invalid(what: what, at: at) }
        return word
    }

    /// One word of a vocabulary, or the empty text for none.
    mutating func wordOrNone<Word>(
        _ what: String, _ make: (String) -> Word?
    ) throws(CodingError) -> Word? {
        let at = offset
        let text = try short()
        guard !text.isEmpty else { return nil }
        guard let word = make(text) else { throw .invalid(what: what, at: at) }
        return word
    }
}

extension String {
    /// The longest prefix of whole characters that has at most `limit` bytes.
    func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = startIndex
        var used = 0
        while end < endIndex {
            let size = self[end].utf8.count
            guard used + size <= limit else { break }
            used += size
            end = index(after: end)
        }
        return String(self[..<end])
    }
}
