import Synchronization
import VaultPlatform

/// Standard error, written whole texts at a time.
package enum StandardError {
    /// Never dropped, so never closed: the descriptor belongs to the process.
    private static let descriptor = Mutex(OwnedDescriptor(taking: 2, path: "<standard error>"))

    /// Writes a text; a closed or full standard error is nobody's fault here.
    package static func write(_ text: String) {
        descriptor.withLock { try? $0.writeAll(text) }
    }
}

/// Standard output, written whole texts at a time.
package enum StandardOutput {
    private static let descriptor = Mutex(OwnedDescriptor(taking: 1, path: "<standard output>"))

    /// Writes a text; what a reader does not take is lost to that reader alone.
    package static func write(_ text: String) {
        descriptor.withLock { try? $0.writeAll(text) }
    }
}
