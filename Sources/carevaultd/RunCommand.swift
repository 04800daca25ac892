import ArgumentParser
import VaultDaemon
import VaultText

/// `carevaultd run`.
struct RunCommand: ParsableCommand, Runnable {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve the vault in a directory until SIGTERM or SIGINT.",
        discussion: """
            Starts sealed; an operator opens it with carevault unseal. Under systemd, with a \
            socket unit, the socket that it hands over is served instead of --socket.
            """)

    @Option(
        name: .customLong("data"),
        help: .init("The vault's directory, mode 0700.", valueName: "directory"))
    var data: String

    @Option(
        name: .customLong("socket"),
        help: .init(
            "Where clients connect, in a directory that others cannot enter.", valueName: "path"))
    var socket = "/run/carevault/vault.sock"

    @Option(
        name: .customLong("group"),
        help: .init(
            "Group whose members may connect (default: the daemon's own).", valueName: "name"))
    var group: String?

    @OptionGroup var language: LanguageOption

    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        let configuration = Configuration(
            data: DataDirectory(data), socketPath: socket, groupName: group, language: language)
        try await Daemon.run(configuration, log: DaemonLog(), weaknesses: weaknesses)
    }
}
