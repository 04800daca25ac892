/// Slow, plain versions after the standards, to compare the fast ones with.
enum Reference {
    /// The first `count` bytes of ChaCha20 (RFC 8439 §2.4) with a zero nonce and counter 0.
    static func chaCha20(key: [UInt8], count: Int) -> [UInt8] {
        var stream: [UInt8] = []
        var counter: UInt32 = 0
        while stream.count < count {
            let start = constants + words(key) + [counter, 0, 0, 0]
            stream += bytes(zip(rounds(start), start).map { $0 &+ $1 })
            counter += 1
        }
        return Array(stream[..<count])
    }

    /// HChaCha20 (draft-irtf-cfrg-xchacha §2.2).
    static func hChaCha20(key: [UInt8], input: [UInt8]) -> [UInt8] {
        let end = rounds(constants + words(key) + words(input))
        return bytes(Array(end[0..<4] + end[12..<16]))
    }

    /// The lanes of LtHash16 for a multiset of elements, each with how often it is in.
    static func ltHash(_ elements: [(key: [UInt8], times: Int)]) -> [UInt8] {
        var lanes = [Int](repeating: 0, count: 1024)
        for (key, times) in elements {
            let stream = chaCha20(key: key, count: 2048)
            for lane in lanes.indices {
                lanes[lane] += times * (Int(stream[2 * lane]) + 256 * Int(stream[2 * lane + 1]))
            }
        }
        return lanes.flatMap { lane in
            let value = ((lane % 65536) + 65536) % 65536
            return [UInt8(value % 256), UInt8(value / 256)]
        }
    }

    private static let constants = words(Array("expand 32-byte k".utf8))

    private static func rounds(_ start: [UInt32]) -> [UInt32] {
        var state = start
        for _ in 0..<10 {
            for column in 0..<4 {
                quarter(&state, column, column + 4, column + 8, column + 12)
            }
            for column in 0..<4 {
                quarter(
                    &state, column, 4 + (column + 1) % 4, 8 + (column + 2) % 4,
                    12 + (column + 3) % 4)
            }
        }
        return state
    }

    private static func quarter(_ state: inout [UInt32], _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
        func step(_ x: Int, _ y: Int, _ z: Int, _ bits: UInt32) {
            state[x] = state[x] &+ state[y]
            let mixed = state[z] ^ state[x]
            state[z] = mixed << bits | mixed >> (32 - bits)
        }
        step(a, b, d, 16)
        step(c, d, b, 12)
        step(a, b, d, 8)
        step(c, d, b, 7)
    }

    private static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count, by: 4).map { offset in
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    private static func bytes(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
}
