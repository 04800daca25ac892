import CPlatform
import Glibc

/// What a process that holds secrets does to itself before it holds any.
package enum ProcessHardening {
    /// No core file, no `ptrace` and no `/proc/PID/mem` for other processes of the same user.
    package static func disableCoreDumps() throws(PlatformError) {
        try check(.controlProcess, "core dumps", cp_disable_core_dumps())
    }

    /// A crash ends the process at once: no handler of the runtime prints registers and memory.
    package static func resetCrashSignals() throws(PlatformError) {
        try check(.controlProcess, "crash signals", cp_default_crash_signals())
    }

    /// Whether the kernel would write a core file of this process.
    package static var isDumpable: Bool { cp_is_dumpable() != 0 }

    /// Programs started from here on gain nothing from set-user-id bits.
    package static func denyNewPrivileges() throws(PlatformError) {
        try check(.controlProcess, "no_new_privs", cp_deny_new_privileges())
    }

    /// Files made from here on are for their owner alone, unless a mode is set explicitly.
    package static func setPrivateUmask() { _ = umask(0o077) }

    /// A write to a closed connection is an error instead of the end of the process.
    package static func ignoreBrokenPipes() throws(PlatformError) {
        try check(.controlProcess, "SIGPIPE", cp_ignore_broken_pipes())
    }

    /// Raises the limit of locked memory towards `bytes`: as far as the hard limit lets, and for root
    /// beyond.
    ///
    /// - Returns: what the limit is now; less than asked is no error here, the caller warns.
    package static func raiseLockedMemoryLimit(to bytes: UInt64) throws(PlatformError) -> UInt64 {
        var after: UInt64 = 0
        try check(
            .controlProcess, "RLIMIT_MEMLOCK", unsafe cp_raise_locked_memory_limit(bytes, &after))
        return after
    }

    /// Raises the limit of open descriptors towards `count`: as far as the hard limit lets, and for
    /// root beyond.
    ///
    /// - Returns: what the limit is now.
    package static func raiseDescriptorLimit(to count: UInt64) throws(PlatformError) -> UInt64 {
        var after: UInt64 = 0
        try check(
            .controlProcess, "RLIMIT_NOFILE", unsafe cp_raise_descriptor_limit(count, &after))
        return after
    }
}

/// Which process this is.
package enum ProcessIdentity {
    /// The own pid.
    package static var current: Int32 { getpid() }
}
