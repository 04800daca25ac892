import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// The help of `carevault`, of which its pages, manual pages and completions are made.
enum ClientHelp {
    /// Every command.
    static var root: CommandHelp {
        let titles = titles(of: CareVaultCommand.self, at: [CareVaultCommand._commandName])
        let help = HelpReader.read(CareVaultCommand._dumpHelp(), titles: titles, words: words)
        guard var help else { preconditionFailure("internal error: the parser tells no commands") }
        let arguments = help.all.flatMap(\.arguments)
        help.leading = (CommonOptions.withValue + CommonOptions.flags).compactMap { name in
            arguments.first { $0.names.contains(name) }
        }
        return help
    }

    /// The page of a command.
    static func page(
        _ command: CommandHelp, _ language: Language, _ context: ClientContext
    ) -> String {
        HelpPage(command, language, columns: context.columns).text
    }

    /// The page that a command line asks for, help about what is not there included.
    static func answer(
        _ names: [String], _ arguments: [String], _ context: ClientContext
    ) -> ExitStatus {
        let language = language(arguments, context)
        let isTopic = arguments.first == "help"
        let (command, rest) = root.follow(names)
        // What follows a command is an argument of it, unless help was asked for by name.
        guard let rest, isTopic || !command.commands.isEmpty else {
            try? context.output(page(command, language, context))
            return .success
        }
        return ClientProgram.fail(
            .usage(.unknownCommand(rest, under: command.path.joined(separator: " "))), arguments,
            context)
    }

    /// The language of a command line, else of the locale.
    static func language(_ arguments: [String], _ context: ClientContext) -> Language {
        CommandLineWords.language(arguments) ?? Language.preferred(context.variable)
    }

    /// What values may be, by what stands for them.
    private static var words: [String: [String]] {
        [
            "kind": RecordKind.allCases.map(\.name),
            "purpose": PurposeOfUse.allCases.map(\.plainName),
            "tag": Language.allCases.map(\.rawValue),
            "role": Role.allCases.map(\.rawValue),
            "compartment": Compartment.allCases.map(\.rawValue),
        ]
    }

    private static func titles(
        of command: any ParsableCommand.Type, at path: [String]
    ) -> HelpReader.Titles {
        let configuration = command.configuration
        var titles: HelpReader.Titles = [:]
        let groups = configuration.groupedSubcommands.map { group in
            (Optional(group.name), group.subcommands.map { $0._commandName })
        }
        if !groups.isEmpty { titles[path] = groups }
        for child in configuration.subcommands {
            titles.merge(Self.titles(of: child, at: path + [child._commandName])) { $1 }
        }
        return titles
    }
}
