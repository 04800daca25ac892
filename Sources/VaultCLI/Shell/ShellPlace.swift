import VaultCoding
import VaultText
import VaultWire

/// A person as the shell shows one: enough to tell people of one name apart, and no more.
struct ShellPerson: Equatable {
    /// Identifier of the subject.
    var subject: String
    /// First name that is stored; nil if anonymous or not known here.
    var name: String?
    /// Organisational unit.
    var unit: String?
    /// The year of the date of birth.
    var birthYear: String?
    /// The last four characters of the employee number.
    var lastFour: String?
    /// Such as active or retired.
    var status: String?

    /// Of a search.
    init(_ hit: WireSubjectHit) {
        subject = hit.subject
        name = hit.names.first
        unit = hit.unit
        birthYear = hit.birthDate.map { String($0.prefix(4)) }
        lastFour = hit.employeeNumber.map { String($0.suffix(4)) }
        status = hit.status
    }

    /// Of the fields of `registry.subject`.
    init(subject: String, fields: JSON.Object) {
        self.subject = subject
        if case .array(let names)? = fields["names"], case .object(let first)? = names.first {
            name = Self.text(first["full"])
        }
        unit = Self.text(fields["unit"])
        birthYear = Self.text(fields["birth_date"]).map { String($0.prefix(4)) }
        lastFour = Self.text(fields["employee_number"]).map { String($0.suffix(4)) }
        status = Self.text(fields["status"])
    }

    private static func text(_ value: JSON.Value?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }
}

/// How people were found, so that more of them can be.
struct ShellSearch: Equatable {
    /// What was looked for, and by what.
    enum Question: Equatable {
        case find(WireFindBy, String)
        /// Those whose files were used lately.
        case mine
    }

    /// Most that the daemon gives.
    static let most: Int64 = 100
    /// What it gives where nothing else is asked for.
    static let usual: Int64 = 20

    var question: Question
    var purpose: String?
    /// At most so many.
    var limit: Int64
    /// Whether there are more.
    var isTruncated = false
}

/// Where the person at the shell is, and what the numbers mean that are on the screen.
struct ShellPlace {
    /// What was numbered last.
    enum Listing: Equatable {
        case nothing
        case people([ShellPerson])
        case records([WireRecordSummary])
    }

    /// What the newest numbers mean.
    var listing = Listing.nothing
    /// The people who were found last, for going back.
    var found: [ShellPerson] = []
    /// How they were found.
    var search: ShellSearch?
    /// The person whose file is open.
    var person: ShellPerson?
    /// The record that was shown last, of that person.
    var record: WireRecordSummary?
    /// Records of the open person as they were listed.
    var records: [WireRecordSummary] = []
    /// Whether something was written since they were listed.
    var isStale = false
    /// Where the next page of records begins.
    var cursor: String?
    /// The kind that the list is narrowed to.
    var kind: String?

    /// A number as people type it, with the wide digits of Chinese input too; nil for anything else.
    static func number(_ typed: String) -> Int? {
        guard !typed.isEmpty, typed.count <= 4 else { return nil }
        var number = 0
        for character in typed {
            guard let digit = character.wholeNumberValue, (0...9).contains(digit) else {
                return nil
            }
            number = number * 10 + digit
        }
        return number
    }

    /// The person of a number.
    /// - Throws: `noSuchNumber`, as usage.
    func person(_ typed: String) throws(ClientError) -> ShellPerson? {
        guard let number = Self.number(typed), !found.isEmpty else { return nil }
        return try Self.pick(found, number, typed)
    }

    /// The record of a number.
    /// - Throws: `noSuchNumber`, as usage.
    func record(_ typed: String) throws(ClientError) -> WireRecordSummary? {
        guard let number = Self.number(typed) else { return nil }
        guard !records.isEmpty else { throw .usage(.shell(.nothingListed)) }
        return try Self.pick(records, number, typed)
    }

    private static func pick<Row>(
        _ rows: [Row], _ number: Int, _ typed: String
    ) throws(ClientError) -> Row {
        guard (1...rows.count).contains(number) else {
            throw .usage(.shell(.noSuchNumber(typed, last: rows.count)))
        }
        return rows[number - 1]
    }

    /// People were found: nobody is open any more.
    mutating func find(_ people: [ShellPerson], by search: ShellSearch? = nil) {
        self = ShellPlace()
        (found, self.search) = (people, search)
        listing = people.isEmpty ? .nothing : .people(people)
    }

    /// A file was opened.
    mutating func open(_ person: ShellPerson) {
        self.person = person
        (record, records, cursor, kind, isStale) = (nil, [], nil, nil, false)
    }

    /// A person is shown as they are now.
    mutating func renew(_ person: ShellPerson) {
        if self.person?.subject == person.subject { self.person = person }
        found = found.map { $0.subject == person.subject ? person : $0 }
        if case .people = listing { listing = .people(found) }
    }

    /// Records of the open person are shown under these numbers.
    mutating func list(_ rows: [WireRecordSummary], more: String?, kind: String?) {
        (records, cursor, self.kind, record, isStale) = (rows, more, kind, nil, false)
        listing = .records(rows)
    }

    /// The next page of the list, numbered on.
    mutating func append(_ rows: [WireRecordSummary], more: String?) {
        records += rows
        (cursor, record) = (more, nil)
        listing = .records(records)
    }

    /// One step out: from a record to its person, from a person to those who were found.
    /// - Returns: whether there was a step.
    mutating func back() -> Bool {
        if record != nil {
            record = nil
            return true
        }
        guard person != nil else { return false }
        let (people, search) = (found, search)
        find(people, by: search)
        return true
    }
}
