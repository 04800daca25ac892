import ArgumentParser
import VaultWire

/// What a line of the shell asks for.
enum ShellAction {
    case nothing, leave, lock, clear, back, more
    /// Help, about a command of that path or about the shell.
    case help([String])
    /// Shows the purpose, or changes it.
    case purpose(String?)
    /// Finds people; the options as `subject find` takes them. What to look for is guessed unless
    /// it was stated.
    case find(SubjectFindCommand, text: String, isStated: Bool)
    /// Lists whose files one used lately; the options as `subject list --mine` takes them.
    case mine(SubjectListCommand)
    /// Opens a person that is on the screen.
    case openPerson(ShellPerson)
    /// Opens a person by identifier.
    case openSubject(String)
    /// Shows a record of the open person.
    case openRecord(WireRecordSummary)
    /// Lists what is open; the options as `record list` takes them.
    case list(RecordListCommand)
    /// Shows again who was found.
    case listFound
    /// An ordinary command, numbers not yet replaced.
    case command([String])
}

/// A line of the shell whose command the parser does not take.
struct UnparsedShellLine: Error {
    /// The command, as it would stand behind `carevault`.
    let words: [String]
    /// What the parser throws.
    let error: any Error
}

extension ShellAction {
    /// Whether something of a file may be on the screen afterwards.
    var mayShowFiles: Bool {
        switch self {
        case .nothing, .leave, .lock, .clear, .help, .purpose: false
        case .back, .more, .find, .mine, .openPerson, .openSubject, .openRecord, .list, .listFound:
            true
        case .command(let words): words.contains("subject") || words.contains("record")
        }
    }
}

/// Reads a line of the shell. Asks nobody anything.
struct ShellReader {
    let place: ShellPlace
    let vocabulary: ShellVocabulary

    /// What the line asks for.
    /// - Throws: `ClientError.usage`, `UnparsedShellLine`.
    func read(_ line: String) throws -> ShellAction {
        let (first, rest) = ShellWords.cut(line)
        guard !first.isEmpty else { return .nothing }
        if let word = ShellWord(typed: first) { return try own(word, rest) }
        if let (word, behind) = Self.joined(first) {
            return try own(word, behind + line.drop { $0.isWhitespace }.dropFirst(first.count))
        }
        let words = try Self.words(line)
        guard let name = words.first else { return .nothing }
        guard vocabulary.tree.has([name]) || name.hasPrefix("-") else {
            throw ClientError.usage(
                .shell(.unknownWord(name, nearest: vocabulary.nearest(name))))
        }
        return .command(words)
    }

    /// A Chinese word with what it takes right behind it, because Chinese has no blanks: `打开１`.
    private static func joined(_ first: String) -> (ShellWord, String)? {
        for word in ShellWord.allCases where first.hasPrefix(word.chinese) && !word.takes.isEmpty {
            return (word, String(first.dropFirst(word.chinese.count)))
        }
        return nil
    }

    /// The words of a line; those that are wide throughout are digits and options.
    private static func words(_ line: String) throws(ClientError) -> [String] {
        try ShellWords.split(line).map { word in
            let narrow = NarrowText.of(word)
            return narrow.allSatisfy(\.isASCII) ? narrow : word
        }
    }

    private func own(_ word: ShellWord, _ rest: String) throws -> ShellAction {
        // A name may hold quotes; everything else is words.
        if word == .find { return try find(rest) }
        let words = try Self.words(rest)
        switch word {
        case .find: return try find(rest)
        case .open: return try open(only(word, words))
        case .list: return try list(words)
        case .mine: return try mine(words)
        case .show: return try show(words)
        case .history: return try record(word, words, "history")
        case .amend: return try amend(words)
        case .add: return try add(words)
        case .purpose: return .purpose(try only(word, words))
        case .help: return .help(words)
        case .back, .more, .clear, .lock, .quit:
            guard words.isEmpty else { throw problem(.tooManyWords(word.rawValue)) }
            return plain(word)
        }
    }

    /// A short form as the command that it stands for.
    /// - Throws: `UnparsedShellLine`.
    private func parsed(_ words: [String]) throws -> any ParsableCommand {
        do { return try vocabulary.tree.parse(words) } catch {
            throw UnparsedShellLine(words: words, error: error)
        }
    }

    private func plain(_ word: ShellWord) -> ShellAction {
        switch word {
        case .back: .back
        case .more: .more
        case .clear: .clear
        case .lock: .lock
        default: .leave
        }
    }

    private func only(_ word: ShellWord, _ words: [String]) throws(ClientError) -> String? {
        guard words.count <= 1 else { throw problem(.tooManyWords(word.rawValue)) }
        return words.first
    }

    private func problem(_ problem: ShellProblem) -> ClientError { .usage(.shell(problem)) }

