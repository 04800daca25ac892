/// What `carevault watch` says.
package enum ClientWatchMessages {
    /// The colour, by its name on the wire.
    package static func colour(_ name: String) -> Message { ClientStatusMessages.colour(name) }

    /// The storage lock, by its code on the wire.
    package static func state(_ code: String) -> Message {
        switch code {
        case "sealed": Message("the vault is sealed", chinese: "保险库已封存")
        case "unsealed": Message("the vault is unsealed", chinese: "保险库已解封")
        case "stopping": Message("the daemon stops", chinese: "守护进程正在停止")
        default: Message(verbatim: code)
        }
    }

    /// A finding that is gone.
    package static let cleared = Message("this is over", chinese: "已恢复")
    /// Nothing but a sign of life.
    package static let alive = Message("the daemon is alive", chinese: "守护进程运行正常")

    /// What was so before.
    package static func present(_ sentence: Message) -> Message {
        Message("(present) \(sentence)", chinese: "（现状）\(sentence)")
    }

    /// Notices that were not read in time.
    package static func dropped(_ count: Int64) -> Message {
        .plural(
            count, one: "1 notice was dropped because it was not read in time",
            other: "\(count) notices were dropped because they were not read in time",
            chinese: "有 \(count) 条通知因未及时读取而丢弃")
    }

    /// What people do, by its code on the wire.
    package static func people(_ code: String, count: Int64) -> Message {
        switch code {
        case "login.locked":
            Message(
                "an account gave too many wrong secrets and has to wait",
                chinese: "某账户多次提供错误密钥，须等待")
        case "login.refused":
            .plural(
                count, one: "1 call of an account was refused before a login",
                other: "\(count) calls of an account were refused before a login",
                chinese: "某账户在登录前有 \(count) 次请求被拒绝")
        case "login.over":
            Message(
                "the login of this watch is over; of people nothing more is told",
                chinese: "本次监视的登录已结束；不再通知人员相关事项")
        case "vault.found": Message("the founding is signed", chinese: "创立已签署")
        case "principal.enlist": Message("a person was enlisted", chinese: "登记了一名人员")
        case "principal.disable": Message("a person was disabled", chinese: "停用了一名人员")
        case "principal.reenlist":
            Message("a person was enlisted anew", chinese: "重新登记了一名人员")
        case "principal.grant": Message("a right was granted", chinese: "授予了一项权限")
        case "principal.revoke": Message("a right was revoked", chinese: "撤销了一项权限")
        case "key.rotate-storage":
            Message("a rotation of the storage key moved on", chinese: "存储密钥轮换有进展")
        default: Message("an act took effect", chinese: "一项操作已生效")
        }
    }

    /// The daemon, as the client sees it.
    package static func connection(_ code: String) -> Message {
        switch code {
        case "connection.back":
            Message("the daemon is back", chinese: "守护进程已恢复")
        default:
            Message(
                "the daemon went away; trying to find it again", chinese: "守护进程已中断；正在重新连接")
        }
    }
}
