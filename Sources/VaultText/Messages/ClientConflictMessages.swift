/// What the client says when somebody or something else came first.
extension ClientServiceMessages {
    /// Something changed meanwhile, or does not allow it as it stands; by the code on the wire, with what
    /// is there now.
    package static func conflict(_ what: String, current: String) -> Diagnostic {
        switch what {
        case "version": amended(newest: current)
        case "grant-ended": grantEnded(current)
        case "not-granted": notGranted(current)
        case "code-out": codeOut(current)
        case "separation": separation(current)
        case "oneself": oneself(current)
        case "last": lastOfRole(current)
        case "last-unsealer": lastUnsealer(current)
        default: standing[what] ?? changed
        }
    }

    /// Those that are the same whatever is there now.
    private static let standing: [String: Diagnostic] = [
        "name": Diagnostic.error(
            Message("that name is taken", chinese: "该名称已被使用"),
            hints: Message(
                "choose another; carevault principal list shows them",
                chinese: "请另选名称；carevault principal list 可列出")),
        "uid": Diagnostic.error(
            Message("that account has a principal already", chinese: "该账户已登记"),
            hints: Message(
                "one person, one account; carevault principal list shows them",
                chinese: "一人一账户；carevault principal list 可列出")),
        "draft": Diagnostic.error(
            Message("the draft of the founding changed meanwhile", chinese: "创立草案已变更"),
            hints: Message(
                "look at the new one with: carevault found", chinese: "请查看新草案：carevault found")),
        "state": Diagnostic.error(
            Message(
                "this person is not enrolled yet, holds no grant, or is disabled",
                chinese: "该人员尚未注册、未获授权或已停用"),
            hints: Message(
                "carevault principal list shows where everybody stands",
                chinese: "carevault principal list 可列出各人状态")),
        "index": Diagnostic.error(
            Message(
                "another subject has that employee number or national id",
                chinese: "另一对象已使用该工号或证件号"),
            hints: Message(
                "find it with: carevault subject find", chinese: "请查找：carevault subject find")),
        "no-rotation": Diagnostic.error(
            Message(
                "no rotation of the storage key is under way", chinese: "当前没有进行中的存储密钥轮换"),
            hints: Message(
                "begin one with: carevault key rotate storage start",
                chinese: "请先执行：carevault key rotate storage start")),
        "rows-remain": Diagnostic.error(
            Message(
                "not every key is re-wrapped yet", chinese: "尚有密钥未重新封装"),
            hints: Message(
                "look with carevault key rotate storage status, and complete it when ready",
                chinese: "请用 carevault key rotate storage status 查看，就绪后再完成")),
    ]

    private static let changed = Diagnostic.error(
        Message("somebody else changed this at the same time", chinese: "他人同时修改了此项"),
        hints: Message("look at it, then try again", chinese: "请查看后重试"))

    /// Somebody wrote first; the newest version where it is known.
    private static func amended(newest current: String) -> Diagnostic {
        return .error(
            Message(
                current.isEmpty
                    ? "the record was amended meanwhile"
                    : "the record was amended meanwhile; its newest version is \(current)",
                chinese: current.isEmpty
                    ? "该记录已被修改" : "该记录已被修改；最新版本为 \(current)"),
            hints: Message(
                "look at the newest version with: carevault record get",
                chinese: "请查看最新版本：carevault record get"))
    }

    /// The grant is over; its end in microseconds.
    private static func grantEnded(_ current: String) -> Diagnostic {
        let day = UInt64(current).map { TimeText.utc(microseconds: max(1, $0) - 1).prefix(10) }
        return .error(
            Message(
                "your grant ended with \(String(day ?? "its last day"))",
                chinese: "您的授权已于 \(String(day ?? "最后一日")) 到期"),
            hints: Message(
                "a custodian grants care roles again, an auditor all others: carevault grant",
                chinese: "照护角色由档案主管、其他角色由审计员重新授权：carevault grant"))
    }

    /// Enrolled, and nobody granted anything; the reference.
    private static func notGranted(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "you are enrolled and hold no grant (reference \(current))",
                chinese: "您已注册，但没有授权（参考码 \(current)）"),
            hints: Message(
                "read your twelve words to a custodian for care roles, to an auditor for all others: they grant",
                chinese: "请将您的十二个词读给档案主管（照护角色）或审计员（其他角色），由其授权"))
    }

    /// Re-enlisted, and not enrolled anew; the reference.
    private static func codeOut(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "an operator gave you a new one-time code, and your old secret opens nothing any more (reference \(current))",
                chinese: "操作员已给您新的一次性代码，旧密钥不再有效（参考码 \(current)）"),
            hints: Message(
                "make your new secret with the code: carevault enrol",
                chinese: "请用该代码设置新密钥：carevault enrol"))
    }

    /// What the other holds bars the grant; the reference.
    private static func separation(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "this person holds a role that excludes the one you grant (reference \(current))",
                chinese: "对方持有与所授角色互斥的角色（参考码 \(current)）"),
            hints: Message(
                "carevault principal list shows it; whoever grants that role takes it back first: carevault revoke NAME",
                chinese: "carevault principal list 可查看；须先由授予该角色的一方收回：carevault revoke NAME"))
    }

    /// An act upon oneself; the reference.
    private static func oneself(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "nobody does this to themselves (reference \(current))",
                chinese: "任何人不得对自己执行此操作（参考码 \(current)）"),
            hints: Message(
                "a colleague in the same office does it for you",
                chinese: "请由担任相同角色的同事代为执行"))
    }

    /// Nobody else holds the role.
    private static func lastOfRole(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "nobody else is \(current), and a vault without one could not be kept",
                chinese: "再无其他人担任 \(current)，保险库不能缺少该角色"),
            hints: Message(
                "grant the role to somebody else first", chinese: "请先将该角色授予他人"))
    }

    /// No other account may unseal; its uid.
    private static func lastUnsealer(_ current: String) -> Diagnostic {
        return .error(
            Message(
                "uid \(current) is the only account that may unseal this vault; without it nobody could open the vault again",
                chinese: "只有 uid \(current) 的账户可解封本保险库；没有它，再无人能打开保险库"),
            hints: Message(
                "take their rights and leave the account: an auditor (for care roles, a custodian) runs carevault revoke NAME",
                chinese: "可只收回权限而保留账户：由审计员（照护角色由档案主管）执行 carevault revoke NAME"),
            Message(
                "who may unseal is named when a vault is made: carevaultd init --unseal-uid, once for each of two accounts",
                chinese: "可解封的账户在建库时指定：carevaultd init --unseal-uid，为两个账户各写一次"))
    }
}
