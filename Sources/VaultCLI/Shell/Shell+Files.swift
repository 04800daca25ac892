import VaultCoding
import VaultText
import VaultWire

extension Shell {
    var tables: ShellTables {
        ShellTables(language: client.language, columns: seat.columns, own: session.principal)
    }

    /// The code of the purpose: what the command states, else that of the shell.
    private func purpose(_ stated: String?) throws(ClientError) -> String? {
        try Typed.purpose(stated) ?? purpose?.rawValue
    }

    /// Finds people and numbers them.
    func find(
        _ command: SubjectFindCommand, _ text: String, _ isStated: Bool
    ) throws(ClientError) {
        try adopt(command.common)
        let purpose = try purpose(command.purpose.purpose)
        let limit = try Typed.number(command.limit, "--limit", 1...100)
        var text = text
        if text.isEmpty {
            let prompt = ClientRecordMessages.findPrompt(command.by.wire.rawValue)
            text = try client.ask { (prompts) throws(PromptError) in try prompts.line(prompt) }
        }
        guard !text.isEmpty else { throw .input(.empty(source: "<terminal>")) }
        let order = isStated ? [command.by.wire] : FindGuess.order(text)
        for (place, by) in order.enumerated() {
            let isLast = place + 1 == order.count
            let isFound = try look(
                .init(
                    question: .find(by, by == .name ? text : NarrowText.of(text)),
                    purpose: purpose, limit: limit ?? ShellSearch.usual),
                none: isLast ? nobodyFound(by) : nil)
            if isFound { return }
        }
    }

    /// Numbers the people whose files were used lately.
    func mine(_ command: SubjectListCommand) throws(ClientError) {
        try adopt(command.common)
        let limit = try Typed.number(command.limit, "--limit", 1...100)
        try look(
            .init(
                question: .mine, purpose: try purpose(command.purpose.purpose),
                limit: limit ?? ShellSearch.usual), none: RecordFormMessages.nothingLately)
    }

    private func nobodyFound(_ by: WireFindBy) -> Message {
        switch by {
        case .name: ClientShellMessages.nobodyOfThisName
        case .employeeNumber: ClientShellMessages.nobodyOfThisNumber
        case .nationalID: ClientRecordMessages.nobodyFound
        }
    }

    /// Shows and numbers those who are found; says so where there is nobody, unless `none` is nil.
    @discardableResult
    private func look(_ search: ShellSearch, none: Message?) throws(ClientError) -> Bool {
        let reply = try hits(search)
        var search = search
        search.isTruncated = reply.truncated
        let people = reply.hits.map(ShellPerson.init)
        // Who finds nobody stays where they are.
        guard !people.isEmpty else {
            if let none { try client.say(none, json: reply.json) }
            return false
        }
        place.find(people, by: search)
        try client.show(tables.people(people), json: reply.json)
        noteMore(search)
        return true
    }

    private func hits(
        _ search: ShellSearch
    ) throws(ClientError) -> (hits: [WireSubjectHit], truncated: Bool, json: JSON.Object) {
        switch search.question {
        case .find(let by, let text):
            let reply = try client.read(
                SubjectsFind.self,
                .init(by: by, text: text, purpose: search.purpose, limit: search.limit))
            return (reply.hits, reply.truncated, reply.json)
        case .mine:
            let reply = try client.read(
                SubjectsListMine.self, .init(purpose: search.purpose, limit: search.limit))
            return (reply.hits, reply.truncated, reply.json)
        }
    }

    private func noteMore(_ search: ShellSearch) {
        guard search.isTruncated else { return }
        client.note(
            search.limit < ShellSearch.most
                ? ClientShellMessages.more : ClientShellMessages.longestList)
    }

    /// Opens a person by identifier, or the beginning of one.
    func open(subject typed: String) throws(ClientError) {
        try open(try person(typed))
    }

    private func person(_ typed: String) throws(ClientError) -> ShellPerson {
        let reply = try client.read(
            SubjectsShow.self,
            .init(subject: try Typed.identifier(typed), purpose: purpose?.rawValue))
        let fields = try client.body(reply.document.fields)
        return ShellPerson(subject: reply.document.subject, fields: fields)
    }

    /// Reads anew who a person is, after that was amended.
    func renew(_ old: ShellPerson) throws(ClientError) {
        place.renew(try person(old.subject))
    }

