import VaultCoding
import VaultPlatform
import VaultText

/// What may stand at the end of a line: words, kinds, purposes and the numbers on the screen. Never
/// anything about a person.
struct ShellCompletion {
    let place: ShellPlace
    let vocabulary: ShellVocabulary

    /// For the text before the cursor.
    func callAsFunction(_ before: String) -> LineCompletion? {
        let words = before.split(whereSeparator: \.isWhitespace).map(String.init)
        let isNew = before.last.map(\.isWhitespace) ?? true
        let typed = isNew ? "" : words.last ?? ""
        let candidates = following(isNew ? words : words.dropLast(), typed)
            .filter { $0.hasPrefix(typed) }
        return candidates.isEmpty ? nil : LineCompletion(typed: typed, candidates: candidates)
    }

    private func following(_ words: [String], _ typed: String) -> [String] {
        guard let first = words.first else {
            let own = ShellWord.allCases.map(\.rawValue)
            // In Chinese only for those who began so.
            let chinese = typed.isEmpty ? [] : ShellWord.allCases.map(\.chinese)
            let others = vocabulary.names.filter { !own.contains($0) }
            return (own + others).sorted() + chinese
        }
        switch words.last {
        case "--purpose": return Self.purposes
        case "--kind": return kinds(typed)
        case "--role": return named(Role.allCases.map(\.rawValue), TitleMessages.role, typed)
        case "--compartment":
            return named(
                Compartment.allCases.map(\.rawValue), TitleMessages.compartment, typed)
        case "--by":
            return named(
                SubjectFindCommand.By.allCases.map(\.rawValue),
                { SubjectFindCommand.By(rawValue: $0)?.label ?? Message(everywhere: "") }, typed)
        default: break
        }
        guard let word = ShellWord(typed: first) else { return subcommands(words, typed) }
        guard !typed.hasPrefix("-") else { return options(word) }
        guard words.count == 1 else { return [] }
        switch word {
        case .purpose: return Self.purposes
        case .add: return place.person == nil ? [] : kinds(typed)
        case .open, .show, .amend, .history: return numbers
        case .help: return vocabulary.names
        case .find, .list, .back, .more, .mine, .clear, .lock, .quit: return []
        }
    }

    /// The options that a word takes.
    private func options(_ word: ShellWord) -> [String] {
        switch word {
        case .find: ["--by", "--limit", "--purpose"]
        case .list: ["--kind", "--limit", "--purpose"]
        case .mine: ["--limit", "--purpose"]
        case .show: place.person == nil ? ["--purpose"] : ["--purpose", "--version"]
        case .history: ["--purpose"]
        case .add, .amend: ["--edit", "--from", "--lines", "--purpose"]
        case .open, .back, .more, .purpose, .clear, .lock, .help, .quit: []
        }
    }

    private func kinds(_ typed: String) -> [String] {
        named(ShellVocabulary.kinds, TitleMessages.kind, typed)
    }

    /// Names, and what they are called in Chinese for those who began so.
    private func named(
        _ names: [String], _ title: (String) -> Message, _ typed: String
    ) -> [String] {
        names + (typed.isEmpty ? [] : names.map { title($0).text(in: .simplifiedChinese) })
    }

    private func subcommands(_ words: [String], _ typed: String) -> [String] {
        if vocabulary.tree.has(words) { return vocabulary.tree.names(under: words) }
        // The last but one: `record add SUBJECT KIND`.
        guard words.count == 3, words.prefix(2) == ["record", "add"] else { return [] }
        return kinds(typed)
    }

    private var numbers: [String] {
        let count =
            switch place.listing {
            case .nothing: 0
            case .people(let people): people.count
            case .records(let records): records.count
            }
        return (0..<count).map { String($0 + 1) }
    }

    private static let purposes = PurposeOfUse.allCases.map(\.plainName)
}
