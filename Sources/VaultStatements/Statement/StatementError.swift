package import VaultCoding

/// Why a statement or a chain is not believed. Cases name the number of the statement where it is
/// known; none carries a name or another content of a body.
package enum StatementError: Error, Equatable, Sendable {
    /// The bytes are not the spelling of a head, statement or draft.
    case malformed(CodingError)
    /// The body is not a spelling of its kind.
    case malformedBody(number: UInt64, CodingError)
    /// A version byte that this program does not know.
    case newerFormat
    /// A kind, or a version of its body, that this program does not know.
    case newer(number: UInt64, kind: UInt16)
    /// The statement after the last one must be `expected`.
    case outOfOrder(expected: UInt64, found: UInt64)
    /// The statement, or the chain at this number, names or has another predecessor.
    case fork(number: UInt64)
    /// A chain that was longer before: it ends before this number.
    case cut(number: UInt64)
    /// The chain is of another vault.
    case otherVault
    /// A statement without the first one, or no statement at all.
    case empty
    /// Earlier than the statement before it.
    case timeRunsBack(number: UInt64)
    /// The body is not the one that the head commits to.
    case bodyMismatch(number: UInt64)
    /// A signature is not by the signer's key over this head.
    case badSignature(number: UInt64)
    /// A draft lacks a signature, or has one of the wrong size.
    case signatureMissing(number: UInt64)
    /// The signers' right does not follow from the chain before the statement.
    case notEntitled(number: UInt64, kind: StatementKind, SignerRule)
    /// What the statement says does not fit the directory before it.
    case refused(number: UInt64, kind: StatementKind, BodyRule)

    /// Runs `body` and turns its error into `malformed`.
    static func coding<Value>(
        _ body: () throws(CodingError) -> Value
    ) throws(StatementError) -> Value {
        do { return try body() } catch { throw .malformed(error) }
    }
}

extension StatementError: CustomStringConvertible {
    /// One sentence: which statement, which rule, what it means.
    package var description: String {
        switch self {
        case .malformed: "the bytes are not a statement: the row or file is damaged"
        case .malformedBody(let number, _):
            "statement \(number): the body is not a spelling of its kind"
        case .newerFormat: "a statement has a newer format: use a newer version of the program"
        case .newer(let number, let kind):
            "statement \(number): kind \(kind) is newer than this program: use a newer version"
        case .outOfOrder(let expected, let found):
            "statement \(expected) is missing: \(found) stands in its place"
        case .fork(let number):
            "statement \(number): it does not follow from the chain that was seen before"
        case .cut(let number): "statement \(number) was seen before and is missing now"
        case .otherVault: "the statements belong to another vault"
        case .empty: "there are no statements: the vault was not initialised or they are gone"
        case .timeRunsBack(let number): "statement \(number): its time is before the one before it"
        case .bodyMismatch(let number):
            "statement \(number): the body is not the one that was signed"
        case .badSignature(let number):
            "statement \(number): the signature is not by the key it names"
        case .signatureMissing(let number): "statement \(number): a signature is missing"
        case .notEntitled(let number, let kind, let rule):
            "statement \(number) (\(kind)): not valid from its signer: \(rule.sentence)"
        case .refused(let number, let kind, let rule):
            "statement \(number) (\(kind)): \(rule.sentence)"
        }
    }
}