    // MARK: Finding and opening

    /// Options first, then the text as it is.
    private func find(_ rest: String) throws -> ShellAction {
        var options: [String] = []
        var text = rest
        while NarrowText.of(text).hasPrefix("--") {
            let (option, after) = ShellWords.cut(text)
            text = after
            if NarrowText.of(option) == "--" { break }
            options.append(NarrowText.of(option))
            guard !option.contains("="), option != "--json" else { continue }
            let (value, behind) = ShellWords.cut(after)
            if !value.isEmpty { options.append(NarrowText.of(value)) }
            text = behind
        }
        let parsed = try parsed(["subject", "find"] + options)
        guard let command = parsed as? SubjectFindCommand else { return .command(["subject"]) }
        let isStated = options.contains { $0 == "--by" || $0.hasPrefix("--by=") }
        return .find(command, text: Self.unquoted(text), isStated: isStated)
    }

    /// Without a pair of quotes around the whole, which people type out of habit.
    private static func unquoted(_ text: String) -> String {
        for (open, close) in [("\"", "\""), ("'", "'"), ("“", "”")]
        where text.count > 2 && text.hasPrefix(open) && text.hasSuffix(close) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }

    private func mine(_ words: [String]) throws -> ShellAction {
        let parsed = try parsed(["subject", "list", "--mine"] + words)
        guard let command = parsed as? SubjectListCommand else { return .command(["subject"]) }
        return .mine(command)
    }

    private func open(_ typed: String?) throws(ClientError) -> ShellAction {
        guard let typed else {
            switch place.listing {
            case .people(let people) where people.count == 1: return .openPerson(people[0])
            case .records(let records) where records.count == 1: return .openRecord(records[0])
            default: throw problem(.needsNumber(ShellWord.open.rawValue))
            }
        }
        guard ShellPlace.number(typed) != nil else { return .openSubject(typed) }
        switch place.listing {
        case .nothing: throw problem(.nothingListed)
        case .people: return try place.person(typed).map(ShellAction.openPerson) ?? .nothing
        case .records: return try place.record(typed).map(ShellAction.openRecord) ?? .nothing
        }
    }

    private func list(_ words: [String]) throws -> ShellAction {
        guard let person = place.person else {
            guard !place.found.isEmpty, words.isEmpty else { throw problem(.nothingListed) }
            return .listFound
        }
        let parsed = try parsed(["record", "list", person.subject] + words)
        guard let command = parsed as? RecordListCommand else { return .command(["record"]) }
        return .list(command)
    }

    // MARK: Short forms of commands

    private func show(_ words: [String]) throws(ClientError) -> ShellAction {
        let (typed, options) = Self.target(words)
        if place.person == nil, let typed {
            let subject = try place.person(typed)?.subject ?? typed
            return .command(["subject", "show", subject] + options)
        }
        if typed != nil || place.record != nil { return try record(.show, words, "get") }
        guard let person = place.person else { throw problem(.nobodyOpen("show")) }
        return .command(["subject", "show", person.subject] + options)
    }

    private func amend(_ words: [String]) throws(ClientError) -> ShellAction {
        let (typed, options) = Self.target(words)
        if typed == nil, place.record == nil, let person = place.person {
            return .command(["subject", "amend", person.subject] + options)
        }
        return try record(.amend, words, "amend")
    }

    /// A title may be of several words: all before the first option.
    private func add(_ words: [String]) throws(ClientError) -> ShellAction {
        let kindWords = words.prefix { !$0.hasPrefix("-") }
        let options = Array(words.dropFirst(kindWords.count))
        let kind = kindWords.isEmpty ? nil : kindWords.joined(separator: " ")
        guard let person = place.person else {
            guard kind == nil else { throw problem(.nobodyOpen("add")) }
            return .command(["subject", "add"] + options)
        }
        guard let kind else { throw problem(.needsKind) }
        return .command(["record", "add", person.subject, kind] + options)
    }

    /// A command about one record of the open person: of a number or identifier, else the one that
    /// was shown last.
    private func record(
        _ word: ShellWord, _ words: [String], _ verb: String
    ) throws(ClientError) -> ShellAction {
        let (typed, options) = Self.target(words)
        guard let person = place.person else { throw problem(.nobodyOpen(word.rawValue)) }
        let record: String
        if let typed {
            record = try place.record(typed)?.record ?? typed
        } else if let shown = place.record {
            record = shown.record
        } else {
            throw problem(.noRecord(word.rawValue))
        }
        return .command(["record", verb, person.subject, record] + options)
    }

    /// What a word is about, and the options behind it.
    private static func target(_ words: [String]) -> (typed: String?, options: [String]) {
        guard let first = words.first, !first.hasPrefix("-") else { return (nil, words) }
        return (first, Array(words.dropFirst()))
    }
}
