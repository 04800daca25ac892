import ArgumentParser
import Glibc
import VaultPlatform
import VaultText

/// The program `carevault`.
package enum ClientProgram {
    /// Runs with the arguments of this process, then ends it.
    package static func main() -> Never {
        ProcessHardening.setPrivateUmask()
        // No core may keep a secret that was typed; where that cannot be had, the work goes on: this
        // process never holds a key of the vault.
        try? ProcessHardening.disableCoreDumps()
        try? ProcessHardening.resetCrashSignals()
        // Set by nobody else; without it a daemon that went away would end this process silently.
        try? ProcessHardening.ignoreBrokenPipes()
        exit(run(Array(CommandLine.arguments.dropFirst()), .process))
    }

    /// Runs a command line.
    /// - Parameters:
    ///   - arguments: without the name of the program.
    ///   - context: what it may touch.
    /// - Returns: the exit code.
    static func run(_ arguments: [String], _ context: ClientContext) -> Int32 {
        let arguments = LeadingOptions.movedBack(arguments)
        let help = ClientHelp(commands: .carevault, context: context)
        do {
            // Not the parser's: that would show `--version` beside the options of every command,
            // where it means the version of a record.
            if arguments == ["--version"] {
                try context.output(ClientVersion.text + "\n")
                return ExitStatus.success.rawValue
            }
            if let generated = GeneratedFiles.asked(arguments, help) { return generated.rawValue }
            if let names = CommandLineWords.helpRequest(arguments) {
                return help.answer(names, arguments).rawValue
            }
            if LeadingOptions.withoutCommon(arguments[...]).isEmpty {
                return help.bare([], arguments).rawValue
            }
            var command = try CommandTree.carevault.parse(arguments)
            if let command = command as? any ClientCommand {
                return perform(command, context).rawValue
            }
            if command is any ClientCommandGroup {
                let names = CommandTree.carevault.names(in: arguments)
                return help.bare(names, arguments).rawValue
            }
            // The parser's own: what it tells of its commands.
            try command.run()
            return ExitStatus.success.rawValue
        } catch {
            return help.refuse(error, arguments).rawValue
        }
    }

    private static func perform(
        _ command: any ClientCommand, _ context: ClientContext
    ) -> ExitStatus {
        let language =
            command.common.language.flatMap { Language(tag: $0) }
            ?? Language.preferred(context.variable)
        do throws(ClientError) {
            return try command.perform(Client(context, command.common, .carevault))
        } catch {
            let help = OfficeContact.hint(for: error, context, command.common)
            context.errors(error.diagnostic(adding: help).text(in: language))
            if command.common.json { try? context.output(error.json(adding: help)) }
            return error.status
        }
    }
}
