/// What `passwd` says, what a login greets with, and whom to ask.
package enum ClientSecretMessages {
    /// Asks for the secret that is to go.
    package static let oldPrompt = Message(
        "your present secret (eight words)", chinese: "您现在的密钥（八个词）")
    /// Asks for one word of a secret that was mistyped.
    package static func wordAgain(_ place: Int) -> Message {
        Message(
            "word \(place) again (four letters are enough)",
            chinese: "请重新输入第 \(place) 个词（前四个字母即可）")
    }
    /// Over the new secret.
    package static let newSecret = Message(
        "this is your new secret; the present one counts until you have typed it back",
        chinese: "这是您的新密钥；在您重新输入之前，现有密钥仍然有效")

    /// After the change.
    package static func changed(_ file: String?, ended: Int64) -> Message {
        let logins = Message.plural(
            ended, one: "1 other login ended", other: "\(ended) other logins ended",
            chinese: "\(ended) 个其他登录已结束")
        guard let file else {
            return Message(
                "your new secret counts, the old one opens nothing any more; \(logins)",
                chinese: "新密钥已生效，旧密钥不再有效；\(logins)")
        }
        return Message(
            "your new key file is \(file), the old secret opens nothing any more; \(logins)",
            chinese: "新密钥文件为 \(file)，旧密钥不再有效；\(logins)")
    }

    /// Whom to ask.
    package static func contact(_ contact: String) -> Message {
        Message("who helps here: \(contact)", chinese: "求助：\(contact)")
    }

    /// The login before.
    package static func lastLogin(_ moment: UInt64, now: UInt64, failed: Int64) -> Message {
        let ago = TimeText.relative(microseconds: moment, now: now)
        let at = TimeText.utc(microseconds: moment)
        guard failed > 0 else {
            return Message("last login \(ago) (\(at))", chinese: "上次登录：\(ago)（\(at)）")
        }
        return Message(
            "last login \(ago) (\(at)), \(self.failed(failed))",
            chinese: "上次登录：\(ago)（\(at)），\(self.failed(failed))")
    }

    /// Wrong secrets since the last login.
    package static func failed(_ count: Int64) -> Message {
        .plural(
            count, one: "1 wrong secret since then", other: "\(count) wrong secrets since then",
            chinese: "其后 \(count) 次密钥错误")
    }

    /// If it was not the person themselves.
    package static let notYou = Diagnostic.warning(
        Message(
            "somebody gave wrong secrets for your account", chinese: "有人为您的账户输入了错误的密钥"),
        hints: Message(
            "if that was not you, tell an auditor, and take a new secret with: carevault passwd",
            chinese: "若非本人，请告知审计员，并更换密钥：carevault passwd"))

    /// Something that waits, by its code on the wire.
    package static func notice(
        _ code: String, about: String, due: UInt64?, now: UInt64
    ) -> Message {
        let when =
            due.map { TimeText.relative(microseconds: $0, now: now) } ?? Message(verbatim: "")
        return switch code {
        case "enlisted-not-enrolled":
            Message(
                "waiting: enlisted, not enrolled yet: \(about)", chinese: "待办：已登记而未注册：\(about)")
        case "enrolled-not-granted":
            Message(
                "waiting: enrolled, not granted yet: \(about)", chinese: "待办：已注册而未授权：\(about)")
        case "grants-ending":
            Message(
                "waiting: grants that end, the first \(when): \(about)",
                chinese: "待办：即将到期或刚到期的授权，最早 \(when)：\(about)")
        case "own-grant-ending":
            Message("your own grant ends \(when)", chinese: "您自己的授权 \(when)到期")
        case "log-unpinned":
            Message(
                "waiting: \(about) log entries without a checkpoint outside, since \(when): carevault audit checkpoint",
                chinese: "待办：自 \(when)起有 \(about) 条日志尚无外部检查点：carevault audit checkpoint")
        case "founding-waiting":
            Message(
                "waiting: the founding is not signed yet: carevault found",
                chinese: "待办：创立尚未签署：carevault found")
        default: Message("waiting: \(code) \(about)", chinese: "待办：\(code) \(about)")
        }
    }
}
