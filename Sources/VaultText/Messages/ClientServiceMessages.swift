/// What the client says when the service refuses.
package enum ClientServiceMessages {
    /// The vault is sealed.
    package static let sealed = Diagnostic.error(
        Message("the vault is sealed", chinese: "保险库已封存"),
        hints: Message(
            "an operator opens it with: carevault unseal",
            chinese: "由操作员执行：carevault unseal"))

    /// No founding yet.
    package static let notFounded = Diagnostic.error(
        Message(
            "the vault is not founded yet, so no files are kept in it",
            chinese: "保险库尚未创立，因此还不能保存档案"),
        hints: Message(
            "the first custodian and the first auditor sign it with: carevault found",
            chinese: "由首任档案主管和首任审计员执行：carevault found"))

    /// Nobody logged in here.
    package static func notLoggedIn(_ login: String?) -> Diagnostic {
        guard let login else {
            return .error(
                Message("you are not logged in", chinese: "您尚未登录"),
                hints: Message("log in with: carevault login", chinese: "请登录：carevault login"))
        }
        return .error(
            Message("\(login) is not logged in here", chinese: "\(login) 未在此登录"),
            hints: Message(
                "log in with: carevault login --login \(shell: login)",
                chinese: "请登录：carevault login --login \(shell: login)"))
    }

    /// The login is over.
    package static func loginOver(_ reason: String) -> Diagnostic {
        let hint = Message("log in again with: carevault login", chinese: "请重新登录：carevault login")
        return switch reason {
        case "expired":
            .error(Message("your login has expired", chinese: "您的登录已过期"), hints: hint)
        case "changed":
            .error(
                Message(
                    "your login has ended: your account or rights were changed",
                    chinese: "您的登录已结束：您的账户或权限已变更"),
                hints: hint)
        case "foreign":
            .error(
                Message("that login belongs to another user", chinese: "该登录属于其他用户"),
                hints: hint)
        default: .error(Message("your login has ended", chinese: "您的登录已结束"), hints: hint)
        }
    }

    /// Too many requests.
    package static func tooManyRequests(seconds: UInt64) -> Diagnostic {
        .error(
            Message("too many requests from your account", chinese: "您的账户请求过于频繁"),
            hints: Message(
                "wait \(TimeText.duration(seconds: seconds)), then try again",
                chinese: "请等待 \(TimeText.duration(seconds: seconds))后重试"))
    }

    /// Denied by a rule.
    package static func denied(_ reference: String?) -> Diagnostic {
        let roles = Message(
            "carevault whoami shows your roles; a custodian grants care roles, an auditor all others",
            chinese: "carevault whoami 可查看您的角色；照护角色由档案主管授予，其他角色由审计员授予")
        guard let reference else {
            return .error(
                Message("the rules do not allow this to you", chinese: "规则不允许您这样做"),
                hints: roles)
        }
        return .error(
            Message(
                "the rules do not allow this to you (reference \(reference))",
                chinese: "规则不允许您这样做（参考码 \(reference)）"),
            hints: roles, why(reference))
    }

    /// Who can find out what stands behind a reference, and how.
    private static func why(_ reference: String) -> Message {
        Message(
            "an auditor sees why: carevault audit tail --reference \(shell: reference)",
            chinese: "审计员可查明原因：carevault audit tail --reference \(shell: reference)")
    }

    /// Absent or not allowed.
    package static func notFound(_ reference: String) -> Diagnostic {
        .error(
            Message(
                "not found, or not for you (reference \(reference))",
                chinese: "未找到，或您无权查看（参考码 \(reference)）"),
            hints: Message("check the identifier", chinese: "请检查标识符"), why(reference))
    }

    /// No purpose.
    package static func purposeNeeded(_ codes: [String]) -> Diagnostic {
        let names = CommonMessages.list(codes.map(TitleMessages.purpose))
        let message = Message(
            "a purpose of use is needed to open files", chinese: "查阅档案须说明使用目的")
        guard !codes.isEmpty else {
            return .error(
                message,
                hints: Message("add --purpose PURPOSE", chinese: "请加上 --purpose PURPOSE"))
        }
        return .error(
            message,
            hints: Message(
                "add --purpose with one of: \(names)", chinese: "请用 --purpose 指定其一：\(names)"))
    }

    /// It is so already.
    package static func alreadyDone(_ what: String) -> Diagnostic {
        let message: Message =
            switch what {
            case "unsealed": Message("the vault is unsealed already", chinese: "保险库已解封")
            case "sealed": Message("the vault is sealed already", chinese: "保险库已封存")
            case "enrolled": Message("that principal is enrolled already", chinese: "该人员已注册")
            case "disabled": Message("that principal is disabled already", chinese: "该人员已停用")
            case "enabled": Message("that principal is not disabled", chinese: "该人员未停用")
            case "granted": Message("that is granted already", chinese: "该授权已存在")
            case "founded": Message("the vault is founded already", chinese: "保险库已创立")
            case "signed":
                Message(
                    "you have signed this founding already; the other signature is awaited",
                    chinese: "您已签署；等待另一方签署")
            case "rotation":
                Message("a rotation is under way already", chinese: "轮换已在进行")
            default: Message("that is done already", chinese: "此项已完成")
            }
        let hint: Message =
            switch what {
            case "enrolled", "disabled", "enabled", "granted":
                Message(
                    "carevault principal list shows where everybody stands",
                    chinese: "carevault principal list 可列出各人状态")
            case "founded":
                Message(
                    "a custodian or an auditor grants roles now: carevault grant",
                    chinese: "现由档案主管或审计员授予角色：carevault grant")
            case "rotation":
                Message(
                    "look at: carevault key rotate storage status",
                    chinese: "请查看：carevault key rotate storage status")
            default:
                Message("look at: carevault status", chinese: "请查看：carevault status")
            }
        return .error(message, hints: hint)
    }

    /// The idempotency id was used before.
    package static let idempotencyReused = Diagnostic.error(
        Message(
            "the daemon took this for a repetition of another request and did nothing",
            chinese: "守护进程将此视为另一请求的重复，未执行"),
        hints: Message("run the command again", chinese: "请重新执行该命令"))

    /// The login lacks a key.
    package static func staleSession(_ name: String) -> Diagnostic {
        let compartment = TitleMessages.compartment(name)
        return .error(
            Message(
                "the key of \(compartment) changed since you logged in",
                chinese: "\(compartment)分区的密钥在您登录后已更换"),
            hints: Message("log in again with: carevault login", chinese: "请重新登录：carevault login"))
    }

    /// Words that are not those of the key.
    package static func fingerprintMismatch(_ whose: String) -> Diagnostic {
        switch whose {
        case "vault":
            return .error(
                Message(
                    "those are not the words of this vault's fingerprint",
                    chinese: "这些词不是本保险库的指纹"),
                hints: Message(
                    "compare them with the signed page; if they are right, do not go on: this is another vault",
                    chinese: "请与签字页核对；若无误，请停止：这是另一个保险库"))
        default:
            return .error(
                Message(
                    "those words are not the fingerprint of the key that is stored",
                    chinese: "这些词不是所存密钥的指纹"),
                hints: Message(
                    "have them read out again; if they are right, do not go on: the stored key is not that person's",
                    chinese: "请对方再读一遍；若无误，请停止：所存密钥不是此人的"))
        }
    }

    /// Stored, but its entry is not durable.
    package static func outcomePending(_ reference: String) -> Diagnostic {
        .error(
            Message(
                "it is stored, but its audit entry is not durable yet (reference \(reference))",
                chinese: "已保存，但审计条目尚未持久化（参考码 \(reference)）"),
            hints: Message(
                "it is not shown until then; ask the operator to look at: carevault status",
                chinese: "在此之前不会显示；请操作员查看：carevault status"))
    }

    /// A row that fails its check.
    package static func quarantined(_ reference: String) -> Diagnostic {
        .error(
            Message(
                "it exists but fails its integrity check and is not shown (reference \(reference))",
                chinese: "该内容存在，但未通过完整性检查，不予显示（参考码 \(reference)）"),
            hints: Message(
                "give the reference to the operator; a backup may hold it",
                chinese: "请将参考码告知操作员；备份中可能有副本"))
    }

    /// Cannot now.
    package static func unavailable(
        cause: String, remedy: String, detail: String?
    ) -> Diagnostic {
        if let known = ObstacleMessages(rawValue: cause) {
            let diagnostic = Diagnostic.error(
                Message(
                    "the daemon cannot do this now: \(known.cause)",
                    chinese: "守护进程目前无法执行：\(known.cause)"), hints: known.remedy)
            return detail.map { diagnostic.adding(hint: ObstacleMessages.detail($0)) } ?? diagnostic
        }
        let message = Message(
            "the daemon cannot do this now: \(cause)", chinese: "守护进程目前无法执行：\(cause)")
        guard !cause.hasPrefix("internal.") else {
            return .error(message, hints: ObstacleMessages.reportFault)
        }
        guard !remedy.isEmpty else {
            return .error(
                message,
                hints: Message("look at: carevault status", chinese: "请查看：carevault status"))
        }
        return .error(message, hints: Message(verbatim: remedy))
    }

    /// Files that do not fit together.
    package static func integrityFailure(
        place: String, found: String, remedy: String
    ) -> Diagnostic {
        .error(
            Message(
                "\(place): \(found)", chinese: "\(place)：文件损坏或与其他文件不匹配（\(found)）"),
            hints: Message(
                "nothing was opened or repaired; keep a copy of the files before anything else",
                chinese: "没有打开或修复任何内容；请先保留文件副本"),
            Message("\(remedy)", chinese: "请放回同一时刻的文件，或从同一备份一并恢复"))
    }

    /// Fields that the service refused.
    package static let invalidFields = Message(
        "nothing was done; this is not acceptable", chinese: "未执行任何操作；以下内容不符合要求")

    /// A call that the service does not know.
    package static func unknownCall(_ what: String) -> Diagnostic {
        .error(
            Message("the daemon does not know \(what)", chinese: "守护进程不认识 \(what)"),
            hints: Message(
                "client and daemon have different versions: carevault --version, carevaultd --version",
                chinese: "客户端与守护进程版本不同：carevault --version，carevaultd --version"))
    }

    /// The connection ended.
    package static func connectionLost(_ path: String) -> Diagnostic {
        .error(
            Message(
                "the daemon at \(path) closed the connection before it answered",
                chinese: "\(path) 的守护进程在应答前关闭了连接"),
            hints: Message("look at: carevault status", chinese: "请查看：carevault status"))
    }

    /// No answer in time.
    package static func timedOut(_ path: String, seconds: Int) -> Diagnostic {
        .error(
            Message(
                "the daemon at \(path) did not answer within \(seconds) seconds",
                chinese: "\(path) 的守护进程在 \(seconds) 秒内没有应答"),
            hints: Message(
                "whether it was done is unknown; look before you repeat it",
                chinese: "是否已执行未知；重复前请先查看"))
    }

    /// Something else answers.
    package static func garbled(_ path: String) -> Diagnostic {
        .error(
            Message(
                "what answers at \(path) does not speak as this client does",
                chinese: "\(path) 的应答与本客户端不符"),
            hints: Message(
                "is that the socket of carevaultd, of the same version?",
                chinese: "那是同版本 carevaultd 的套接字吗？"))
    }

    /// The call is too large.
    package static func callTooLong(limit: Int) -> Diagnostic {
        .error(
            Message(
                "that is more than the \(limit) bytes that the daemon takes at once",
                chinese: "超过守护进程一次接受的 \(limit) 字节"),
            hints: Message("make it shorter", chinese: "请缩短内容"))
    }

    /// No directory in memory for the token.
    package static func noRuntimeDirectory(
        _ tried: [UnsuitablePlace], user: UInt32
    ) -> Diagnostic {
        let places = CommonMessages.list(tried.map(\.message))
        let closing = tried.compactMap(\.remedy)
        return Diagnostic(
            severity: .error,
            message: Message(
                "there is no private directory in memory to keep the login in (\(places))",
                chinese: "没有可保存登录的内存私有目录（\(places)）"),
            hints: closing + [
                Message(
                    "log in to the machine with a session that sets XDG_RUNTIME_DIR",
                    chinese: "请以设置了 XDG_RUNTIME_DIR 的会话登录本机"),
                Message(
                    "or have root make one: install -d -m 0700 -o \(user) /run/carevault/\(user)",
                    chinese: "或由 root 创建：install -d -m 0700 -o \(user) /run/carevault/\(user)"),
            ])
    }
}

