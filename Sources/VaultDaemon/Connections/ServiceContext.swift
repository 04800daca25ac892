package import VaultEngine
package import VaultWire

/// What all connections share.
package struct ServiceContext: Sendable {
    /// The vault.
    package let vault: Vault
    /// Threads for what blocks.
    package let workers: Workers
    /// Refusals before login, on their way to the log.
    package let refusals: RefusalTally
    /// Looks at vault and machine.
    package let health: HealthWatch
    /// Those who watch the vault.
    package let watchers: Watchers
    /// Answers to acts on the directory, for who asks again.
    let acts = ActMemory()
    /// Answers what needs no vault.
    package let introspection: VarlinkService

    /// Shares these. Without `machine`, health is the vault's alone.
    package init(
        vault: Vault, workers: Workers, refusals: RefusalTally, machine: MachineCheck? = nil,
        watchers: Watchers? = nil
    ) {
        self.vault = vault
        health = HealthWatch(vault: vault, machine: machine)
        self.watchers = watchers ?? Watchers(vault: vault)
        self.workers = workers
        self.refusals = refusals
        introspection = VarlinkService(
            vendor: Program.vendor, product: Program.product, version: Program.version,
            url: Program.url)
    }
}
