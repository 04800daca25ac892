import ArgumentParser
import CWipingFree
import Glibc
import VaultDaemon
import VaultPlatform
import VaultText

/// The program `carevaultd`.
@main
enum Main {
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
            return ErrorLine.usageExit
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
            exit: ErrorLine.usageExit, DaemonHelp.language(arguments), arguments)
        return ErrorLine.usageExit
    }
}
