/// What there is to know about one command and those under it: what help pages, manual pages and
/// completions are made of. Texts are the English ones, by which ``HelpTexts`` finds the others.
package struct CommandHelp: Sendable {
    /// Commands under one heading.
    package struct Group: Sendable {
        /// The heading in English; nil for the usual one.
        package var title: String?
        /// The commands in order, hidden ones among them.
        package var commands: [CommandHelp]

        /// From its parts.
        package init(title: String?, commands: [CommandHelp]) {
            self.title = title
            self.commands = commands
        }
    }

    /// The names that lead here, the program's first: `carevault`, `record`, `get`.
    package var path: [String]
    /// Other names.
    package var aliases: [String]
    /// One or two sentences.
    package var abstract: String
    /// More, in paragraphs; may be empty.
    package var discussion: String
    /// Left out wherever commands are listed.
    package var isHidden: Bool
    /// What it takes, in order.
    package var arguments: [ArgumentHelp]
    /// The commands under it.
    package var groups: [Group]
    /// Options of the commands under it that may also stand before their names; not told here.
    package var leading: [ArgumentHelp] = []

    /// From its parts.
    package init(
        path: [String], aliases: [String] = [], abstract: String, discussion: String = "",
        isHidden: Bool = false, arguments: [ArgumentHelp] = [], groups: [Group] = []
    ) {
        self.path = path
        self.aliases = aliases
        self.abstract = abstract
        self.discussion = discussion
        self.isHidden = isHidden
        self.arguments = arguments
        self.groups = groups
    }

    /// The last of the names.
    package var name: String { path.last ?? "" }

    /// The commands directly under it.
    package var commands: [CommandHelp] { groups.flatMap(\.commands) }

    /// Itself and every command under it, those above first.
    package var all: [CommandHelp] { [self] + commands.flatMap(\.all) }

    /// The command under it that has this name; nil where there is none.
    package func child(_ name: String) -> CommandHelp? {
        commands.first { $0.name == name || $0.aliases.contains(name) }
    }

    /// The command that words lead to, and the first word that leads nowhere.
    package func follow(_ words: some Sequence<String>) -> (command: CommandHelp, rest: String?) {
        var here = self
        for word in words {
            guard let next = here.child(word) else { return (here, word) }
            here = next
        }
        return (here, nil)
    }

    /// Every text in it that a person reads, in English, each once and in order.
    package var texts: [String] {
        var seen: Set<String> = []
        return all.flatMap { command in
            [command.abstract, command.discussion] + command.groups.compactMap(\.title)
                + command.arguments.flatMap(\.texts)
        }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

/// What there is to know about one option, flag or argument.
package struct ArgumentHelp: Sendable {
    /// How it is given.
    package enum Kind: Sendable {
        /// By its place.
        case positional
        /// By name, with a value.
        case option
        /// By name alone.
        case flag
    }

    /// What a value is, as far as it is known.
    package enum Values: Sendable, Equatable {
        /// Anything.
        case any
        /// A file.
        case file
        /// A directory.
        case directory
        /// One of these.
        case words([String])
    }

    /// How it is given.
    package var kind: Kind
    /// The names with their dashes; empty for a positional one.
    package var names: [String]
    /// What stands for the value, in English.
    package var valueName: String
    /// What it is for.
    package var abstract: String
    /// More; may be empty.
    package var discussion: String
    /// The value where none is given.
    package var defaultValue: String?
    /// What the value may be.
    package var values: Values
    /// Words that the parser says beside the text: `(values: …)`.
    package var listsValues: Bool
    /// May be left out.
    package var isOptional: Bool
    /// May stand several times.
    package var isRepeating: Bool
    /// Left out of help.
    package var isHidden: Bool
    /// The heading in English under which it stands; nil for the usual one.
    package var section: String?
    /// Whether the parser adds it to every command: `--help`, and `--version` of the root.
    package var isOfTheParser: Bool

    /// The texts that a person reads, in English; `isHidden` ones have none.
    var texts: [String] {
        guard !isHidden else { return [] }
        return [abstract, discussion, section ?? ""] + (kind == .flag ? [] : [valueName])
    }

    /// The name that says most.
    package var longName: String? { names.first { $0.hasPrefix("--") } ?? names.first }
}
