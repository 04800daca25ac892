package import VaultCoding

/// Enlists a person or service, or enlists them again after their secret was lost.
///
/// `principal id(16) ‖ name text ‖ uid(4)`. Re-enlisting ends every grant of the principal and the use
/// of their keys for ever.
package struct EnlistBody: Hashable, Sendable {
    /// Who.
    package let principal: PrincipalID
    /// 1...128 bytes, unique in the vault whatever its case.
    package let name: String
    /// The kernel uid from which the principal connects.
    package let uid: UInt32

    /// From its parts.
    package init(principal: PrincipalID, name: String, uid: UInt32) {
        self.principal = principal
        self.name = name
        self.uid = uid
    }
}

extension EnlistBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        principal = try reader.identifier()
        name = try reader.text(max: BodyCoding.longestText)
        uid = try reader.u32()
    }

    func write(to writer: inout ByteWriter) {
        writer.put(principal)
        writer.put(framed: name)
        writer.put(uid)
    }
}

/// Gives an account another name. `principal id(16) ‖ name text`.
package struct AmendBody: Hashable, Sendable {
    /// Who.
    package let principal: PrincipalID
    /// 1...128 bytes, unique in the vault whatever its case, and not the one they have.
    package let name: String

    /// From its parts.
    package init(principal: PrincipalID, name: String) {
        self.principal = principal
        self.name = name
    }
}

extension AmendBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        principal = try reader.identifier()
        name = try reader.text(max: BodyCoding.longestText)
    }

    func write(to writer: inout ByteWriter) {
        writer.put(principal)
        writer.put(framed: name)
    }
}

/// Binds an account to another kernel uid; keys and grants stay. `principal id(16) ‖ uid(4)`.
package struct RebindBody: Hashable, Sendable {
    /// Who.
    package let principal: PrincipalID
    /// The kernel uid from which the principal connects, and not the one they have.
    package let uid: UInt32

    /// From its parts.
    package init(principal: PrincipalID, uid: UInt32) {
        self.principal = principal
        self.uid = uid
    }
}

extension RebindBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        principal = try reader.identifier()
        uid = try reader.u32()
    }

    func write(to writer: inout ByteWriter) {
        writer.put(principal)
        writer.put(uid)
    }
}

/// Disables, enables or revokes: names a principal and nothing else. `principal id(16)`.
package struct PrincipalBody: Hashable, Sendable {
    /// Who.
    package let principal: PrincipalID

    /// From its part.
    package init(principal: PrincipalID) { self.principal = principal }
}

extension PrincipalBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) { principal = try reader.identifier() }

    func write(to writer: inout ByteWriter) { writer.put(principal) }
}
