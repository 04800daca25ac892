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
        let lower = NarrowText.of(typed).lowercased()
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
        if let word = Self.nearestChinese(typed) { return word }
        return NearestWord.of(typed, among: ShellWord.allCases.map(\.rawValue) + names)
    }

    /// Chinese words are of two characters: near is one that shares a character, and the first of
    /// them; or one of the same meaning.
    private static func nearestChinese(_ typed: String) -> String? {
        guard !typed.allSatisfy(\.isASCII), typed.count <= 4 else { return nil }
        if let word = others.first(where: { $0.value.contains(typed) })?.key { return word.chinese }
        return ShellWord.allCases.map(\.chinese).first { word in
            word.contains { typed.contains($0) }
        }
    }

    /// What other programs call the same.
    private static let others: [ShellWord: [String]] = [
        .find: ["搜索", "检索", "寻找"], .add: ["添加", "增加", "创建"],
        .amend: ["更正", "编辑", "变更"], .show: ["显示"], .quit: ["离开", "关闭", "结束"],
        .back: ["后退"], .more: ["下一页", "下页"],
    ]
}
