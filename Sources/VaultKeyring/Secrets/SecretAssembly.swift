import VaultSodium

// Putting secrets together and taking them apart without leaving guarded memory.
extension SecretBytes {
    /// `prefix ‖ secret ‖ suffix`.
    static func joining(
        _ prefix: [UInt8], _ secret: borrowing SecretBytes, _ suffix: [UInt8] = []
    ) throws(SodiumError) -> SecretBytes {
        let start = prefix.count
        return try secret.withSpan { (middle) throws(SodiumError) in
            let end = start + middle.count
            return try SecretBytes(count: end + suffix.count) { output in
                for index in 0..<start { output[index] = prefix[index] }
                for index in middle.indices { output[start + index] = middle[index] }
                for index in suffix.indices { output[end + index] = suffix[index] }
            }
        }
    }

    /// The bytes of `range`, which must lie within the secret.
    func slice(_ range: Range<Int>) throws(SodiumError) -> SecretBytes {
        precondition(range.upperBound <= count, "internal error: a slice beyond the secret")
        return try withSpan { (span) throws(SodiumError) in
            try SecretBytes(count: range.count) { output in
                for index in 0..<range.count { output[index] = span[range.lowerBound + index] }
            }
        }
    }

    /// Whether the secret begins with these bytes, which are not secret.
    func begins(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        return withSpan { span in
            prefix.indices.allSatisfy { span[$0] == prefix[$0] }
        }
    }

    /// The bytes of `range` in the open, for the parts of a secret that are not secret themselves.
    func reveal(_ range: Range<Int>) -> [UInt8] {
        precondition(range.upperBound <= count, "internal error: a slice beyond the secret")
        return withSpan { span in range.map { span[$0] } }
    }
}
