import VaultCoding

/// What a statement says, by kind. One struct for each kind that this version writes.
///
/// Every body begins with a version byte, 1; its fields follow as its struct documents them.
/// Integers are big-endian, texts and lists stand behind a u32 length, an optional is a byte 0, or a
/// byte 1 and the value. Roles and compartments are written by their names, ascending in their order
/// of declaration, each once. Bytes that differ from the one spelling of their value are refused.
package enum StatementBody: Hashable, Sendable {
    case vaultInit(InitBody)
    case founding(FoundingBody)
    case enlist(EnlistBody)
    case disable(PrincipalBody)
    case enable(PrincipalBody)
    case amend(AmendBody)
    case rebind(RebindBody)
    case reenlist(EnlistBody)
    case storageEpochStart(StorageEpochStartBody)
    case storageEpochComplete(StorageEpochCompleteBody)
    case careGrant(CareGrantBody)
    case careRevoke(PrincipalBody)
    case auditGrant(AuditGrantBody)
    case auditRevoke(PrincipalBody)

    /// The version byte of every body.
    package static let version: UInt8 = 1

    /// The kind that the head names for this body.
    package var kind: StatementKind {
        switch self {
        case .vaultInit: .vaultInit
        case .founding: .founding
        case .enlist: .enlist
        case .disable: .disable
        case .enable: .enable
        case .amend: .amend
        case .rebind: .rebind
        case .reenlist: .reenlist
        case .storageEpochStart: .storageEpochStart
        case .storageEpochComplete: .storageEpochComplete
        case .careGrant: .careGrant
        case .careRevoke: .careRevoke
        case .auditGrant: .auditGrant
        case .auditRevoke: .auditRevoke
        }
    }

    /// The encoding, version byte included.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 256)
        writer.put(Self.version)
        fields.write(to: &writer)
        return writer.bytes
    }

    /// Reads the body of `head`, all bytes of it. Throws `malformedBody`, and `newer` for a kind or
    /// version that this program does not know.
    package static func parse(
        _ bytes: [UInt8], of head: StatementHead
    ) throws(StatementError) -> StatementBody {
        do {
            var reader = ByteReader(bytes)
            guard try reader.u8() == version, let body = try read(head.kind, from: &reader) else {
                throw StatementError.newer(number: head.number, kind: head.kind.rawValue)
            }
            try reader.finish()
            return body
        } catch let error as CodingError {
            throw .malformedBody(number: head.number, error)
        } catch {
            throw .newer(number: head.number, kind: head.kind.rawValue)
        }
    }

    private var fields: any BodyFields {
        switch self {
        case .vaultInit(let fields): fields
        case .founding(let fields): fields
        case .enlist(let fields), .reenlist(let fields): fields
        case .disable(let fields), .enable(let fields), .careRevoke(let fields),
            .auditRevoke(let fields):
            fields
        case .amend(let fields): fields
        case .rebind(let fields): fields
        case .storageEpochStart(let fields): fields
        case .storageEpochComplete(let fields): fields
        case .careGrant(let fields): fields
        case .auditGrant(let fields): fields
        }
    }

    /// Nil for kinds that have their number and no body yet.
    private static func read(
        _ kind: StatementKind, from reader: inout ByteReader
    ) throws(CodingError) -> StatementBody? {
        switch kind {
        case .vaultInit: .vaultInit(try InitBody(from: &reader))
        case .founding: .founding(try FoundingBody(from: &reader))
        case .enlist: .enlist(try EnlistBody(from: &reader))
        case .disable: .disable(try PrincipalBody(from: &reader))
        case .enable: .enable(try PrincipalBody(from: &reader))
        case .amend: .amend(try AmendBody(from: &reader))
        case .rebind: .rebind(try RebindBody(from: &reader))
        case .reenlist: .reenlist(try EnlistBody(from: &reader))
        case .storageEpochStart: .storageEpochStart(try StorageEpochStartBody(from: &reader))
        case .storageEpochComplete:
            .storageEpochComplete(try StorageEpochCompleteBody(from: &reader))
        case .careGrant: .careGrant(try CareGrantBody(from: &reader))
        case .careRevoke: .careRevoke(try PrincipalBody(from: &reader))
        case .auditGrant: .auditGrant(try AuditGrantBody(from: &reader))
        case .auditRevoke: .auditRevoke(try PrincipalBody(from: &reader))
        case .compartmentGeneration, .intakeKey, .intakeGrant, .careRecoveryKey,
            .auditGeneration, .signingKey, .auditRecoveryKey, .policy, .approval, .recoveryGrant,
            .operatorRecovery:
            nil
        }
    }
}

/// The fields of one kind of body, after the version byte.
protocol BodyFields {
    init(from reader: inout ByteReader) throws(CodingError)
    func write(to writer: inout ByteWriter)
}
