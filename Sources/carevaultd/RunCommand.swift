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
            socket unit, the socket that it hands over is served instead of --socket. What is not \
            said here is read from the settings file; carevaultd settings explains it.
            """)

    @OptionGroup var places: SettingsOptions

    @OptionGroup var language: LanguageOption

    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        let settings = try places.settings()
        let configuration = Configuration(
            settings, language: self.language.tag == nil ? settings.language ?? language : language)
        try await Daemon.run(configuration, log: DaemonLog(), weaknesses: weaknesses)
    }
}

/// The settings that the command line can give, and the file with the others.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: .init(
            "The vault's directory, mode 0700 (default: /var/lib/carevault).",
            valueName: "directory"))
    var data: String?

    @Option(
        name: .customLong("socket"),
        help: .init(
            """
            Where clients connect, in a directory that others cannot enter (default: \
            /run/carevault/vault.sock).
            """, valueName: "path"))
    var socket: String?

    @Option(
        name: .customLong("group"),
        help: .init(
            "Group whose members may connect (default: the daemon's own).", valueName: "name"))
    var group: String?

    @Option(
        name: .customLong("settings"),
        help: .init(
            "The settings file (default: /etc/carevault/carevaultd.json, where it is there).",
            valueName: "file"))
    var file: String?

    /// The settings in force.
    func settings() throws(StartupError) -> Settings {
        var settings = try Settings(file: file)
        settings.override(.data, data)
        settings.override(.socket, socket)
        settings.override(.group, group)
        return settings
    }
}
