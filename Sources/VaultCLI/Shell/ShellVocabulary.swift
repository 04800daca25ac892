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
struct ShellVocabulary {
    /// The commands of the client.
    let tree: CommandTree

    /// The kinds of record, as typed.
    static let kinds = RecordKind.allCases.map(\.name)

    /// The commands that make sense in the shell, by name.
    var names: [String] {
        let others = tree.seatTaking
        return tree.names(under: []).filter { !others.contains($0) }
    }

    /// The word that was probably meant; nil where none is near.
    func nearest(_ typed: String) -> String? {
        NearestWord.of(typed, among: ShellWord.allCases.map(\.rawValue) + names)
    }
}
