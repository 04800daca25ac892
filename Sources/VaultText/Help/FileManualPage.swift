/// A manual page of section 5: one file, what it is for and what may stand in it. Source: man-pages(7).
package struct FileManualPage: Sendable {
    /// Something that may stand in the file.
    package struct Entry: Sendable {
        let name: String
        let text: Message

        /// From its name as it stands in the file, and what it is for.
        package init(name: String, text: Message) {
            self.name = name
            self.text = text
        }
    }

    /// The section of file formats.
    static let section = 5

    private let path: String
    private let version: String
    private let summary: Message
    private let description: [Message]
    private let entries: (title: Message, list: [Entry])
    private let example: @Sendable (Language) -> String
    private let others: [String]

    /// The page.
    ///
    /// - Parameters:
    ///   - path: where the file is; its last name is that of the page.
    ///   - version: such as `carevaultd 0.1.0`.
    ///   - summary: one line without a period.
    ///   - example: a whole file, for readers of a language.
    ///   - others: further pages to see, such as `carevaultd(8)`.
    package init(
        path: String, version: String, summary: Message, description: [Message],
        entries: (title: Message, list: [Entry]),
        example: @escaping @Sendable (Language) -> String, others: [String]
    ) {
        self.path = path
        self.version = version
        self.summary = summary
        self.description = description
        self.entries = entries
        self.example = example
        self.others = others
    }

    /// The name that `man` finds it by.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The text in a language, each line ended by a line feed.
    package func text(in language: Language) -> String {
        func say(_ message: Message) -> String { message.text(in: language) }
        var page = Roff(language: language)
        page.title(name, Self.section, version: version)
        page.section(say(ManualMessages.name))
        page.raw("\(Roff.escaped(name)) \\- \(Roff.escaped(say(summary)))")
        page.section(say(ManualMessages.synopsis))
        page.raw(Roff.bold(name: path))
        page.section(say(ManualMessages.description))
        description.forEach { page.paragraph(say($0)) }
        page.section(say(entries.title))
        for entry in entries.list { page.tagged(Roff.bold(name: entry.name), say(entry.text)) }
        page.section(say(ManualMessages.example))
        page.literal(example(language))
        page.section(say(ManualMessages.seeAlso))
        page.raw(others.map { Roff.bold($0) }.joined(separator: ",\n"))
        return page.text
    }
}
