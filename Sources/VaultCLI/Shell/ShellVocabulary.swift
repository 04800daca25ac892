import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText

/// The shell's own words. Every command of `carevault` is a word too.
enum ShellWord: String, CaseIterable {
    case find, open, back, list, more, show, history, add, amend, mine, purpose, clear, lock, help
    case quit

    /// As it is said in Chinese, which may be typed too.
    var chinese: String {
        switch self {
        case .find: "查找"
        case .open: "打开"
        case .back: "返回"
        case .list: "列表"
        case .more: "更多"
        case .show: "查看"
        case .history: "历史"
        case .add: "新增"
        case .amend: "修改"
        case .mine: "我的"
        case .purpose: "目的"
        case .clear: "清屏"
        case .lock: "锁定"
        case .help: "帮助"
        case .quit: "退出"
        }
    }

    /// From what was typed; `exit` is what other shells call it.
    init?(typed: String) {
        let lower = typed.lowercased()
        if lower == "exit" {
            self = .quit
            return
        }
        let found = Self.allCases.first { $0.rawValue == lower || $0.chinese == typed }
        guard let found else { return nil }
        self = found
    }
}

/// What can be said in the shell.
enum ShellVocabulary {
    /// The kinds of record, as typed.
    static let kinds = RecordKind.allCases.map(\.name)

    /// The commands of `carevault` that make sense in the shell, by name.
    static var commands: [String] {
        names(under: CareVaultCommand.self)
            .filter { $0 != ShellCommand.configuration.commandName }
    }

    /// The names of the commands under a command, without those that only old habits need.
    static func names(under command: any ParsableCommand.Type) -> [String] {
        children(of: command).map { $0.configuration }.filter { $0.shouldDisplay }
            .compactMap { $0.commandName }
    }

    /// The commands under a command.
    static func children(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        // Those in groups are among them.
        command.configuration.subcommands
    }

    /// The command that names lead to; nil where one leads nowhere.
    static func command(_ path: [String]) -> (any ParsableCommand.Type)? {
        var here: any ParsableCommand.Type = CareVaultCommand.self
        for name in path {
            guard
                let next = children(of: here).first(where: {
                    $0.configuration.commandName == name
                })
            else { return nil }
            here = next
        }
        return here
    }

    /// The word that was probably meant; nil where none is near.
    static func nearest(_ typed: String) -> String? {
        let known = ShellWord.allCases.map(\.rawValue) + commands
        return NearestWord.of(typed, among: known)
    }
}
