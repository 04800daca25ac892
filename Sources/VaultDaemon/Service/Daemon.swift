import ServiceLifecycle
import UnixSignals
import VaultEngine
import VaultPlatform
import VaultSocket
import VaultText

/// Runs the daemon.
package enum Daemon {
    /// Serves the vault of a configuration until SIGTERM or SIGINT.
    ///
    /// Every check comes before the first connection is accepted. In order: the files are there and
    /// private, nobody else serves them, the databases are whole, the socket is as configured, the
    /// header parses and the files open: then the start is in the audit log.
    ///
    /// - Throws: `StartupError` when it does not start.
    package static func run(
        _ configuration: Configuration, log: DaemonLog, weaknesses: [DaemonEvent]
    ) async throws(StartupError) {
        let data = configuration.data
        try data.requireVault()
        let lock = try data.takeLock()
        log.write(.started(version: Program.version, data: data.path))
        for weakness in weaknesses { log.write(weakness) }
        try DatabaseCheck.run(data)
        let reserve = EmergencyReserve(
            path: data.reserve, size: DaemonLimits.reserveBytes, log: { log.write($0) })
        reserve.restore()
        // Before the vault, which enters its start in the audit log. Nobody is accepted yet.
        let listener = try listen(configuration)
        let notices = Notices(log: log, notifier: ServiceNotifier(), reserve: reserve)
        let vault: Vault
        do throws(EngineError) {
            var environment = VaultEnvironment(
                data: data, creating: false, diagnostics: { notices.take($0) })
            environment.sessionBounds = configuration.sessionBounds
            vault = try Vault(environment)
        } catch {
            throw .engine(error)
        }
        let context = ServiceContext(
            vault: vault, workers: Workers(),
            refusals: RefusalTally(interval: DaemonLimits.refusalInterval) { caller, count in
                vault.refused(caller, count: count)
            }, machine: MachineCheck(data: data, socketPath: listener.path),
            contact: configuration.contact)
        let service = DaemonService(
            context: context, listener: listener, limits: configuration.limits,
            notices: notices, log: log,
            unattended: UnattendedStart(
                data: data, credentials: Environment.value("CREDENTIALS_DIRECTORY"),
                keyFile: configuration.sealKeyFile))
        await serve(service, log)
        if let failure = service.startFailure { throw failure }
        // The lock goes last: nobody else touches the files before they are closed.
        _ = consume lock
    }

    /// The socket that the service manager handed over, or one bound at the configured path.
    private static func listen(
        _ configuration: Configuration
    ) throws(StartupError) -> UnixListener {
        do throws(PlatformError) {
            if let inherited = try SocketActivation.adopt() { return inherited }
            let group = try configuration.groupName.map { name throws(PlatformError) in
                try Accounts.group(named: name)
            }
            return try UnixListener(
                binding: configuration.socketPath, access: SocketAccess(mode: 0o660, group: group))
        } catch {
            throw .platform(error)
        }
    }

    private static func serve(_ service: DaemonService, _ log: DaemonLog) async {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                        serviceName: "carevaultd")
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: log.forLibraries))
        // The service itself does not throw; what the group throws is about its own state.
        try? await group.run()
    }
}
