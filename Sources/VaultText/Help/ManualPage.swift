/// A manual page in the `man` macros of `groff` and `mandoc`, UTF-8.
///
/// One page tells one command with everything under it; the page of the program lists the commands
/// and holds the options that all of them share. Source: man(7), groff_man(7).
package struct ManualPage: Sendable {
    /// The whole program, of which the page tells a part.
    private let root: CommandHelp
    private let command: CommandHelp
    private let section: Int
    private let version: String
    private let language: Language
    private let others: [String]

    /// The page.
    ///
    /// - Parameters:
    ///   - section: 1 for everybody's commands, 8 for the administrator's.
    ///   - others: further pages to see, such as `carevaultd(8)`.
    package init(
        _ command: CommandHelp, of root: CommandHelp, section: Int, version: String,
        language: Language, others: [String]
    ) {
        self.root = root
        self.command = command
        self.section = section
        self.version = version
        self.language = language
        self.others = others
    }

    /// The name that `man` finds it by: `carevault-record`.
    package var name: String { command.path.joined(separator: "-") }

    /// The text, each line ended by a line feed.
    package var text: String {
        var page = Roff(language: language)
        page.title(name, section, version: version)
        page.section(say(ManualMessages.name))
        page.raw("\(Roff.escaped(name)) \\- \(Roff.escaped(summary))")
        page.section(say(ManualMessages.synopsis))
        synopsis(&page)
        page.section(say(ManualMessages.description))
        page.paragraph(translated(command.abstract))
        page.paragraph(translated(command.discussion))
        if isRoot {
            commands(&page)
        } else {
            body(&page)
        }
        options(&page)
        page.section(say(ManualMessages.seeAlso))
        page.raw(seeAlso.map { Roff.bold($0) }.joined(separator: ",\n"))
        return page.text
    }

    private var isRoot: Bool { command.path == root.path }

    private func say(_ message: Message) -> String { message.text(in: language) }
    private func translated(_ text: String) -> String { HelpTexts.text(text, in: language) }

    /// One line without its final period.
    private var summary: String {
        var text = translated(command.abstract)
        while text.last == "." || text.last == "。" { text.removeLast() }
        return text
    }

    /// The commands that the page tells of, each with its call.
    private var leaves: [CommandHelp] {
        visible(command).filter { $0.commands.isEmpty }
    }

    private func visible(_ command: CommandHelp) -> [CommandHelp] {
        [command] + command.commands.filter { !$0.isHidden }.flatMap { visible($0) }
    }

    /// What every command takes.
    private var shared: [ArgumentHelp] {
        let leaves = visible(root).filter { $0.commands.isEmpty }
        guard let first = leaves.first else { return [] }
        return first.arguments.filter { argument in
            !argument.isHidden && argument.kind != .positional
                && leaves.allSatisfy { leaf in
                    leaf.arguments.contains { $0.names == argument.names }
                }
        }
    }

    // MARK: Sections

    private func synopsis(_ page: inout Roff) {
        if isRoot {
            let name = HelpMessages.commandWord.text(in: language)
            page.raw("\(Roff.bold(name: root.name)) \(Roff.placeholder(name)) [...]")
            return
        }
        for (number, leaf) in leaves.enumerated() {
            if number > 0 { page.raw(".br") }
            page.raw(call(leaf))
        }
    }

    private func call(_ leaf: CommandHelp) -> String {
        var leaf = leaf
        let shared = shared.map(\.names)
        leaf.arguments.removeAll { $0.kind != .positional && shared.contains($0.names) }
        let words = CommandUsage.words(leaf, language).map { Roff.escaped($0) }
        return ([Roff.bold(name: leaf.path.joined(separator: " "))] + words)
            .joined(separator: " ")
    }

    private func commands(_ page: inout Roff) {
        page.section(say(ManualMessages.commands))
        for group in command.groups {
            let shown = group.commands.filter { !$0.isHidden }
            guard !shown.isEmpty else { continue }
            if let title = group.title {
                page.subsection(say(ManualMessages.commands(of: translated(title))))
            }
            for one in shown {
                page.tagged(Roff.bold(name: one.name), translated(one.abstract))
            }
        }
    }

    private func body(_ page: inout Roff) {
        guard !command.commands.isEmpty else { return }
        page.section(say(ManualMessages.commands))
        for leaf in leaves {
            page.subsection(leaf.path.joined(separator: " "))
            page.raw(call(leaf))
            page.paragraph(translated(leaf.abstract))
            page.paragraph(translated(leaf.discussion))
            own(leaf).forEach { tell($0, &page) }
        }
    }

    private func options(_ page: inout Roff) {
        let told = isRoot ? shared : command.commands.isEmpty ? own(command) : []
        guard isRoot || !told.isEmpty || !shared.isEmpty else { return }
        page.section(say(isRoot ? ManualMessages.sharedOptions : ManualMessages.options))
        told.forEach { tell($0, &page) }
        if !isRoot {
            let names = shared.compactMap(\.longName).joined(separator: ", ")
            page.paragraph(say(ManualMessages.shared(names, page: "\(root.name)(\(section))")))
        }
    }

    private func own(_ leaf: CommandHelp) -> [ArgumentHelp] {
        let shared = shared.map(\.names)
        return leaf.arguments.filter {
            !$0.isHidden && ($0.kind == .positional || !shared.contains($0.names))
        }
    }

    private func tell(_ argument: ArgumentHelp, _ page: inout Roff) {
        let names = argument.names.map { Roff.bold(name: $0) }.joined(separator: ", ")
        let value = Roff.placeholder(translated(argument.valueName))
        let label =
            switch argument.kind {
            case .positional: value
            case .flag: names
            case .option: "\(names) \(value)"
            }
        let text = [
            translated(argument.abstract), CommandUsage.values(argument, language),
            translated(argument.discussion),
        ]
        let separator = language == .english ? " " : ""
        page.tagged(label, text.filter { !$0.isEmpty }.joined(separator: separator))
    }

    private var seeAlso: [String] {
        let siblings = root.commands.filter { !$0.isHidden && $0.name != command.name }
            .map { "\(root.name)-\($0.name)(\(section))" }
        let pages = isRoot ? siblings : ["\(root.name)(\(section))"] + siblings
        return pages.sorted() + others
    }
}

