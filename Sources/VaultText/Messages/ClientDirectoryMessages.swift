/// What `principal`, `grant` and `revoke` say.
package enum ClientDirectoryMessages {
    package static let name = Message("name", chinese: "姓名")
    package static let uid = Message(everywhere: "uid")
    package static let state = Message("state", chinese: "状态")
    package static let roles = Message("roles", chinese: "角色")
    package static let compartments = Message("compartments", chinese: "分区")
    package static let identifier = Message("identifier", chinese: "标识")
    package static let ends = Message("ends", chinese: "到期")

    /// How far a principal has come, by its name on the wire.
    package static func state(_ name: String) -> Message {
        switch name {
        case "enlisted": Message("enlisted", chinese: "已登记")
        case "enrolled": Message("enrolled", chinese: "已注册")
        case "granted": Message("granted", chinese: "已授权")
        case "disabled": Message("disabled", chinese: "已停用")
        default: Message(verbatim: name)
        }
    }

    /// After enlisting, before the code.
    package static func enlisted(_ name: String, principal: String) -> Message {
        Message("enlisted \(name) as \(principal)", chinese: "已登记 \(name)，标识 \(principal)")
    }

    /// After re-enlisting, before the code.
    package static func reenlisted(_ name: String) -> Message {
        Message(
            "\(name) has a new code; the former key and every grant have ended",
            chinese: "\(name) 已有新代码；原密钥及所有授权均已失效")
    }

    /// The code itself.
    package static func code(_ code: String, until: Message) -> Message {
        Message(
            "one-time code, to be handed over in person: \(code) (lapses \(until))",
            chinese: "一次性代码，请当面交付：\(code)（\(until)失效）")
    }

    /// Where the code was written.
    package static func codeWritten(_ path: String, until: Message) -> Message {
        Message(
            "the one-time code is in \(path) (lapses \(until)); hand it over in person",
            chinese: "一次性代码已写入 \(path)（\(until)失效）；请当面交付")
    }

    /// After disabling.
    package static func disabled(_ name: String) -> Message {
        Message("\(name) is disabled", chinese: "\(name) 已停用")
    }

    /// How many logins ended.
    package static func sessionsEnded(_ count: Int64) -> Message {
        .plural(
            count, one: "1 login ended", other: "\(count) logins ended",
            chinese: "\(count) 个登录已结束")
    }

    /// Asks for the words of whom is granted something.
    package static func wordsPrompt(_ name: String) -> Message {
        Message(
            "the twelve words of \(name), as read out by them", chinese: "\(name) 读出的十二个词")
    }

    /// A grant to somebody without keys.
    package static func notEnrolled(_ name: String) -> Diagnostic {
        .error(
            Message("\(name) has not enrolled yet", chinese: "\(name) 尚未注册"),
            hints: Message(
                "they enrol at their own account, with the code from the operator: carevault enrol",
                chinese: "请其在本人账户用操作员给的代码注册：carevault enrol"),
            Message(
                "if the code is lost or has lapsed, an operator gives another: carevault principal reenlist \(shell: name)",
                chinese: "代码遗失或失效时，由操作员另发：carevault principal reenlist \(shell: name)"))
    }

    /// A grant to somebody whose account is disabled.
    package static func isDisabled(_ name: String) -> Diagnostic {
        .error(
            Message("\(name) is disabled", chinese: "\(name) 已停用"),
            hints: Message(
                "an operator gives the account back: carevault principal enable \(shell: name)",
                chinese: "由操作员重新启用：carevault principal enable \(shell: name)"))
    }

    /// After granting.
    package static func granted(_ name: String, roles: [String], statement: Int64) -> Message {
        let roles = TitleMessages.roles(roles)
        return Message(
            "granted \(roles) to \(name) (statement \(statement))",
            chinese: "已授予 \(name)：\(roles)（声明 \(statement)）")
    }

    /// After revoking.
    package static func revoked(_ name: String, statement: Int64) -> Message {
        Message(
            "every grant of \(name) is taken back (statement \(statement))",
            chinese: "已收回 \(name) 的所有授权（声明 \(statement)）")
    }

    /// Revoking takes no knowledge away.
    package static func keysStayKnown(_ names: [String]) -> Diagnostic {
        let compartments = TitleMessages.compartments(names)
        return .warning(
            Message(
                "the keys of \(compartments) stay known to them until the generation rotates",
                chinese: "在轮换密钥代次之前，此人仍知道\(compartments)的密钥"),
            hints: Message(
                "this matters only with the storage lock as well: a copy of the disk and an unseal secret",
                chinese: "仅当同时拥有存储锁（磁盘副本和解封密钥）时才有影响"))
    }
}
