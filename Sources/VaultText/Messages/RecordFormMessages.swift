/// What forms, their submission and the lists of one's own say.
package enum RecordFormMessages {
    /// A list of one's own is empty.
    package static let nothingLately = Message(
        "no files since the vault was unsealed; subject find finds people",
        chinese: "自保险库解封以来没有打开过档案；可用 subject find 查找")

    /// A registry record was amended.
    package static func subjectAmended(_ subject: String, version: Int64) -> Message {
        Message(
            "subject \(subject) now has version \(version)",
            chinese: "对象 \(subject) 现为版本 \(version)")
    }

    /// Lines that were read and are not acceptable.
    package static let mendInForm = Message(
        "what you typed is kept; change what is wrong by its number",
        chinese: "您输入的内容已保留；请按编号修改有误的项")

    /// Asks whether to edit again.
    package static let editAgain = Message("edit again?", chinese: "重新编辑吗？")

    /// A person has one registry record, from the beginning.
    package static let personIsThere = Diagnostic.error(
        Message("this person is in the registry already", chinese: "此人已有人员登记"),
        hints: Message(
            "change it with amend (subject amend); another person is added with subject add",
            chinese: "用 amend（subject amend）修改；新增他人用 subject add"))

    /// Nobody knows whether what was sent is stored.
    package static func uncertain(_ severity: Diagnostic.Severity) -> Diagnostic {
        Diagnostic(
            severity: severity,
            message: Message(
                "it is not certain whether it was stored", chinese: "不能确定是否已保存"),
            hints: [
                Message(
                    "look with list, of the shell or of record; sent again from here it is stored once",
                    chinese: "请用 list（或 record list）查看；在此再次发送只会保存一份")
            ])
    }

    /// No editor is named.
    package static let noEditor = Diagnostic.error(
        Message("no editor is named", chinese: "未指定编辑器"),
        hints: Message(
            "set EDITOR, for example: export EDITOR=nano, or leave --edit out",
            chinese: "设置 EDITOR，例如：export EDITOR=nano，或不用 --edit"))

    /// The editor failed.
    package static func editorFailed(_ command: String, status: Int32) -> Diagnostic {
        .error(
            Message(
                "the editor \(command) ended with status \(status); nothing was sent",
                chinese: "编辑器 \(command) 以状态 \(status) 结束；未发送任何内容"))
    }

    /// Above the fields in an editor.
    package static func editHeader(_ kind: Message) -> [Message] {
        [
            kind,
            Message(
                "one `field: value` a line; lines of a long text that go on begin with blanks",
                chinese: "每行一个“字段: 值”；长文本的后续行以空格开头"),
            Message(
                "lines that begin with # are not stored; a list grows by repeating its lines",
                chinese: "以 # 开头的行不保存；列表可重复其各行来增加"),
        ]
    }

    /// Above a field in an editor.
    package static func editField(_ label: Message, _ meaning: Message) -> Message {
        Message("\(label): \(meaning)", chinese: "\(label)：\(meaning)")
    }

    /// Before the people who have the number of somebody who is being added.
    package static func numberInUse(_ label: Message) -> Message {
        Message("\(label): somebody has it already", chinese: "\(label)：已有人使用")
    }

    /// Whether to add another person with the same number.
    package static let addAnyway = Message(
        "add another person with the same number?", chinese: "仍要以相同号码新增另一人吗？")

    /// The person is not another one.
    package static let notAdded = Diagnostic.error(
        Message("nobody was added", chinese: "未新增人员"),
        hints: Message(
            "if the number is right, drop this and find the person; else change it",
            chinese: "号码无误时请放弃并查找此人；否则请修改号码"))
}
