import VaultCoding

/// Padding that hides the exact length of a plaintext: `length(4, big-endian) ‖ bytes ‖ zeros`.
package enum Padding {
    /// The padded length after PADMÉ (Nikitin and others, "Reducing Metadata Leakage from Encrypted
    /// Files and Communication with PURBs"), at least `floor`: it tells O(log log n) bits of the
    /// length and adds at most 12 %.
    package static func padme(_ length: Int, floor: Int) -> Int {
        precondition(length >= 0 && floor >= 0, "internal error: a negative length")
        guard length > floor else { return floor }
        guard length > 1 else { return length }
        let exponent = Int.bitWidth - 1 - length.leadingZeroBitCount
        let mantissa = Int.bitWidth - exponent.leadingZeroBitCount
        let step = 1 << max(0, exponent - mantissa)
        return (length + step - 1) / step * step
    }

    /// `bytes` framed and filled up to what PADMÉ gives for the framed length, at least `floor`.
    package static func pad(_ bytes: [UInt8], floor: Int) -> [UInt8] {
        pad(bytes, to: padme(4 + bytes.count, floor: floor))
    }

    /// `bytes` framed and filled up to the next multiple of `block` bytes.
    package static func pad(_ bytes: [UInt8], toMultipleOf block: Int) -> [UInt8] {
        precondition(block > 0, "internal error: padding to a multiple of nothing")
        return pad(bytes, to: (4 + bytes.count + block - 1) / block * block)
    }

    /// The bytes that either `pad` was given. Throws `cannotOpen` for a length beyond the end and
    /// for padding that is not zero.
    package static func unpad(_ bytes: [UInt8]) throws(SodiumError) -> [UInt8] {
        guard bytes.count >= 4 else { throw .cannotOpen }
        let length = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - 4 else { throw .cannotOpen }
        // One pass over all of it, which the compiler turns into wide instructions.
        guard bytes[(4 + length)...].reduce(0, |) == 0 else { throw .cannotOpen }
        return Array(bytes[4..<4 + length])
    }

    private static func pad(_ bytes: [UInt8], to size: Int) -> [UInt8] {
        precondition(
            bytes.count <= UInt32.max, "internal error: a padded plaintext is below 4 GiB")
        var writer = ByteWriter(capacity: size)
        writer.put(framed: bytes)
        writer.put(raw: [UInt8](repeating: 0, count: size - 4 - bytes.count))
        return writer.bytes
    }
}
