import CSodium
package import VaultCoding

/// Comparisons whose time does not depend on where two values differ; their sizes may show.
package enum ConstantTime {
    /// Whether both have the same bytes.
    package static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return unsafe sodium_memcmp(a, b, a.count) == 0
    }

    /// Whether both are the same.
    package static func equal(_ a: Digest, _ b: Digest) -> Bool {
        var a = DigestMemory(a)
        var b = DigestMemory(b)
        return unsafe a.withPointer { a in
            unsafe b.withPointer { b in unsafe sodium_memcmp(a, b, Digest.count) == 0 }
        }
    }
}
