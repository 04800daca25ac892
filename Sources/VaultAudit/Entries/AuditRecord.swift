package import VaultCoding

/// One record of the log, as it is stored.
///
/// ```
/// leaf(149) ‖ mode(1) ‖ content
///
/// mode 0  closed    envelope, framed: [salt A ‖ A, framed ‖ salt B ‖ B, framed]
/// mode 1  open A    salt A(32) ‖ A, framed ‖ envelope, framed: [salt B ‖ B, framed]
/// mode 2  sealed    salt A(32) ‖ A, framed ‖ MAC(32)
/// mode 3  sealed    salt A(32) ‖ A, framed; no MAC: after a cold start there is no key for one
/// ```
///
/// Plaintexts of envelopes are padded to a multiple of 512 bytes. An entry of the sealed state has
/// epoch 0 and an empty B under a salt of 32 zero bytes.
package struct AuditRecord: Sendable, Equatable {
    /// What the tree commits to.
    package var leaf: Leaf
    /// The rest.
    package var content: EntryContent

    /// From its parts.
    package init(leaf: Leaf, content: EntryContent) {
        self.leaf = leaf
        self.content = content
    }

    /// The inverse of ``bytes``; throws for anything else.
    package init(parse bytes: [UInt8]) throws(CodingError) {
        guard bytes.count <= AuditLimits.record else {
            throw .tooLong(limit: AuditLimits.record, at: 0)
        }
        var reader = ByteReader(bytes)
        leaf = try Leaf(from: &reader)
        content = try EntryContent(from: &reader)
        try reader.finish()
        guard content.isSealed == (leaf.epoch == 0) else {
            throw .invalid(what: "mode for this epoch", at: Leaf.count)
        }
    }

    /// The stored form.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: Leaf.count + content.sizeHint)
        leaf.write(to: &writer)
        content.write(to: &writer)
        return writer.bytes
    }
}

/// What a record holds besides its leaf.
package enum EntryContent: Sendable, Equatable {
    /// Both parts in an envelope.
    case closed(envelope: [UInt8])
    /// Part A readable, part B in an envelope.
    case openA(OpenedPart, envelope: [UInt8])
    /// Made while the vault was sealed: part A readable, part B empty, a MAC of the chain if there
    /// was a key.
    case sealed(OpenedPart, mac: Digest?)

    /// Whether the entry was made while the vault was sealed.
    package var isSealed: Bool { if case .sealed = self { true } else { false } }

    /// Part A, where it is readable.
    package var openA: OpenedPart? {
        switch self {
        case .closed: nil
        case .openA(let part, _), .sealed(let part, _): part
        }
    }

    fileprivate var sizeHint: Int {
        switch self {
        case .closed(let envelope): 8 + envelope.count
        case .openA(let part, let envelope): 48 + part.encoded.count + envelope.count
        case .sealed(let part, _): 80 + part.encoded.count
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .closed(let envelope):
            writer.put(UInt8(0))
            writer.put(framed: envelope)
        case .openA(let part, let envelope):
            writer.put(UInt8(1))
            part.write(to: &writer)
            writer.put(framed: envelope)
        case .sealed(let part, let mac?):
            writer.put(UInt8(2))
            part.write(to: &writer)
            writer.put(mac)
        case .sealed(let part, nil):
            writer.put(UInt8(3))
            part.write(to: &writer)
        }
    }

    init(from reader: inout ByteReader) throws(CodingError) {
        let at = reader.offset
        switch try reader.u8() {
        case 0: self = .closed(envelope: try reader.framed(max: AuditLimits.record))
        case 1:
            self = .openA(
                try OpenedPart(from: &reader),
                envelope: try reader.framed(max: AuditLimits.record))
        case 2: self = .sealed(try OpenedPart(from: &reader), mac: try reader.digest())
        case 3: self = .sealed(try OpenedPart(from: &reader), mac: nil)
        default: throw .invalid(what: "mode", at: at)
        }
    }
}

/// A part of an entry as it was committed to: salt and encoding. Whether they fit the leaf is
/// checked by whoever opens it.
package struct OpenedPart: Sendable, Equatable {
    /// The salt.
    package var salt: Digest
    /// The part as encoded.
    package var encoded: [UInt8]

    /// From its parts.
    package init(salt: Digest, encoded: [UInt8]) {
        self.salt = salt
        self.encoded = encoded
    }

    /// The part B of every entry of the sealed state.
    package static let emptyB = OpenedPart(salt: .zero, encoded: PartB().encoded)

    /// The commitment as part A.
    package var commitmentA: Digest { Commitment.partA(salt: salt, encoded) }
    /// The commitment as part B.
    package var commitmentB: Digest { Commitment.partB(salt: salt, encoded) }

    func write(to writer: inout ByteWriter) {
        writer.put(salt)
        writer.put(framed: encoded)
    }

    init(from reader: inout ByteReader) throws(CodingError) {
        salt = try reader.digest()
        encoded = try reader.framed(max: AuditLimits.record)
    }
}
