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
            if let generated = GeneratedFiles.asked(arguments, context) {
                return generated.rawValue
            }
            if let names = CommandLineWords.helpRequest(arguments) {
                return ClientHelp.answer(names, arguments, context).rawValue
            }
            if LeadingOptions.withoutCommon(arguments[...]).isEmpty {
                return bare(ClientHelp.root, arguments, context).rawValue
            }
            var command = try CareVaultCommand.parseAsRoot(arguments)
            if let command = command as? any ClientCommand {
                return perform(command, context).rawValue
            }
            if command is any ClientCommandGroup {
                // A name of a group without one of its commands: its help says what there is.
                let names = Voice.path(arguments).split(separator: " ").dropFirst()
                let group = ClientHelp.root.follow(names.map(String.init)).command
                return bare(group, arguments, context).rawValue
            }
            // The parser's own: what it tells of its commands.
            try command.run()
            return ExitStatus.success.rawValue
        } catch {
            return refuse(error, arguments, context).rawValue
        }
    }

    /// A name of a group without one of its commands: its help says what there is.
    private static func bare(
        _ group: CommandHelp, _ arguments: [String], _ context: ClientContext
    ) -> ExitStatus {
        let language = ClientHelp.language(arguments, context)
        context.errors(ClientHelp.page(group, language, context))
        return .usage
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

    /// Wrong usage, and what the parser answers itself.
    @discardableResult
    static func refuse(
        _ error: any Error, _ arguments: [String], _ context: ClientContext
    ) -> ExitStatus {
        let text = CareVaultCommand.message(for: error)
        guard CareVaultCommand.exitCode(for: error) != .success else {
            try? context.output(Voice.ended(CareVaultCommand.fullMessage(for: error)))
            return .success
        }
        let command = Voice.path(arguments)
        let names = command.split(separator: " ").dropFirst().map(String.init)
        let group = ClientHelp.root.follow(names).command
        var problem = UsageProblem.parser(text, command: command)
        if !group.commands.isEmpty {
            // Groups take no common options, of which the parser would speak first.
            let left = LeadingOptions.withoutCommon(arguments.dropFirst(names.count))
            guard let word = left.first else { return bare(group, arguments, context) }
            if !word.hasPrefix("-") {
                problem = .parser(
                    "Unexpected argument '\(word)'", command: command, meant: meant(word, group))
            }
        }
        return fail(.usage(problem), arguments, context)
    }

    /// Says what is wrong with a command line, in the language and form that it asks for.
    static func fail(
        _ error: ClientError, _ arguments: [String], _ context: ClientContext
    ) -> ExitStatus {
        context.errors(error.diagnostic.text(in: ClientHelp.language(arguments, context)))
        if CommandLineWords.wantsJSON(arguments) { try? context.output(error.json) }
        return error.status
    }

    /// The command that a mistyped name probably meant.
    private static func meant(_ word: String, _ group: CommandHelp) -> String? {
        let known = group.commands.filter { !$0.isHidden }.map(\.name)
        return NearestWord.of(word, among: known)
            .map { (group.path + [$0]).joined(separator: " ") }
    }
}

/// Common options that stand before the name of the command.
enum LeadingOptions {
    /// What is left of a command line without them.
    static func withoutCommon(_ arguments: ArraySlice<String>) -> [String] {
        var left: [String] = []
        var rest = arguments
        while let first = rest.popFirst() {
            if CommonOptions.withValue.contains(first), !rest.isEmpty {
                rest.removeFirst()
            } else if !CommonOptions.flags.contains(first),
                !CommonOptions.withValue.contains(where: { first.hasPrefix("\($0)=") })
            {
                left.append(first)
            }
        }
        return left
    }

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
