import VaultPlatform

/// What the daemon does to its own process before it holds anything secret.
package enum Hardening {
    /// Applies all of it. Only while the process has one thread.
    ///
    /// - Parameter wipesFreedMemory: whether the program's `free` wipes; a daemon whose does not
    ///   would keep plaintext in freed heap memory.
    /// - Returns: what is weaker than wanted.
    /// - Throws: `wipingFreeMissing`, `platform`.
    package static func apply(
        wipesFreedMemory: Bool
    ) throws(StartupError) -> [DaemonEvent] {
        guard wipesFreedMemory else { throw .wipingFreeMissing }
        ProcessHardening.setPrivateUmask()
        var locked: UInt64 = 0
        try onPlatform { () throws(PlatformError) in
            try ProcessHardening.disableCoreDumps()
            try ProcessHardening.resetCrashSignals()
            try ProcessHardening.denyNewPrivileges()
            try ProcessHardening.ignoreBrokenPipes()
            _ = try ProcessHardening.raiseDescriptorLimit(to: DaemonLimits.descriptors)
            locked = try ProcessHardening.raiseLockedMemoryLimit(to: DaemonLimits.lockedMemory)
        }
        guard locked < DaemonLimits.lockedMemory else { return [] }
        return [.lockedMemoryLow(limit: locked, wanted: DaemonLimits.lockedMemory)]
    }
}
