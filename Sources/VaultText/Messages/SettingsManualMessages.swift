/// What the manual page of the settings file says beside the settings themselves.
package enum SettingsManualMessages {
    /// In one line.
    package static let summary = Message("settings of carevaultd", chinese: "carevaultd 的设置")

    /// The heading above the settings.
    package static let settings = Message("SETTINGS", chinese: "设置项")

    /// What the file is.
    package static let shape = Message(
        "The file is one JSON object in UTF-8, read once at the start. Each key is a setting; one that is left out, or is null, is not set. Keys that begin with // are remarks, and their values texts in quotes. What the command line of carevaultd says wins over the file, the file over what is built in.",
        chinese:
            "本文件是一个 UTF-8 编码的 JSON 对象，仅在启动时读取。每个键是一个设置项；省略或值为 null 即未设置。以 // 开头的键是说明，其值为带引号的文本。carevaultd 的命令行优先于本文件，本文件优先于内置值。"
    )

    /// What keeps the daemon from starting.
    package static let strictness = Message(
        "It is read strictly: a key that is not known, a key that occurs twice, a value of another type or out of bounds keeps the daemon from starting, and so does a file that anybody but root or the account of the service can change.",
        chinese:
            "读取从严：未知的键、重复的键、类型不符或超出范围的值都会使守护进程无法启动；除 root 和服务账户外他人可更改的文件亦然。")

    /// How it is checked and takes effect.
    package static let change = Message(
        "After a change carevaultd settings checks the file and says what is in force; systemctl restart carevaultd makes it count, and the vault is sealed by that. carevaultd settings --template prints a whole file that explains itself.",
        chinese:
            "修改后，carevaultd settings 检查本文件并列出当前生效的值；systemctl restart carevaultd 使其生效，保险库会因此封存。carevaultd settings --template 打印一份自带说明的完整文件。"
    )

    /// A setting: what it is for, what it may be, and its value where none is set.
    package static func entry(
        _ explanation: Message, rule: Message, standard: String?
    ) -> Message {
        let builtIn = standard.map { Message(verbatim: $0) } ?? none
        return Message(
            "\(explanation) Value: \(rule). Built in: \(builtIn).",
            chinese: "\(explanation)取值：\(rule)。内置值：\(builtIn)。")
    }

    private static let none = Message("none", chinese: "无")

    /// Whom people ask, in the example.
    package static let contact = Message(
        "Wang Fang, records office, 8123", chinese: "档案室 王芳，电话 8123")
}
