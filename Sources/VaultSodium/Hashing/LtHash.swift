package import VaultCoding

#if _endian(big)
#error("LtHash holds its little-endian lanes as machine words")
#endif

/// LtHash16: a hash of a set that elements can be added to and taken from in any order, with about
/// 200 bits of collision resistance (Bellare and Micciancio, "A New Paradigm for Collision-Free
/// Hashing"; Lewi and others, "Securing Update Propagation with Homomorphic Hashing").
///
/// 1 024 little-endian lanes of 16 bits. An element is a 32-byte key; it contributes the first 2 048
/// bytes of ChaCha20 under that key, lane by lane modulo 2¹⁶. Adding one costs about 1 µs.
package struct LtHash: Sendable, Equatable {
    /// The size in bytes.
    package static let count = 2048

    private typealias Lanes = SIMD16<UInt16>
    private static let vectors = 64
    private var lanes: [SIMD16<UInt16>]

    /// The hash of the empty set: all lanes zero.
    package init() {
        lanes = [Lanes](repeating: .zero, count: Self.vectors)
    }

    /// From the 2 048 bytes that `bytes` gave; throws `length` for any other number.
    package init(bytes: [UInt8]) throws(SodiumError) {
        try requireLength(bytes.count, Self.count, of: "LtHash")
        self.init()
        unsafe lanes.withUnsafeMutableBytes { target in
            unsafe target.copyBytes(from: bytes)
        }
    }

    /// The lanes, 2 048 bytes.
    package var bytes: [UInt8] { unsafe lanes.withUnsafeBytes { unsafe Array($0) } }

    /// Puts an element into the set.
    package mutating func add(_ element: Digest) {
        combine(element) { $0 &+= $1 }
    }

    /// Takes an element out of the set.
    package mutating func subtract(_ element: Digest) {
        combine(element) { $0 &-= $1 }
    }

    // Through pointers to the stack: the subscript of an InlineArray copies all of it each time.
    @inline(__always)
    private mutating func combine(_ element: Digest, _ operation: (inout Lanes, Lanes) -> Void) {
        var contribution = InlineArray<64, Lanes>(repeating: .zero)
        unsafe withUnsafeMutableBytes(of: &contribution) { buffer in
            let bytes = unsafe buffer.bindMemory(to: UInt8.self)
            guard let start = bytes.baseAddress else { return }
            unsafe ChaCha20.fill(start, count: bytes.count, key: element)
            let stream = unsafe UnsafeRawBufferPointer(buffer).bindMemory(to: Lanes.self)
            unsafe lanes.withUnsafeMutableBufferPointer { target in
                for index in 0..<Self.vectors { unsafe operation(&target[index], stream[index]) }
            }
        }
    }
}
