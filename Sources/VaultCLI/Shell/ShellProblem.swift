import VaultText

/// What is wrong with a line of the shell. Carries nothing that stands in a file.
enum ShellProblem: Error, Equatable, Sendable {
    /// Nobody sits at a terminal.
    case noTerminal
    /// No command of this name; the nearest that there is.
    case unknownWord(String, nearest: String?)
    /// A quote is not closed.
    case openQuote
    /// The word needs a number, of those last shown.
    case needsNumber(String)
    /// No number like this was shown; `last` is the highest.
    case noSuchNumber(String, last: Int)
    /// The number is one of records, and no person is meant by it.
    case numberOfNobody(String)
    /// No person is open.
    case nobodyOpen(String)
    /// No record is chosen.
    case noRecord(String)
    /// Nothing is listed to show again.
    case nothingListed
    /// The word takes no more words.
    case tooManyWords(String)
    /// The word needs a kind of record.
    case needsKind
    /// Socket and login are those of the shell.
    case otherSeat(option: String)
    /// A shell in the shell.
    case nested

    /// What to say.
    var diagnostic: Diagnostic {
        typealias Words = ClientShellMessages
        return switch self {
        case .noTerminal: Words.noTerminal
        case .unknownWord(let typed, let nearest): Words.unknownWord(typed, nearest: nearest)
        case .openQuote: Words.openQuote
        case .needsNumber(let word): Words.needsNumber(word)
        case .noSuchNumber(let typed, let last): Words.noSuchNumber(typed, last: last)
        case .numberOfNobody(let typed): Words.numberOfNobody(typed)
        case .nobodyOpen(let word): Words.nobodyOpen(word)
        case .noRecord(let word): Words.noRecord(word)
        case .nothingListed: Words.nothingListed
        case .tooManyWords(let word): Words.tooManyWords(word)
        case .needsKind: Words.needsKind(ShellVocabulary.kinds)
        case .otherSeat(let option): Words.otherSeat(option)
        case .nested: Words.nested
        }
    }
}
