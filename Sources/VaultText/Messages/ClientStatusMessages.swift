/// What `carevault status`, `unseal` and `seal` say.
package enum ClientStatusMessages {
    package static let vault = Message("vault", chinese: "保险库")
    package static let state = Message("state", chinese: "状态")
    package static let version = Message("version", chinese: "版本")
    package static let founded = Message("founded", chinese: "已创立")
    package static let fingerprint = Message("fingerprint", chinese: "指纹")
    package static let health = Message("health", chinese: "健康")
    package static let log = Message("audit log", chinese: "审计日志")
    package static let unpinned = Message("not handed out", chinese: "未交出检查点")
    package static let epoch = Message("storage epoch", chinese: "存储纪元")
    package static let next = Message("next step", chinese: "下一步")
    package static let remedy = Message("remedy", chinese: "处理")

    /// The state of the storage lock, by its name on the wire.
    package static func state(_ name: String) -> Message {
        switch name {
        case "sealed": Message("sealed", chinese: "已封存")
        case "unsealed": Message("unsealed", chinese: "已解封")
        default: Message("uninitialised", chinese: "未初始化")
        }
    }

    /// The colour, by its name on the wire.
    package static func colour(_ name: String) -> Message {
        switch name {
        case "green": Message("green", chinese: "绿")
        case "amber": Message("amber", chinese: "黄")
        default: Message("red", chinese: "红")
        }
    }

    /// A number of entries.
    package static func entries(_ count: Int64) -> Message {
        .plural(count, one: "1 entry", other: "\(count) entries", chinese: "\(count) 条")
    }

    /// The unpinned tail.
    package static func tail(_ count: Int64, age: UInt64) -> Message {
        let span = TimeText.duration(seconds: age / 1_000_000)
        return Message(
            "\(entries(count)), for \(span)", chinese: "\(entries(count))，已有 \(span)")
    }

    /// What the caller does next, by the code on the wire, and how many people that is about.
    package static func next(_ code: String, people: Int64?) -> Message {
        switch code {
        case "unseal":
            Message("an operator runs: carevault unseal", chinese: "操作员执行：carevault unseal")
        case "enlist":
            Message(
                "an operator runs: carevault principal enlist NAME --uid USER",
                chinese: "操作员执行：carevault principal enlist NAME --uid USER")
        case "enrol": Message("run: carevault enrol", chinese: "执行：carevault enrol")
        case "found": Message("run: carevault found", chinese: "执行：carevault found")
        case "grant":
            Message(
                "a custodian or auditor runs: carevault grant NAME --role ROLE",
                chinese: "档案主管或审计员执行：carevault grant NAME --role ROLE")
        case "login": Message("run: carevault login", chinese: "执行：carevault login")
        case "enlist-first":
            Message(
                "an operator enlists the first counsellor: carevault principal enlist NAME --uid UID",
                chinese: "由操作员登记首位心理咨询员：carevault principal enlist NAME --uid UID")
        case "enrol-first":
            Message(
                "who was enlisted runs at their own account: carevault enrol",
                chinese: "由已登记的人员在本人账户执行：carevault enrol")
        case "enrol-founders":
            Message(
                "the two who found it run, each at their own account: carevault enrol --as custodian, or --as auditor",
                chinese:
                    "由两位创立人在各自账户执行：carevault enrol --as custodian（档案主管）或 --as auditor（审计员）")
        case "founders-sign": NextStepMessages.founderEnrolled
        case "custodian-signs":
            NextStepMessages.signed(waitingFor: ClientSessionMessages.custodianParty)
        case "auditor-signs":
            NextStepMessages.signed(waitingFor: ClientSessionMessages.auditorParty)
        case "complete-rotation": NextStepMessages.completeRotation
        case "grant-waiting": grantWaiting(people ?? 1)
        case "none": Message("nothing", chinese: "无")
        default: Message(verbatim: code)
        }
    }

    private static func grantWaiting(_ people: Int64) -> Message {
        .plural(
            people,
            one:
                "1 person has enrolled; a custodian (for care roles) or an auditor runs: carevault grant NAME --role ROLE",
            other:
                "\(people) people have enrolled; a custodian (for care roles) or an auditor runs: carevault grant NAME --role ROLE",
            chinese:
                "有 \(people) 人已注册，由档案主管（照护角色）或审计员执行：carevault grant NAME --role ROLE")
    }

    /// Asks for the secret of a slot.
    package static let unsealPrompt = Message("unseal secret (eight words)", chinese: "解封密钥（八个词）")

    /// After unsealing.
    package static func unsealed(epoch: Int64, statements: Int64) -> Message {
        .plural(
            statements,
            one: "the vault is unsealed (storage epoch \(epoch), 1 statement checked)",
            other:
                "the vault is unsealed (storage epoch \(epoch), \(statements) statements checked)",
            chinese: "保险库已解封（存储纪元 \(epoch)，已核对 \(statements) 条声明）")
    }

    /// Entries that were written while sealed.
    package static func adopted(_ count: Int64) -> Message {
        .plural(
            count, one: "1 audit entry from the time it was sealed was taken over",
            other: "\(count) audit entries from the time it was sealed were taken over",
            chinese: "已接收封存期间的 \(count) 条审计条目")
    }

    /// It was open before.
    package static let wasUnsealed = Message("the vault was unsealed already", chinese: "保险库此前已解封")
    /// After sealing.
    package static let sealed = Message(
        "the vault is sealed; every login has ended", chinese: "保险库已封存；所有登录均已结束")
    /// It was sealed before.
    package static let wasSealed = Message("the vault was sealed already", chinese: "保险库此前已封存")
}
