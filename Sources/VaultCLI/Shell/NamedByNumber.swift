import VaultWire

/// A command in which the numbers on the screen may stand for identifiers.
protocol NamedByNumber {
    /// Puts identifiers in the place of numbers.
    mutating func resolve(_ place: ShellPlace) throws(ClientError)
}

extension ShellPlace {
    /// The identifier of a subject that a command names: of a number, else as typed.
    func subject(_ typed: String) throws(ClientError) -> String {
        try person(typed)?.subject ?? typed
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
    mutating func resolve(_ place: ShellPlace) throws(ClientError) {
        subject = try place.subject(subject)
    }
}

extension RecordAddCommand: NamedByNumber {
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
    mutating func resolve(_ place: ShellPlace) throws(ClientError) { try which.resolve(place) }
}

extension RecordHistoryCommand: NamedByNumber {
    mutating func resolve(_ place: ShellPlace) throws(ClientError) { try which.resolve(place) }
}
