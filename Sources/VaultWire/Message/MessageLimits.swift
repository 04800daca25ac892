/// Bounds of one message. A larger or deeper one closes the connection that it came on.
package struct MessageLimits: Sendable, Equatable {
    /// Longest message in bytes, without its NUL.
    package let bytes: Int
    /// Deepest nesting of arrays and objects; the message itself counts as one.
    package let depth: Int

    /// - Parameters:
    ///   - bytes: longest message in bytes, without its NUL.
    ///   - depth: deepest nesting of arrays and objects.
    package init(bytes: Int, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    /// 1 MiB, because the largest record is far smaller and attachments travel in chunks;
    /// 32 levels, because no interface nests deeper than eight and the parser recurses.
    package static let standard = MessageLimits(bytes: 1 << 20, depth: 32)
}
