/// The 16 bytes of BLAKE2b personalisation that separate one use of the hash from all others
/// (RFC 7693 §2.8): ASCII text padded with zeros.
package struct Personal: Sendable, Hashable {
    /// The size in bytes.
    package static let count = 16

    /// The bytes as two words in memory order.
    private let low: UInt64
    private let high: UInt64

    /// From at most 16 bytes of ASCII; anything else is a mistake in the program.
    package init(_ text: StaticString) {
        precondition(
            text.utf8CodeUnitCount <= Personal.count && text.isASCII,
            "internal error: a personalisation is at most 16 bytes of ASCII")
        var words: (UInt64, UInt64) = (0, 0)
        text.withUTF8Buffer { source in
            unsafe withUnsafeMutableBytes(of: &words) { target in
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(source))
            }
        }
        (low, high) = words
    }

    /// The 16 bytes.
    package var bytes: [UInt8] { unsafe withUnsafeBytes(of: (low, high)) { unsafe Array($0) } }

    /// Lends the 16 bytes to a call into C.
    func withPointer<R>(_ body: (UnsafePointer<UInt8>) -> R) -> R {
        var words = (low, high)
        return unsafe withUnsafeMutablePointer(to: &words) { pointer in
            unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: Personal.count) { bytes in
                unsafe body(UnsafePointer(bytes))
            }
        }
    }
}
