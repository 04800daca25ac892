import VaultPlatform

/// The help of one command, for a terminal: in the reader's language, within its width, with labels
/// aligned.
package struct HelpPage: Sendable {
    /// Where what an option is for begins.
    private static let labelColumns = 26
    /// Below this width it stands under the option instead of beside it.
    private static let sideBySide = 60

    private let command: CommandHelp
    private let language: Language
    private let columns: Int

    /// The page.
    /// - Parameter columns: the width of the terminal; without one 80.
    package init(_ command: CommandHelp, _ language: Language, columns: Int? = nil) {
        self.command = command
        self.language = language
        // The last column stays free: some terminals break the line there.
        self.columns = max(20, columns ?? 80) - 1
    }

    /// The lines, each ended by a line feed.
    package var text: String {
        var parts = [overview, usage]
        parts += argumentSections.map { section($0.title, $0.rows) }
        parts += commandSections.map { section($0.title, $0.rows) }
        var text = parts.filter { !$0.isEmpty }.joined(separator: "\n")
        if !command.commands.isEmpty { text += "\n" + more }
        return text
    }

    private func say(_ message: Message) -> String { message.text(in: language) }
    private func translated(_ english: String) -> String {
        HelpTexts.text(english, in: language)
    }

    // MARK: What it is

    private var overview: String {
        let abstract = translated(command.abstract)
        let discussion = translated(command.discussion)
        let heading = say(HelpMessages.overview)
        var text = abstract.isEmpty ? "" : wrapped(heading + abstract)
        if !discussion.isEmpty {
            text += (text.isEmpty ? "" : "\n") + wrapped(discussion)
        }
        return text
    }

    private var usage: String {
        let heading = say(HelpMessages.usage)
        let indent = DisplayWidth.of(heading)
        // What belongs together stays on one line: an option and its value.
        var lines = [heading + command.path.joined(separator: " ")]
        for word in CommandUsage.words(command, language) {
            let last = lines[lines.count - 1]
            if DisplayWidth.of(last) + 1 + DisplayWidth.of(word) > columns {
                lines.append(Blanks.string(min(indent, columns / 4)) + word)
            } else {
                lines[lines.count - 1] = last + " " + word
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private var more: String {
        let names = ([command.path[0], "help"] + command.path.dropFirst()).joined(separator: " ")
        return wrapped(say(HelpMessages.more(names)), indent: 2)
    }

    // MARK: What it takes

    private typealias Row = (label: String, text: String)

    private var argumentSections: [(title: String, rows: [Row])] {
        var titles: [String] = []
        var sections: [String: [Row]] = [:]
        let positional = say(HelpMessages.arguments)
        let options = say(HelpMessages.options)
        for argument in command.arguments where !argument.isHidden {
            let title =
                argument.section.map { heading(translated($0)) }
                ?? (argument.kind == .positional ? positional : options)
            if sections[title] == nil { titles.append(title) }
            sections[title, default: []].append(row(argument))
        }
        let order = [positional] + titles.filter { $0 != positional && $0 != options } + [options]
        return order.compactMap { title in sections[title].map { (title, $0) } }
    }

    private func row(_ argument: ArgumentHelp) -> Row {
        let text = [
            translated(argument.abstract), CommandUsage.values(argument, language),
            translated(argument.discussion),
        ]
        let separator = language == .english ? " " : ""
        return (
            CommandUsage.label(argument, language),
            text.filter { !$0.isEmpty }.joined(separator: separator)
        )
    }

    private var commandSections: [(title: String, rows: [Row])] {
        var sections: [(title: String, rows: [Row])] = []
        for group in command.groups {
            var rows: [Row] = []
            for command in group.commands where !command.isHidden {
                let names = [command.name] + command.aliases
                rows.append((names.joined(separator: ", "), translated(command.abstract)))
            }
            guard !rows.isEmpty else { continue }
            let people = group.title.map { HelpMessages.commands(of: translated($0)) }
            let title = people.map { heading(say($0)) } ?? say(HelpMessages.commands)
            sections.append((title, rows))
        }
        return sections
    }

    private func heading(_ text: String) -> String {
        text.uppercased() + CommonMessages.colon.text(in: language)
    }

    // MARK: Lines

    private func section(_ title: String, _ rows: [Row]) -> String {
        title + "\n" + rows.map { row($0) }.joined()
    }

    private func row(_ row: Row) -> String {
        guard columns >= Self.sideBySide else {
            return wrapped(row.label, indent: 2)
                + (row.text.isEmpty ? "" : wrapped(row.text, indent: 6))
        }
        let label = "  " + row.label
        let text = wrapped(row.text, indent: Self.labelColumns)
        if row.text.isEmpty { return label + "\n" }
        guard DisplayWidth.of(label) < Self.labelColumns else { return label + "\n" + text }
        let blanks = Blanks.string(Self.labelColumns - DisplayWidth.of(label))
        return label + blanks + text.dropFirst(Self.labelColumns)
    }

    private func wrapped(_ text: String, indent: Int = 0) -> String {
        let lead = Blanks.string(indent)
        return WrappedText.lines(text, columns: columns - indent)
            .map { Blanks.trimmed(lead + $0) + "\n" }.joined()
    }
}

/// How a command is called, in the words of one language.
enum CommandUsage {
    /// More options than this are not spelled out.
    private static let spelledOut = 12

    /// What stands behind the name: `<subject> [--purpose <purpose>] …`.
    static func words(_ command: CommandHelp, _ language: Language) -> [String] {
        let arguments = command.arguments.filter { !$0.isHidden && !$0.isOfTheParser }
        var words: [String] = []
        if arguments.count > spelledOut {
            let needed = arguments.filter { $0.kind == .positional || !$0.isOptional }
            words.append("[<\(HelpMessages.optionsWord.text(in: language))>]")
            words += needed.map { word($0, language) }
        } else {
            words += arguments.map { word($0, language) }
        }
        if !command.commands.isEmpty {
            words.append("<\(HelpMessages.commandWord.text(in: language))>")
        }
        return words
    }

    private static func word(_ argument: ArgumentHelp, _ language: Language) -> String {
        let value = "<\(HelpTexts.text(argument.valueName, in: language))>"
        var word =
            switch argument.kind {
            case .positional: value
            case .flag: argument.longName ?? ""
            case .option: "\(argument.longName ?? "") \(value)"
            }
        if argument.isRepeating { word += " ..." }
        return argument.isOptional ? "[\(word)]" : word
    }

    /// The names with the value: `-f, --from <file>`.
    static func label(_ argument: ArgumentHelp, _ language: Language) -> String {
        let value = "<\(HelpTexts.text(argument.valueName, in: language))>"
        let names = argument.names.joined(separator: ", ")
        return switch argument.kind {
        case .positional: value
        case .flag: names
        case .option: "\(names) \(value)"
        }
    }

    /// The values that may be given and the one that is taken without: `(values: a, b; default: a)`.
    static func values(_ argument: ArgumentHelp, _ language: Language) -> String {
        var listed: String?
        if argument.listsValues, case .words(let words) = argument.values {
            listed = words.joined(separator: ", ")
        }
        let message: Message? =
            switch (listed, argument.defaultValue) {
            case (nil, nil): nil
            case (let values?, nil): HelpMessages.values(values)
            case (nil, let value?): HelpMessages.defaultValue(value)
            case (let values?, let value?): HelpMessages.values(values, default: value)
            }
        return message?.text(in: language) ?? ""
    }
}
