import VaultCoding

extension TitleMessages {
    /// An action of the trail, by its name. In English the name itself, which the export has too; one
    /// that is not known here, of a newer daemon, stands for itself.
    package static func action(_ name: String) -> Message {
        guard let action = Action(rawValue: name) else { return Message(verbatim: name) }
        return switch action {
        case .vaultInit, .vaultStart, .vaultStop, .vaultUnseal, .vaultSeal, .vaultStatus,
            .vaultFound, .vaultHealth, .refusals:
            vault(action)
        case .login, .passwd, .logout, .enrol, .whoami: session(action)
        case .enlist, .disable, .enable, .amendPrincipal, .rebind, .reenlist, .leave,
            .principalList, .principalShow, .grant, .revoke:
            principal(action)
        case .create, .find, .read, .list, .amend, .history, .quarantine: file(action)
        case .keyStatus, .rotateStorage: key(action)
        case .auditEpoch, .auditRead, .auditExport, .auditCheckpoint, .auditVerify, .auditGrants:
            audit(action)
        }
    }

    private static func vault(_ action: Action) -> Message {
        switch action {
        case .vaultInit: Message("vault.init", chinese: "新建保险库")
        case .vaultStart: Message("vault.start", chinese: "启动")
        case .vaultStop: Message("vault.stop", chinese: "停止")
        case .vaultUnseal: Message("vault.unseal", chinese: "解封")
        case .vaultSeal: Message("vault.seal", chinese: "封存")
        case .vaultStatus: Message("vault.status", chinese: "查看状态")
        case .vaultFound: Message("vault.found", chinese: "签署创立")
        case .vaultHealth: Message("vault.health", chinese: "健康变化")
        default: Message("vault.refusals", chinese: "登录前的拒绝")
        }
    }

    private static func session(_ action: Action) -> Message {
        switch action {
        case .login: Message("session.login", chinese: "登录")
        case .passwd: Message("session.passwd", chinese: "更换密钥")
        case .logout: Message("session.logout", chinese: "退出登录")
        case .enrol: Message("session.enrol", chinese: "注册")
        default: Message("session.whoami", chinese: "查看本人登录")
        }
    }

    private static func principal(_ action: Action) -> Message {
        switch action {
        case .enlist: Message("principal.enlist", chinese: "登记人员")
        case .disable: Message("principal.disable", chinese: "停用人员")
        case .enable: Message("principal.enable", chinese: "恢复人员")
        case .amendPrincipal: Message("principal.amend", chinese: "更改人员姓名")
        case .rebind: Message("principal.rebind", chinese: "更换人员账户")
        case .reenlist: Message("principal.reenlist", chinese: "重新登记人员")
        case .leave: Message("principal.leave", chinese: "人员离任")
        case .principalList: Message("principal.list", chinese: "列出人员")
        case .principalShow: Message("principal.show", chinese: "查看人员")
        case .grant: Message("principal.grant", chinese: "授权")
        default: Message("principal.revoke", chinese: "收回授权")
        }
    }

    private static func file(_ action: Action) -> Message {
        switch action {
        case .create: Message("record.create", chinese: "新增记录")
        case .find: Message("record.find", chinese: "查找对象")
        case .read: Message("record.read", chinese: "读取记录")
        case .list: Message("record.list", chinese: "列出记录")
        case .amend: Message("record.amend", chinese: "修订记录")
        case .history: Message("record.history", chinese: "查看记录历史")
        default: Message("record.quarantine", chinese: "隔离记录")
        }
    }

    private static func key(_ action: Action) -> Message {
        switch action {
        case .keyStatus: Message("key.status", chinese: "查看密钥状态")
        default: Message("key.rotate-storage", chinese: "轮换存储密钥")
        }
    }

    private static func audit(_ action: Action) -> Message {
        switch action {
        case .auditEpoch: Message("audit.epoch", chinese: "新审计纪元")
        case .auditRead: Message("audit.read", chinese: "查看日志")
        case .auditExport: Message("audit.export", chinese: "导出日志")
        case .auditCheckpoint: Message("audit.checkpoint", chinese: "取检查点")
        case .auditVerify: Message("audit.verify", chinese: "核验日志")
        default: Message("audit.grants", chinese: "查看授权")
        }
    }
}
