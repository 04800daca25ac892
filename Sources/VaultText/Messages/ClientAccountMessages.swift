/// What the commands about one account say, `passwd`, and what waits after a login.
package enum ClientAccountMessages {
    package static let unit = Message("unit", chinese: "单位")
    package static let employer = Message("employer", chinese: "雇主")
    package static let kind = Message("kind", chinese: "种类")
    package static let time = Message("time", chinese: "时间")
    package static let signers = Message("signed by", chinese: "签署人")
    package static let whose = Message("whose work", chinese: "负责人")
    package static let task = Message("what to do", chinese: "待办")
    package static let about = Message("about", chinese: "涉及")
    package static let how = Message("how", chinese: "办法")

    /// The last day of a grant, and whether it is over.
    package static func end(_ ends: Int64, now: UInt64) -> Message {
        let moment = UInt64(max(1, ends))
        let day = String(TimeText.utc(microseconds: moment - 1).prefix(10))
        return moment <= now
            ? Message("\(day) (the grant has ended)", chinese: "\(day)（授权已到期）")
            : Message(verbatim: day)
    }

    /// The kind of a statement, by its name on the wire.
    package static func statement(_ kind: String) -> Message {
        switch kind {
        case "init": Message("vault made", chinese: "建库")
        case "founding": Message("founding", chinese: "创立")
        case "enlist": Message("enlisted", chinese: "登记")
        case "reenlist": Message("enlisted again", chinese: "重新登记")
        case "disable": Message("disabled", chinese: "停用")
        case "enable": Message("enabled", chinese: "启用")
        case "amend": Message("renamed", chinese: "更名")
        case "rebind": Message("bound to another uid", chinese: "改绑 uid")
        case "care-grant": Message("granted care roles", chinese: "授予照护角色")
        case "care-revoke": Message("care roles taken back", chinese: "收回照护角色")
        case "audit-grant": Message("granted a role by an auditor", chinese: "由审计员授予角色")
        case "audit-revoke": Message("role taken back by an auditor", chinese: "由审计员收回角色")
        default: Message(verbatim: kind)
        }
    }

    /// After enabling.
    package static func enabled(_ name: String, statement: Int64) -> Message {
        Message(
            "\(name) is enabled, without rights (statement \(statement)); a custodian or an auditor grants again",
            chinese: "\(name) 已启用，但没有权限（声明 \(statement)）；须由档案主管或审计员重新授权")
    }

    /// After renaming.
    package static func renamed(_ old: String, to name: String, statement: Int64) -> Message {
        Message(
            "\(old) is called \(name) now (statement \(statement))",
            chinese: "\(old) 现名 \(name)（声明 \(statement)）")
    }

    /// After binding to another uid.
    package static func rebound(_ name: String, uid: Int64, statement: Int64) -> Message {
        Message(
            "\(name) logs in from uid \(uid) now (statement \(statement))",
            chinese: "\(name) 现从 uid \(uid) 登录（声明 \(statement)）")
    }

    /// The next step of a service.
    package static func serviceEnrols(_ name: String) -> Message {
        Message(
            "enrol it from its own account: carevault enrol --login \(shell: name) --code-file FILE --new-key-file FILE",
            chinese:
                "请用其自己的账户注册：carevault enrol --login \(shell: name) --code-file FILE --new-key-file FILE"
        )
    }

    /// And the one after.
    package static let serviceIsGranted = Message(
        "then an auditor grants it one of intake, backup, watch; it logs in with --key-file",
        chinese: "再由审计员授予 intake、backup 或 watch 之一；之后用 --key-file 登录")

    /// Leaving, for somebody whose account was closed before.
    package static func wasDisabled(_ name: String) -> Message {
        Message("\(name) was disabled before", chinese: "\(name) 此前已停用")
    }

    /// Over the list.
    package static let remaining = Message("what remains to do:", chinese: "尚待办理：")
    /// In place of the list.
    package static let nothingRemains = Message("nothing remains to do", chinese: "无待办事项")

    /// One thing that remains, by its code on the wire.
    package static func task(_ code: String) -> Message {
        switch code {
        case "slots":
            Message(
                "replace the unseal secrets that they may know", chinese: "更换此人可能知道的解封密钥")
        case "unseal-account":
            Message("take their account off the unseal list", chinese: "从解封名单移除其账户")
        case "storage-key":
            Message("rotate the storage key of this epoch", chinese: "轮换此时期的存储密钥")
        case "service-keys":
            Message(
                "re-enlist services whose key files they could read",
                chinese: "重新登记其可读密钥文件的服务")
        case "key-file": Message("delete the key file of the service", chinese: "删除该服务的密钥文件")
        case "compartment-keys":
            Message(
                "rotate the compartment keys that they have seen", chinese: "轮换此人见过的分区密钥")
        case "audit-key":
            Message("replace the audit key that they have seen", chinese: "更换此人见过的审计密钥")
        case "grant": Message("take the grant back", chinese: "收回授权")
        default: Message(verbatim: code)
        }
    }

    /// How it is done: the command, or what to do as long as there is none.
    package static func remedy(_ code: String, name: String, items: [String]) -> Message {
        switch code {
        case "slots", "compartment-keys", "audit-key":
            Message(
                "no command yet: keep the disk and its copies from them",
                chinese: "尚无命令：勿让此人接触磁盘及其副本")
        case "unseal-account":
            Message(
                "no command yet: lock that account of the machine", chinese: "尚无命令：请锁定本机的该账户")
        case "storage-key":
            Message(
                "carevault key rotate storage start, and complete when it is ready",
                chinese: "carevault key rotate storage start，就绪后执行 complete")
        case "service-keys": reenlisting(items.count == 1 ? items[0] : "NAME")
        case "key-file":
            Message("no command: delete the file and its copies", chinese: "无需命令：删除该文件及其副本")
        case "grant": Message(everywhere: "carevault revoke \(shell: name)")
        default: CommonMessages.absent
        }
    }

    private static func reenlisting(_ name: String) -> Message {
        Message(everywhere: "carevault principal reenlist \(shell: name)")
    }
}
