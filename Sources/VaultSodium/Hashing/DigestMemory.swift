import VaultCoding

/// The 32 bytes of a digest as they lie in memory, for calls into C without a heap allocation.
struct DigestMemory {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// 32 zero bytes.
    init() {}

    /// The bytes of `digest`.
    init(_ digest: Digest) {
        let source = digest.words
        words = (
            source.0.bigEndian, source.1.bigEndian, source.2.bigEndian, source.3.bigEndian
        )
    }

    /// The digest with these bytes.
    var digest: Digest {
        Digest(
            words: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
    }

    /// Lends the 32 bytes, for reading and writing.
    mutating func withPointer<R>(_ body: (UnsafeMutablePointer<UInt8>) -> R) -> R {
        unsafe withUnsafeMutablePointer(to: &words) { pointer in
            unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: Digest.count) { bytes in
                unsafe body(bytes)
            }
        }
    }

    /// The digest that `body` writes.
    static func make(_ body: (UnsafeMutablePointer<UInt8>) -> Void) -> Digest {
        var memory = DigestMemory()
        unsafe memory.withPointer(body)
        return memory.digest
    }
}
