import CPlatform

/// Bytes of a secret on their way from a person or file to guarded memory: of fixed capacity, so
/// never moved and copied behind, and wiped when dropped.
///
/// They are in ordinary memory, which may be swapped. Copy them into guarded memory and drop them.
@safe
package struct WipedBytes: ~Copyable, @unchecked Sendable {
    private let storage: UnsafeMutablePointer<UInt8>
    /// How many bytes fit.
    package let capacity: Int
    /// How many bytes there are.
    package private(set) var count = 0

    /// Empty, with room for `capacity` bytes (at least one).
    package init(capacity: Int) {
        precondition(capacity > 0, "internal error: a secret needs room for a byte")
        self.capacity = capacity
        unsafe storage = .allocate(capacity: capacity)
        unsafe storage.initialize(repeating: 0, count: capacity)
    }

    deinit {
        unsafe cp_wipe(storage, capacity)
        unsafe storage.deallocate()
    }

    /// Adds a byte; false when there is no room.
    package mutating func append(_ byte: UInt8) -> Bool {
        guard count < capacity else { return false }
        unsafe storage[count] = byte
        count += 1
        return true
    }

    /// Removes and wipes everything.
    package mutating func removeAll() {
        unsafe cp_wipe(storage, capacity)
        count = 0
    }

    /// Drops bytes from the end, such as the line feed of a key file.
    package mutating func removeTrailing(where matches: (UInt8) -> Bool) {
        while count > 0, unsafe matches(storage[count - 1]) {
            count -= 1
            unsafe storage[count] = 0
        }
    }

    /// Lends the bytes.
    package func withSpan<Result, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let span = unsafe Span(_unsafeStart: storage, count: count)
        return try body(span)
    }

    /// Reads once into the free room; 0 at the end or without room.
    mutating func fill(from file: borrowing OwnedDescriptor) throws(PlatformError) -> Int {
        guard count < capacity else { return 0 }
        let free = unsafe UnsafeMutableBufferPointer(
            start: storage + count, count: capacity - count)
        var span = unsafe MutableSpan(_unsafeElements: free)
        let found = try file.read(into: &span)
        count += found
        return found
    }
}
