import CPlatform

/// The signals that end a program from outside (SIGINT, SIGTERM, SIGHUP, SIGQUIT), held back while
/// something is half done that would have to be put back first. One that whoever started the program
/// has ignored stays ignored.
package enum Endings {
    /// From now on they are noted. Questions at a terminal end with `interrupted` as before.
    package static func hold() throws(PlatformError) {
        try check(.controlProcess, "SIGINT", cp_endings_hold())
    }

    /// Stops at a place from which everything can still be put back.
    ///
    /// - Throws: `interrupted` when one came since they are held.
    package static func stop() throws(PlatformError) {
        let signal = cp_endings_came()
        guard signal == 0 else { throw .interrupted(signal: signal) }
    }

    /// They end the program again.
    package static func release() { cp_endings_release() }
}
