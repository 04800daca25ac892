import CSodium

/// Secret bytes in guarded, locked memory that is left out of core dumps; wiped when dropped.
///
/// Cannot be copied by accident, printed or interpolated, and is read only through a closure. Up to
/// 64 bytes come from a pool of slots; more, up to 4 096, get guard pages of their own and cost
/// about 28 µs. May be empty. Throws `length` beyond 4 096 bytes and `outOfMemory`.
@safe
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    /// The largest secret in bytes.
    package static let largest = 4096

    /// The size in bytes.
    package let count: Int
    private let slot: Slot

    /// `count` zero bytes.
    init(zeros count: Int) throws(SodiumError) {
        self.slot = try Self.allocate(count)
        self.count = count
    }

    private static func allocate(_ count: Int) throws(SodiumError) -> Slot {
        try requireLength(count, in: 0...largest, of: "secret")
        if count <= SlotPool.slotSize { return try SlotPool.shared.take() }
        try Sodium.requireReady()
        guard let memory = unsafe sodium_malloc(count) else { throw .outOfMemory }
        unsafe sodium_memzero(memory, count)
        return unsafe Slot(start: memory.bindMemory(to: UInt8.self, capacity: count))
    }

    /// Random bytes.
    package init(random count: Int) throws(SodiumError) {
        try self.init(zeros: count)
        unsafe randombytes_buf(start, count)
    }

    /// A copy of `bytes`; the original stays as it is.
    package init(copying bytes: borrowing Span<UInt8>) throws(SodiumError) {
        try self.init(zeros: bytes.count)
        for index in bytes.indices { unsafe start[index] = bytes[index] }
    }

    /// Takes the content of `bytes`, which is zeroed and emptied, also when this throws.
    ///
    /// Only the given array is zeroed: copies made of it before are out of reach.
    package init(wiping bytes: inout [UInt8]) throws(SodiumError) {
        defer {
            unsafe bytes.withUnsafeMutableBytes { buffer in
                if let start = buffer.baseAddress { unsafe sodium_memzero(start, buffer.count) }
            }
            bytes = []
        }
        try self.init(copying: bytes.span)
    }

    /// `count` bytes that `initialize` fills in; they are zero before.
    package init(count: Int, initialize: (inout MutableSpan<UInt8>) -> Void) throws(SodiumError) {
        try self.init(zeros: count)
        var span = unsafe MutableSpan(_unsafeStart: start, count: count)
        initialize(&span)
    }

    deinit {
        if count <= SlotPool.slotSize {
            SlotPool.shared.giveBack(slot)
        } else {
            unsafe sodium_free(slot.start)
        }
    }

    /// The first byte. Only for calls into C from this module, which check `count` before.
    var start: UnsafeMutablePointer<UInt8> { unsafe slot.start }

    /// Lends the bytes to `body`; whatever `body` copies out of them is no longer protected.
    package func withSpan<R: ~Copyable, E: Error>(
        _ body: (borrowing Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        let span = unsafe Span(_unsafeStart: UnsafePointer(start), count: count)
        return try body(span)
    }

    /// A second secret with the same bytes.
    package func copy() throws(SodiumError) -> SecretBytes {
        let copy = try SecretBytes(zeros: count)
        unsafe copy.start.update(from: start, count: count)
        return copy
    }

    /// Whether both have the same size and bytes; takes the same time wherever they differ.
    package func isEqual(to other: borrowing SecretBytes) -> Bool {
        guard count == other.count else { return false }
        return unsafe sodium_memcmp(start, other.start, count) == 0
    }

    /// Throws unless the secret has `expected` bytes.
    func require(_ expected: Int, as what: String) throws(SodiumError) {
        try requireLength(count, expected, of: what)
    }
}

/// A reference-counted holder of a secret, for caches and for sharing between threads. The secret is
/// wiped when the last reference goes.
package final class SecretBox: Sendable {
    /// The secret.
    package let bytes: SecretBytes

    /// Takes the secret over.
    package init(_ bytes: consuming SecretBytes) {
        self.bytes = bytes
    }
}
