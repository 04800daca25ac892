import ArgumentParser
import VaultDaemon
import VaultPlatform
import VaultText

/// The help of `carevaultd`, of which its pages, manual pages and completions are made.
enum DaemonHelp {
    /// Every command.
    static var root: CommandHelp {
        let words = ["tag": Language.allCases.map(\.rawValue)]
        guard let help = HelpReader.read(DaemonCommand._dumpHelp(), words: words) else {
            preconditionFailure("internal error: the parser tells no commands")
        }
        return help
    }

    /// The language of a command line, else of the locale.
    static func language(_ arguments: [String]) -> Language {
        CommandLineWords.language(arguments) ?? Language.preferred { Environment.value($0) }
    }

    /// The page of a command.
    static func page(_ command: CommandHelp, _ language: Language) -> String {
        let columns = Terminal.columns(of: 1) ?? Terminal.columns(of: 2)
        return HelpPage(command, language, columns: columns).text
    }

    /// Shows the page that a command line asks for.
    /// - Returns: the exit code.
    static func show(_ names: [String], _ arguments: [String]) -> Int32 {
        let language = language(arguments)
        let (command, rest) = root.follow(names)
        guard let rest, arguments.first == "help" || !command.commands.isEmpty else {
            StandardOutput.write(page(command, language))
            return 0
        }
        let program = command.path.joined(separator: " ")
        let problem = HelpMessages.unknownCommand(rest, program: program)
        StandardError.write(problem.text(in: language))
        return ErrorLine.usageExit
    }

    /// `carevaultd --generate DIRECTORY`, for those who install it: writes completions and manual
    /// pages.
    /// - Returns: the exit code.
    static func write(to directory: String) -> Int32 {
        let files = HelpFiles(
            root, section: 8, version: Program.version,
            others: ["carevault(1)", "carevaultd.json(5)"],
            formats: [SettingsManual.page(version: "carevaultd \(Program.version)")])
        do {
            try files.write(to: directory)
            return 0
        } catch {
            let language = Language.preferred { Environment.value($0) }
            StandardError.write(PlatformMessages.diagnostic(error).text(in: language))
            return 1
        }
    }
}
