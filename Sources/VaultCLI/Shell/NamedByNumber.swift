import VaultWire

/// A command in which the numbers on the screen may stand for identifiers.
protocol NamedByNumber {
    /// Puts identifiers in the place of numbers.
    mutating func resolve(_ place: ShellPlace) throws(ClientError)

    /// The subject in whose file the command writes; nil where it only reads.
    var written: String? { get }
}

extension NamedByNumber {
    var written: String? { nil }
}

extension ShellPlace {
    /// The identifier of a subject that a command names: of a number, else as typed. While a file is
    /// open the numbers on the screen are those of its records, and name nobody.
    func subject(_ typed: String) throws(ClientError) -> String {
        guard person == nil || Self.number(typed) == nil else {
            throw .usage(.shell(.numberOfNobody(typed)))
        }
        return try person(typed)?.subject ?? typed
    }

    /// The person whom an identifier or the beginning of one means, among those known here.
    func known(_ typed: String) -> ShellPerson? {
        guard let bare = try? Typed.identifier(typed) else { return nil }
        return ([person].compactMap { $0 } + found).first { $0.subject.hasPrefix(bare) }
    }

    /// The identifier of a record of this subject: of a number if that subject is open.
    func record(_ typed: String, of subject: String) throws(ClientError) -> String {
        guard subject == person?.subject else { return typed }
        return try record(typed)?.record ?? typed
    }
}

extension RecordArguments {
    fileprivate mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
        record = try place.record(record, of: subject)
    }
}

extension SubjectShowCommand: NamedByNumber {
    mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
    }
}

extension SubjectAmendCommand: NamedByNumber {
    var written: String? { subject }

    mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
    }
}

extension RecordAddCommand: NamedByNumber {
    var written: String? { subject }

    mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
    }
}

extension RecordListCommand: NamedByNumber {
    mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
    }
}

extension RecordGetCommand: NamedByNumber {
    mutating func resolve(_ place: ShellPlace) throws(ClientError) { try which.resolve(place) }
}

extension RecordAmendCommand: NamedByNumber {
    var written: String? { which.subject }

    mutating func resolve(_ place: ShellPlace) throws(ClientError) { try which.resolve(place) }
}

extension RecordHistoryCommand: NamedByNumber {
    mutating func resolve(_ place: ShellPlace) throws(ClientError) { try which.resolve(place) }
}
