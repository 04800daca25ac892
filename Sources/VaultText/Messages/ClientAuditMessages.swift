/// What `carevault audit` and `carevault verify` say.
package enum ClientAuditMessages {
    package static let sequence = Message("number", chinese: "序号")
    package static let time = Message("time", chinese: "时间")
    package static let who = Message("who", chinese: "操作者")
    package static let action = Message("action", chinese: "操作")
    package static let outcome = Message("outcome", chinese: "结果")
    package static let kind = Message("kind", chinese: "类型")
    package static let purpose = Message("purpose", chinese: "目的")
    package static let whom = Message("whom", chinese: "对象")

    /// How an action ended, by its name on the wire.
    package static func outcome(_ name: String) -> Message {
        switch name {
        case "success": Message("success", chinese: "成功")
        case "denied": Message("denied", chinese: "拒绝")
        default: Message("failed", chinese: "失败")
        }
    }

    /// In place of contents that this login's keys do not open.
    package static let closed = Message("(closed)", chinese: "（未打开）")
    /// The daemon itself.
    package static let daemon = Message("daemon", chinese: "守护进程")
    /// No entries.
    package static let noEntries = Message("no entries", chinese: "没有条目")

    /// Before the reason for a refusal.
    package static let why = Message("why", chinese: "原因")

    /// Before the identifier of whom an act was about.
    package static let identifier = Message("identifier", chinese: "标识符")
    /// Before the roles that were given or taken.
    package static let roles = Message("for roles", chinese: "涉及角色")
    /// Before the compartments that were given or taken.
    package static let compartments = Message("compartments", chinese: "涉及分区")
    /// Before the entries that an act was about.
    package static let range = Message("entries", chinese: "条目")
    /// Before the number of the statement that an act added.
    package static let statement = Message("statement", chinese: "声明")

    /// An action, and which of its steps it was where the entry says so.
    package static func action(_ name: String, step: String?) -> Message {
        let action = TitleMessages.action(name)
        guard let step else { return action }
        let words = steps[step] ?? Message(verbatim: step)
        return Message("\(action) (\(words))", chinese: "\(action)（\(words)）")
    }

    /// Short, so that the table fits the screen.
    private static let steps: [String: Message] = [
        "signed": Message("signed", chinese: "已签署"),
        "founded": Message("founded", chinese: "已签署，创立完成"),
        "dry-run": Message("dry run", chinese: "试算"),
        "announced": Message("planned", chinese: "已预告"),
        "started": Message("started", chinese: "已开始"),
        "completed": Message("done", chinese: "已完成"),
    ]

    /// A reference with a typing error.
    package static func malformedReference(_ typed: String) -> Diagnostic {
        .error(
            Message("\(typed) is not a reference", chinese: "\(typed) 不是参考码"),
            hints: Message(
                "it has ten letters and digits, and stands in brackets in the refusal",
                chinese: "参考码为十位字母和数字，见拒绝信息的括号内"))
    }

    /// No entry has that reference.
    package static func unknownReference(_ reference: String) -> Diagnostic {
        .error(
            Message(
                "no entry of the log has the reference \(reference)",
                chinese: "日志中没有参考码为 \(reference) 的条目"),
            hints: Message(
                "have it read out again; entries that your login does not open are not looked into",
                chinese: "请对方再读一遍；您的登录无法打开的条目不在查找范围内"))
    }

    /// While exporting, on one line.
    package static func exporting(done: Int64, total: Int64) -> Message {
        Message("exported \(done) of \(total) entries", chinese: "已导出 \(done)/\(total) 条")
    }

    /// While verifying, on one line.
    package static func verifying(done: Int64, total: Int64) -> Message {
        Message("checked \(done) of \(total) entries", chinese: "已核对 \(done)/\(total) 条")
    }

    /// After exporting.
    package static func exported(_ count: Int64, to path: String) -> Message {
        .plural(
            count, one: "exported 1 entry to \(path)",
            other: "exported \(count) entries to \(path)",
            chinese: "已导出 \(count) 条到 \(path)")
    }

    /// How to check an export.
    package static func howToVerify(_ path: String) -> Message {
        Message(
            "check it anywhere with: carevault verify \(shell: path)",
            chinese: "可在任何地方核验：carevault verify \(shell: path)")
    }

    /// An export of which nothing is kept.
    package static func partRemoved(_ path: String) -> Message {
        Message("the part in \(path) was removed", chinese: "已删除不完整的 \(path)")
    }

    /// After writing a checkpoint.
    package static func checkpointWritten(_ path: String, size: UInt64) -> Message {
        Message(
            "the checkpoint of \(size) entries is in \(path); keep it away from this machine, it is what --pin takes",
            chinese: "\(size) 条的检查点已写入 \(path)；请离机保存，--pin 可使用它")
    }

    /// The live log is well.
    package static func liveValid(_ count: Int64) -> Message {
        .plural(
            count, one: "valid: 1 entry checked", other: "valid: \(count) entries checked",
            chinese: "有效：已核对 \(count) 条")
    }

    /// The live log is not well.
    package static func liveWrong(_ verdict: String, problem: String, at sequence: Int64?)
        -> Message
    {
        let word =
            verdict == "incomplete"
            ? Message("incomplete", chinese: "不完整") : Message("invalid", chinese: "无效")
        guard let sequence else {
            return Message("\(word): \(problem)", chinese: "\(word)：\(problem)")
        }
        return Message(
            "\(word) at entry \(sequence): \(problem)",
            chinese: "\(word)，第 \(sequence) 条：\(problem)")
    }

    /// The daemon checks its own log.
    package static let liveTrust = Message(
        "this was checked by the daemon itself; an export checked elsewhere trusts nobody",
        chinese: "以上由守护进程自行核对；在别处核验导出文件则无需信任任何人")
}
