import VaultCoding
import VaultText
import VaultWire

/// The numbered lists of the shell, within the width of the terminal.
struct ShellTables {
    let language: Language
    let columns: Int
    /// Identifier of the person at the shell, who is called so in lists.
    let own: String?

    /// Narrower than this, less is shown.
    static let narrow = 60

    private var isNarrow: Bool { columns < Self.narrow }

    /// People, with what tells those of one name apart, numbered from `first`.
    func people(_ people: some Sequence<ShellPerson>, from first: Int = 1) -> String {
        typealias Words = ClientShellMessages
        var titles: [Table.Column] = [
            .init(Words.number, .trailing), .init(Words.name), .init(Words.born),
            .init(Words.lastFour), .init(Words.unit),
        ]
        if !isNarrow { titles.append(.init(Words.status)) }
        var table = Table(titles)
        for (place, person) in people.enumerated() {
            var cells: [Phrase] = [
                "\(first + place)", name(person), cell(person.birthYear),
                person.lastFour.map { "…\($0)" } ?? "\(CommonMessages.absent)", cell(person.unit),
            ]
            if !isNarrow { cells.append(status(person.status)) }
            table.add(cells)
        }
        return table.text(in: language, fitting: columns)
    }

    /// One person in a row, above the records.
    func heading(_ person: ShellPerson) -> String {
        FittedText.cut(row(person), to: columns) + "\n"
    }

    /// One person: name, year of birth, the last four of the number, unit.
    func row(_ person: ShellPerson) -> String {
        let parts = [
            name(person).text(in: language), person.birthYear, person.lastFour.map { "…\($0)" },
            person.unit,
        ].compactMap { $0 }.filter { !$0.isEmpty }
        return VisibleText.line(parts.joined(separator: "  "))
    }

    /// Records, newest first, numbered from `first`.
    func records(_ records: some Sequence<WireRecordSummary>, from first: Int = 1) -> String {
        typealias Words = ClientShellMessages
        var titles: [Table.Column] = [
            .init(Words.number, .trailing), .init(ClientRecordMessages.kind),
            .init(ClientRecordMessages.created),
        ]
        if !isNarrow {
            titles += [.init(ClientRecordMessages.version, .trailing), .init(Words.author)]
        }
        var table = Table(titles)
        for (place, record) in records.enumerated() {
            let moment = TimeText.utc(microseconds: UInt64(max(0, record.created)))
            let time = isNarrow ? String(moment.prefix(10)) : moment
            var cells: [Phrase] = [
                "\(first + place)", "\(TitleMessages.kind(record.kind))", Phrase(stored: time),
            ]
            if !isNarrow { cells += ["\(record.version)", author(record)] }
            table.add(cells)
        }
        return table.text(in: language, fitting: columns)
    }

    /// The name; the beginning of the identifier where there is none.
    private func author(_ record: WireRecordSummary) -> Phrase {
        record.author == own
            ? "\(ClientShellMessages.you)"
            : Phrase(stored: record.authorName ?? String(record.author.prefix(8)))
    }

    private func name(_ person: ShellPerson) -> Phrase {
        person.name.map { Phrase(stored: $0) } ?? "\(ClientShellMessages.anonymous)"
    }

    private func status(_ word: String?) -> Phrase {
        word.map { "\(SubjectTable.status($0))" } ?? cell(nil)
    }

    private func cell(_ text: String?) -> Phrase {
        text.map { Phrase(stored: $0) } ?? "\(CommonMessages.absent)"
    }
}
