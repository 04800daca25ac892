import ArgumentParser
import VaultPlatform
import VaultText

extension Shell {
    /// Says what can be typed, or what one command takes.
    func help(_ path: [String]) throws(PlatformError) {
        guard path.isEmpty else {
            let word = ShellWord(typed: path[0])
            if let word, word.commandPath == nil {
                return try seat.write(
                    usage(word) + "\n    \(word.says.text(in: client.language))\n")
            }
            let path = word?.commandPath ?? path
            guard vocabulary.tree.has(path) else {
                let nearest = vocabulary.nearest(path[0])
                return client.warn(ShellProblem.unknownWord(path[0], nearest: nearest).diagnostic)
            }
            return try page(path)
        }
        let language = client.language
        let rows = ShellWord.allCases.map { (word: usage($0), says: $0.says) }
        let width = rows.map { DisplayWidth.of($0.word) }.max() ?? 0
        var text = ""
        for row in rows {
            let says = row.says.text(in: language)
            let blanks = String(repeating: " ", count: width - DisplayWidth.of(row.word) + 2)
            // Below the word where both do not fit into a row.
            let isWide = width + 2 + DisplayWidth.of(says) < seat.columns
            text += isWide ? row.word + blanks + says + "\n" : row.word + "\n    \(says)\n"
        }
        try seat.write(text)
        let commands = vocabulary.names.joined(separator: ", ")
        try say(ClientShellMessages.everyCommand(commands))
    }

    /// Shows the page of the command that names lead to.
    func page(_ names: [String]) throws(PlatformError) {
        let command = ClientHelp(commands: client.commands, context: client.context).root.follow(
            names
        ).command
        try seat.write(HelpPage(command, client.language, columns: seat.columns).text)
    }

    private func usage(_ word: ShellWord) -> String {
        let name = client.language == .simplifiedChinese ? word.chinese : word.rawValue
        return word.takes.isEmpty ? name : "\(name) \(word.takes)"
    }
}

extension ShellWord {
    /// What stands behind it.
    var takes: String {
        switch self {
        case .find: "[--by employee-number] TEXT"
        case .open: "N"
        case .list: "[--kind KIND]"
        case .show, .history, .amend: "[N]"
        case .add: "[KIND]"
        case .purpose: "[NAME]"
        case .help: "[COMMAND]"
        case .back, .more, .mine, .clear, .lock, .quit: ""
        }
    }

    /// What it does.
    var says: Message {
        typealias Words = ClientShellMessages
        return switch self {
        case .find: Words.helpFind
        case .open: Words.helpOpen
        case .back: Words.helpBack
        case .list: Words.helpList
        case .more: Words.helpMore
        case .show: Words.helpShow
        case .history: Words.helpHistory
        case .add: Words.helpAdd
        case .amend: Words.helpAmend
        case .mine: Words.helpMine
        case .purpose: Words.helpPurpose
        case .clear: Words.helpClear
        case .lock: Words.helpLock
        case .help: Words.helpHelp
        case .quit: Words.helpQuit
        }
    }

    /// The command whose help says what it takes; nil for words of the shell alone.
    fileprivate var commandPath: [String]? {
        switch self {
        case .find: ["subject", "find"]
        case .list: ["record", "list"]
        case .mine: ["subject", "list"]
        case .show: ["record", "get"]
        case .history: ["record", "history"]
        case .add: ["record", "add"]
        case .amend: ["record", "amend"]
        case .open, .back, .more, .purpose, .clear, .lock, .help, .quit: nil
        }
    }
}
