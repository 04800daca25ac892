/// Why a cryptographic operation was refused.
///
/// Sorted by whose fault it is: `length`, `parametersOutOfRange` are the caller's; `cannotOpen`,
/// `badSignature`, `invalidKey` speak of data that came from outside; `unavailable`, `outOfMemory`
/// are the machine's. No case carries anything secret.
package enum SodiumError: Error, Equatable, Sendable {
    /// libsodium could not initialise itself (no source of randomness).
    case unavailable
    /// An input has the wrong size in bytes; `what` names the input. For a range, `expected` is the
    /// bound that was crossed.
    case length(what: String, expected: Int, found: Int)
    /// Guarded memory, or the memory that Argon2id asks for, could not be had.
    case outOfMemory
    /// A public key of low order, or one not in its canonical form.
    case invalidKey
    /// The one answer for every failed decryption, commitment, padding or unknown version: which
    /// check failed is not told.
    case cannotOpen
    /// The signature is not by this key over this message.
    case badSignature
    /// Argon2id parameters outside what is accepted from a file.
    case parametersOutOfRange
}

extension SodiumError: CustomStringConvertible {
    /// One sentence: what failed, and what to do where something can be done.
    package var description: String {
        switch self {
        case .unavailable:
            "libsodium could not start: the system offers no source of randomness"
        case .length(let what, let expected, let found):
            "\(what): expected \(expected) bytes, found \(found)"
        case .outOfMemory:
            "not enough memory for keys or key derivation: free memory or raise the memory limit"
        case .invalidKey: "the public key is not a valid one"
        case .cannotOpen: "cannot open: wrong key, wrong place or damaged data"
        case .badSignature: "the signature does not match"
        case .parametersOutOfRange: "the key derivation parameters are outside the accepted range"
        }
    }
}
