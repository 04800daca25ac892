import Glibc

/// Waiting without doing anything.
enum Pause {
    /// Waits that long.
    static func milliseconds(_ count: UInt32) { _ = usleep(count * 1_000) }
}