    /// Opens a person: shows who it is, and the newest records, numbered.
    func open(_ person: ShellPerson) throws(ClientError) {
        let reply = try client.read(
            RecordsList.self, .init(subject: person.subject, purpose: purpose?.rawValue))
        place.open(person)
        client.note(tables.heading(person))
        try show(reply, kind: nil)
    }

    /// Lists the records of the open person anew.
    func list(_ command: RecordListCommand) throws(ClientError) {
        try adopt(command.common)
        let kind = command.kind.map(Typed.kind)
        let reply = try client.read(
            RecordsList.self,
            .init(
                subject: try Typed.identifier(command.subject), kind: kind,
                purpose: try purpose(command.purpose.purpose), cursor: command.cursor,
                limit: try Typed.number(command.limit, "--limit", 1...100)))
        try show(reply, kind: kind)
    }

    /// The next page of the list, numbered on.
    func more() throws(ClientError) {
        guard let person = place.person else { return try moreFound() }
        guard let cursor = place.cursor else { return client.note(ClientShellMessages.lastPage) }
        let reply = try client.read(
            RecordsList.self,
            .init(
                subject: person.subject, kind: place.kind, purpose: purpose?.rawValue,
                cursor: cursor))
        let first = place.records.count + 1
        place.append(reply.records, more: reply.cursor)
        try client.show(tables.records(reply.records, from: first), json: reply.json)
        if reply.cursor != nil { client.note(ClientShellMessages.more) }
    }

    /// More of those who were found: the same question with a higher limit.
    private func moreFound() throws(ClientError) {
        guard var search = place.search else { throw .usage(.shell(.nothingListed)) }
        guard search.isTruncated else { return client.note(ClientShellMessages.lastPage) }
        guard search.limit < ShellSearch.most else { return noteMore(search) }
        search.limit = min(2 * search.limit, ShellSearch.most)
        let reply = try hits(search)
        search.isTruncated = reply.truncated
        let before = place.found.map(\.subject)
        let people = reply.hits.map(ShellPerson.init)
        place.find(people, by: search)
        // Numbered on; all of them where somebody came or went meanwhile.
        let isLonger = people.prefix(before.count).map(\.subject) == before
        let known = isLonger ? before.count : 0
        try client.show(
            tables.people(people.dropFirst(known), from: known + 1), json: reply.json)
        noteMore(search)
    }

    private func show(_ reply: RecordsList.Reply, kind: String?) throws(ClientError) {
        let records = reply.records
        place.list(records, more: reply.cursor, kind: kind)
        try client.show(
            records.isEmpty
                ? ClientRecordMessages.noRecords.text(in: client.language) + "\n"
                : tables.records(records), json: reply.json)
        if reply.cursor != nil { client.note(ClientShellMessages.more) }
    }

    /// Shows a record of the open person, which `amend` and `history` are then about.
    func open(_ record: WireRecordSummary) throws(ClientError) {
        guard let person = place.person else { throw .usage(.shell(.nobodyOpen("open"))) }
        let reply = try client.read(
            RecordsGet.self,
            .init(
                subject: person.subject, record: record.record, version: nil,
                purpose: purpose?.rawValue))
        let body = try client.body(reply.document.body)
        place.record = record
        try client.show(
            RecordText.document(reply.document, body).text(in: client.language), json: reply.json)
    }

    /// Shows again who was found last.
    func showFound() {
        client.note(tables.people(place.found))
    }

    /// One step out.
    func back() throws(ClientError) {
        if place.record != nil, place.isStale, let person = place.person {
            let reply = try client.read(
                RecordsList.self,
                .init(subject: person.subject, kind: place.kind, purpose: purpose?.rawValue))
            client.note(tables.heading(person))
            return try show(reply, kind: place.kind)
        }
        guard place.back() else { return client.note(ClientShellMessages.nowhereBack) }
        if let person = place.person {
            client.note(tables.heading(person) + tables.records(place.records))
        } else if !place.found.isEmpty {
            showFound()
        }
    }

    /// Shows the purpose, or changes it for what follows.
    func change(_ typed: String?) throws(ClientError) {
        if let typed {
            purpose = try Typed.purpose(typed).flatMap(PurposeOfUse.init(rawValue:))
        }
        client.note(
            ClientShellMessages.purpose(
                purpose?.name(in: client.language),
                known: PurposeOfUse.allCases.map { $0.name(in: client.language) }
                    .joined(separator: ", ")))
    }
}

extension PurposeOfUse {
    /// The plain name in a language.
    func name(in language: Language) -> String {
        switch language {
        case .english: plainName
        case .simplifiedChinese: chineseName
        }
    }
}
