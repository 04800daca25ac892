import ArgumentParser
import CWipingFree
import Glibc
import VaultDaemon
import VaultPlatform
import VaultText

/// The program `carevaultd`.
@main
enum Main {
    /// Wrong usage is 2 here, and 64 for the parser.
    static let usageExit: Int32 = 2

    static func main() async {
        exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs a command line and returns the exit code. On the main thread: what a process gives up, it
    /// gives up for the threads that are started later, and there are none yet.
    @MainActor
    private static func run(_ arguments: [String]) async -> Int32 {
        if let directory = HelpFiles.directory(arguments) { return DaemonHelp.write(to: directory) }
        if let names = CommandLineWords.helpRequest(arguments) {
            return DaemonHelp.show(names, arguments)
        }
        let command: any ParsableCommand
        do {
            command = try DaemonCommand.parseAsRoot(arguments)
        } catch {
            return refuse(error, arguments)
        }
        guard let command = command as? any Runnable else { return help(command, arguments) }
        let language = command.language.language
        do throws(StartupError) {
            let weaknesses = try Hardening.apply(
                wipesFreedMemory: carevault_wiping_free_installed())
            if let command = command as? any Judging {
                return await command.judge(language, weaknesses)
            }
            try await command.perform(language, weaknesses)
            return 0
        } catch {
            ErrorLine.tell(
                error.diagnostic, code: error.code, exit: error.exitCode, language, arguments)
            return error.exitCode
        }
    }

    /// Says what there is when nothing was asked for.
    private static func help(_ command: any ParsableCommand, _ arguments: [String]) -> Int32 {
        if command is DaemonCommand {
            StandardError.write(DaemonHelp.page(DaemonHelp.root, DaemonHelp.language(arguments)))
            return usageExit
        }
        var command = command
        do {
            try command.run()
            return 0
        } catch {
            return refuse(error, arguments)
        }
    }

    /// Version and wrong usage, which the parser reports in one way.
    private static func refuse(_ error: any Error, _ arguments: [String]) -> Int32 {
        guard DaemonCommand.exitCode(for: error) != .success else {
            StandardOutput.write(DaemonCommand.fullMessage(for: error) + "\n")
            return 0
        }
        if arguments.first?.hasPrefix("--language") == true, arguments.count <= 2,
            CommandLineWords.language(arguments) != nil
        {
            return help(DaemonCommand(), arguments)
        }
        ErrorLine.tell(
            DaemonMessages.usage(DaemonCommand.message(for: error)), code: "usage",
            exit: usageExit, DaemonHelp.language(arguments), arguments)
        return usageExit
    }
}

/// A command that does something.
protocol Runnable: ParsableCommand {
    /// The language that was asked for.
    var language: LanguageOption { get }
    /// Does it. `weaknesses` is what could not be made as safe as wanted.
    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError)
}

/// A command whose exit code is a judgement.
protocol Judging: Runnable {
    /// Judges, and gives the exit code.
    func judge(_ language: Language, _ weaknesses: [DaemonEvent]) async -> Int32
}

extension Judging {
    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        _ = await judge(language, weaknesses)
    }
}

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

/// In which language it speaks.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: .init("Language: en or zh (default: from the locale).", valueName: "tag"))
    var tag: String?

    func validate() throws {
        if let tag, Language(tag: tag) == nil {
            throw ValidationError("There is no language \(tag); use en or zh.")
        }
    }

    /// The language of the option, else of the locale.
    var language: Language {
        tag.flatMap { Language(tag: $0) } ?? Language.preferred { Environment.value($0) }
    }
}