/// Text for `troff`.
struct Roff {
    private let language: Language
    private(set) var text = ""
    /// A heading begins a paragraph of its own.
    private var isUnderHeading = false

    init(language: Language) { self.language = language }

    mutating func title(_ name: String, _ section: Int, version: String) {
        raw(".\\\" Made from the program itself.")
        raw(".TH \(Self.escaped(name.uppercased())) \(section) \"\" \"\(version)\" CareVault")
        // Neither hyphens nor stretched lines: commands are copied from here.
        raw(".nh\n.ad l")
    }

    mutating func section(_ title: String) { heading(".SH", title) }
    mutating func subsection(_ title: String) { heading(".SS", title) }

    private mutating func heading(_ macro: String, _ title: String) {
        raw("\(macro) \"\(Self.escaped(title))\"")
        isUnderHeading = true
    }

    mutating func paragraph(_ words: String) {
        guard !words.isEmpty else { return }
        for part in words.split(separator: "\n") {
            raw((isUnderHeading ? "" : ".PP\n") + filled(String(part)))
        }
    }

    mutating func tagged(_ label: String, _ words: String) {
        raw(".TP\n\(label)\n" + filled(words))
    }

    /// Lines as they are, such as a file.
    mutating func literal(_ lines: String) {
        raw(".nf")
        for line in lines.split(separator: "\n") { raw(Self.guarded(Self.escaped(String(line)))) }
        raw(".fi")
    }

    mutating func raw(_ line: String) {
        text += line + "\n"
        isUnderHeading = false
    }

    /// Running text. `troff` breaks lines at blanks alone, so Chinese says where it may be broken.
    private func filled(_ words: String) -> String {
        let pieces = WrappedText.pieces(of: words[...]).map { Self.escaped($0) }
        var line = ""
        for piece in pieces {
            if !line.isEmpty, line.last != " " { line += "\\:" }
            line += piece
        }
        return Self.guarded(line)
    }

    /// A line that `troff` cannot take for a request.
    private static func guarded(_ line: String) -> String {
        (line.first == "." || line.first == "'" ? "\\&" : "") + line
    }

    static func bold(_ page: String) -> String {
        guard let open = page.firstIndex(of: "(") else { return bold(name: page) }
        return bold(name: String(page[..<open])) + page[open...]
    }

    static func bold(name: String) -> String { "\\fB\(escaped(name))\\fR" }
    static func placeholder(_ name: String) -> String { "<\\fI\(escaped(name))\\fR>" }

    /// Characters that `troff` would take for its own.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            default: result.append(character)
            }
        }
        return result
    }
}
