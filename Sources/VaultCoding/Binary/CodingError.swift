/// Why bytes or text could not be read. Positions are offsets from the start of the input, in bytes.
///
/// No case carries content of the input: what is parsed may be secret or personal.
package enum CodingError: Error, Equatable, Sendable {
    /// The input ended at `at`, in the middle of a value.
    case truncated(at: Int)
    /// Bytes follow the last value, from `at` on.
    case trailing(at: Int)
    /// A length or count at `at` is above `limit`.
    case tooLong(limit: Int, at: Int)
    /// What stands at `at` is not a spelling of `what`.
    case invalid(what: String, at: Int)
}
