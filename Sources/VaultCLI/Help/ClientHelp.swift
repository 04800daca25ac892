import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// What the client answers about its commands: help, and what is wrong with a command line, in the
/// language and form that the command line asks for.
struct ClientHelp {
    let commands: CommandTree
    let context: ClientContext
    /// The language where a command line asks for none; nil for that of the locale.
    var usual: Language?

    // MARK: Help

    /// Every command; its pages, manual pages and completions are made of it.
    var root: CommandHelp {
        var help = commands.help(words: Self.words)
        let arguments = help.all.flatMap(\.arguments)
        help.leading = (CommonOptions.withValue + CommonOptions.flags).compactMap { name in
            arguments.first { $0.names.contains(name) }
        }
        return help
    }

    /// The page that a command line asks for, help about what is not there included.
    func answer(_ names: [String], _ arguments: [String]) -> ExitStatus {
        let isTopic = arguments.first == "help"
        let (command, rest) = root.follow(names)
        // What follows a command is an argument of it, unless help was asked for by name.
        guard let rest, isTopic || !command.commands.isEmpty else {
            try? context.output(page(command, arguments))
            return .success
        }
        return fail(
            .usage(.unknownCommand(rest, under: command.path.joined(separator: " "))), arguments)
    }

    /// A name of a group without one of its commands: its help says what there is.
    func bare(_ names: [String], _ arguments: [String]) -> ExitStatus {
        context.errors(page(root.follow(names).command, arguments))
        return .usage
    }

    private func page(_ command: CommandHelp, _ arguments: [String]) -> String {
        HelpPage(command, language(arguments), columns: context.columns).text
    }

    private func language(_ arguments: [String]) -> Language {
        CommandLineWords.language(arguments) ?? usual ?? Language.preferred(context.variable)
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

    // MARK: What is wrong

    /// Wrong usage, and what the parser answers itself.
    @discardableResult
    func refuse(_ error: any Error, _ arguments: [String]) -> ExitStatus {
        let said = commands.diagnosis(of: error)
        guard said.isError else {
            try? context.output(Self.ended(said.text))
            return .success
        }
        let names = commands.names(in: arguments)
        let group = root.follow(names).command
        var problem = UsageProblem.parser(said.text, command: commands.path(names))
        if !group.commands.isEmpty {
            // Groups take no common options, of which the parser would speak first.
            let left = LeadingOptions.withoutCommon(arguments.dropFirst(names.count))
            guard let word = left.first else { return bare(names, arguments) }
            if !word.hasPrefix("-") {
                problem = .parser(
                    "Unexpected argument '\(word)'", command: commands.path(names),
                    meant: Self.meant(word, group))
            }
        }
        return fail(.usage(problem), arguments)
    }

    /// Says what is wrong with a command line.
    func fail(_ error: ClientError, _ arguments: [String]) -> ExitStatus {
        context.errors(error.diagnostic.text(in: language(arguments)))
        if CommandLineWords.wantsJSON(arguments) { try? context.output(error.json(adding: nil)) }
        return error.status
    }

    /// The command that a mistyped name probably meant.
    private static func meant(_ word: String, _ group: CommandHelp) -> String? {
        let known = group.commands.filter { !$0.isHidden }.map(\.name)
        return NearestWord.of(word, among: known)
            .map { (group.path + [$0]).joined(separator: " ") }
    }

    /// With one line feed at the end.
    private static func ended(_ text: String) -> String {
        var text = text
        while text.last?.isNewline == true { text.removeLast() }
        return text + "\n"
    }
}
