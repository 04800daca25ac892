import CPlatform
import Glibc

/// Signals that would end the process (SIGHUP, SIGTERM, SIGQUIT, SIGINT where nobody else handles it), with
/// time to tidy up before. One at a time in a process.
package struct Farewell: Sendable {
    private let reader: Int32

    /// Begins to hold them.
    package init() throws(PlatformError) {
        var reader: Int32 = -1
        try check(.controlProcess, "signals", unsafe cp_farewell_begin(&reader))
        self.reader = reader
    }

    /// Waits for a signal, tidies up and ends the process with it; returns once `end` was called.
    package func await(_ tidy: () -> Void) {
        let signal = cp_farewell_next(reader)
        guard signal > 0 else { return }
        tidy()
        cp_farewell_leave(signal)
    }

    /// Signals have their usual effect again.
    package func end() { cp_farewell_end() }
}
