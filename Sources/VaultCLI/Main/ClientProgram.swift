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
        do {
            // Not the parser's: that would show `--version` beside the options of every command,
            // where it means the version of a record.
            if arguments == ["--version"] {
                try context.output(ClientVersion.text + "\n")
                return ExitStatus.success.rawValue
            }
            var command = try CareVaultCommand.parseAsRoot(arguments)
            if let command = command as? any ClientCommand {
                return perform(command, context).rawValue
            }
            if command is any ClientCommandGroup {
                // A name of a group without one of its commands: its help says what there is.
                let help = CareVaultCommand.helpMessage(for: type(of: command))
                context.errors(Voice.ended(help))
                return ExitStatus.usage.rawValue
            }
            // The parser's own: help.
            try command.run()
            return ExitStatus.success.rawValue
        } catch {
            return refuse(error, arguments, context).rawValue
        }
    }

    private static func perform(
        _ command: any ClientCommand, _ context: ClientContext
    ) -> ExitStatus {
        let language =
            command.common.language.flatMap { Language(tag: $0) }
            ?? Language.preferred(context.variable)
        do throws(ClientError) {
            return try command.perform(Client(context, command.common))
        } catch {
            let help = OfficeContact.hint(for: error, context, command.common)
            context.errors(error.diagnostic(adding: help).text(in: language))
            if command.common.json { try? context.output(error.json(adding: help)) }
            return error.status
        }
    }

    /// Help, version and wrong usage, which the parser reports all in one way.
    @discardableResult
    static func refuse(
        _ error: any Error, _ arguments: [String], _ context: ClientContext
    ) -> ExitStatus {
        let text = CareVaultCommand.message(for: error)
        guard CareVaultCommand.exitCode(for: error) != .success else {
            try? context.output(Voice.ended(CareVaultCommand.fullMessage(for: error)))
            return .success
        }
        let problem = ClientError.usage(.parser(Voice.own(text), command: Voice.path(arguments)))
        context.errors(problem.diagnostic.text(in: Language.preferred(context.variable)))
        return problem.status
    }
}

/// Common options that stand before the name of the command.
enum LeadingOptions {
    /// Moves them to the end, where the commands declare them.
    static func movedBack(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if CommonOptions.flags.contains(first) {
                leading.append(rest.removeFirst())
            } else if CommonOptions.withValue.contains(first), rest.count > 1 {
                leading.append(rest.removeFirst())
                leading.append(rest.removeFirst())
            } else if CommonOptions.withValue.contains(where: { first.hasPrefix("\($0)=") }) {
                leading.append(rest.removeFirst())
            } else {
                break
            }
        }
        guard !rest.isEmpty else { return arguments }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + leading + Array(rest[end...])
    }
}

/// The parser's words in our voice.
enum Voice {
    /// Lower case, no final period, one line.
    static func own(_ text: String) -> String {
        var line = text.split(separator: "\n").first.map(String.init) ?? text
        while line.last == "." { line.removeLast() }
        let letters = line.prefix(2)
        guard letters.count == 2, letters.first?.isUppercase == true,
            letters.last?.isLowercase == true
        else { return line }
        return line.prefix(1).lowercased() + line.dropFirst()
    }

    /// With one line feed at the end.
    static func ended(_ text: String) -> String {
        var text = text
        while text.last?.isNewline == true { text.removeLast() }
        return text + "\n"
    }

    /// The command that was meant, as far as its names are known.
    static func path(_ arguments: [String]) -> String {
        var names = ["carevault"]
        var here: any ParsableCommand.Type = CareVaultCommand.self
        for argument in arguments {
            let configuration = here.configuration
            let children =
                configuration.subcommands
                + configuration.groupedSubcommands.flatMap(\.subcommands)
            guard let next = children.first(where: { $0.configuration.commandName == argument })
            else { break }
            names.append(argument)
            here = next
        }
        return names.joined(separator: " ")
    }
}