/// A place that keeps no login, and why.
package struct UnsuitablePlace: Sendable, Equatable {
    /// What is wrong with it.
    package enum Problem: Sendable, Equatable {
        /// The variable that names it is not set.
        case unset
        /// Nothing is there.
        case missing
        /// It is no directory.
        case notDirectory
        /// It belongs to somebody else.
        case owner(UInt32)
        /// Others can use it.
        case mode(UInt32)
        /// It is not in memory.
        case onDisk
    }

    /// The directory, or the variable.
    package let path: String
    /// What is wrong.
    package let problem: Problem

    /// A place.
    package init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }

    var message: Message {
        switch problem {
        case .unset: Message("\(path) is not set", chinese: "未设置 \(path)")
        case .missing: Message("\(path) is not there", chinese: "\(path) 不存在")
        case .notDirectory: Message("\(path) is not a directory", chinese: "\(path) 不是目录")
        case .owner(let user):
            Message("\(path) belongs to uid \(user)", chinese: "\(path) 属于 uid \(user)")
        case .mode(let mode):
            Message("\(path) has mode \(mode: mode)", chinese: "\(path) 的权限为 \(mode: mode)")
        case .onDisk: Message("\(path) is on a disk", chinese: "\(path) 位于磁盘上")
        }
    }

    /// What its owner does about it.
    var remedy: Message? {
        guard case .mode = problem else { return nil }
        return Message(everywhere: "chmod 0700 \(shell: path)")
    }
}
