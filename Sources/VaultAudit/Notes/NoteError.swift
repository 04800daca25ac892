/// Why a signed note, checkpoint or verifier key is not accepted.
package enum NoteError: Error, Sendable, Equatable {
    /// Not in the form of `what`.
    case malformed(what: String)
    /// A known key's signature does not match: the note was altered.
    case badSignature(key: String)
    /// No signature is by a known key.
    case noKnownSignature
    /// The checkpoint is of another log.
    case otherOrigin(expected: String, found: String)
}

extension NoteError: CustomStringConvertible {
    /// What is wrong, in one line.
    package var description: String {
        switch self {
        case .malformed(let what): "not a valid \(what)"
        case .badSignature(let key): "the signature by \(key) does not match: the note was altered"
        case .noKnownSignature: "no signature is by a known key"
        case .otherOrigin(let expected, let found): "the checkpoint is of \(found), not \(expected)"
        }
    }
}
