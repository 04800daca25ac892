import ArgumentParser
import VaultDaemon

/// The root: `carevaultd`.
struct DaemonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carevaultd",
        abstract: "Keeps the files of people in trouble encrypted and proves who opened them.",
        discussion: """
            Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Clients talk to it with \
            carevault.
            """,
        version: Program.version,
        subcommands: [
            InitCommand.self, RunCommand.self, DoctorCommand.self, SettingsCommand.self,
            VersionCommand.self,
        ])
}
