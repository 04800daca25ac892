import Dispatch
import Synchronization
package import VaultEngine

/// Looks at vault and machine every few seconds, sealed or not, and whenever somebody asks.
package final class HealthWatch: Sendable {
    private let vault: Vault
    private let machine: MachineCheck?
    private let queue = DispatchQueue(label: "carevault.health", qos: .utility)
    private let isOver = Atomic<Bool>(false)
    /// One look at a time: two could tell of one change in the wrong order.
    private let looking = Mutex<Void>(())

    /// A watch over a vault; without `machine`, over the vault alone.
    package init(vault: Vault, machine: MachineCheck?) {
        self.vault = vault
        self.machine = machine
    }

    /// Bytes free where the vault's files lie; nil if that cannot be told.
    var diskFree: UInt64? { machine?.diskFree }

    /// Looks now.
    package func look() {
        looking.withLock { _ in
            vault.checkHealth()
            guard let machine else { return }
            let before = vault.findings
            let found = machine.look { code in
                before.first { $0.code == code }?.colour ?? .green
            }
            for code in MachineCheck.codes where !found.contains(where: { $0.code == code }) {
                vault.reportWell(code)
            }
            for finding in found { vault.report(finding) }
        }
    }

    /// Looks from now on.
    func start() {
        queue.async { [weak self] in
            guard let self, !self.isOver.load(ordering: .acquiring) else { return }
            self.look()
            self.queue.asyncAfter(deadline: .now() + .seconds(MachineLimits.interval)) {
                [weak self] in self?.start()
            }
        }
    }

    /// Looks no more; returns when the last look is over.
    func stop() {
        isOver.store(true, ordering: .releasing)
        queue.sync {}
    }
}
