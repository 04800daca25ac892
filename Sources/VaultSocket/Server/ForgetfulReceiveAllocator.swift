import NIOCore

/// A fresh buffer for every read, so that nobody but the connection holds it afterwards and it can
/// be overwritten: messages may carry secrets.
///
/// The channel's pool keeps the first buffer it is given for as long as the channel lives. That one
/// is made so small that only the first bytes of the first message, which are its syntax, end there.
struct ForgetfulReceiveAllocator: RecvByteBufferAllocator {
    private static let smallest = 4 * 1024
    private static let largest = 64 * 1024

    private var isFirst = true
    private var capacity = smallest

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        allocator.buffer(capacity: isFirst ? 1 : capacity)
    }

    /// Nil means that buffers are not reused.
    func nextBufferSize() -> Int? { nil }

    mutating func record(actualReadBytes: Int) -> Bool {
        if !isFirst {
            let wanted = actualReadBytes >= capacity ? capacity * 2 : actualReadBytes * 2
            capacity = min(max(wanted, Self.smallest), Self.largest)
        }
        isFirst = false
        // "May grow" makes the pool ask for a new buffer instead of reusing the one it keeps.
        return true
    }
}
