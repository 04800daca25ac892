/// What `login`, `logout`, `whoami`, `enrol` and `found` say.
package enum ClientSessionMessages {
    package static let name = Message("name", chinese: "姓名")
    package static let principal = Message("principal", chinese: "人员标识")
    package static let uid = Message(everywhere: "uid")
    package static let roles = Message("roles", chinese: "角色")
    package static let compartments = Message("compartments", chinese: "分区")
    package static let purpose = Message("purpose", chinese: "使用目的")
    package static let fingerprint = Message("fingerprint", chinese: "指纹")
    package static let idle = Message("ends when idle", chinese: "空闲后结束")
    package static let ends = Message("ends at the latest", chinese: "最迟结束")

    /// Asks for the own secret.
    package static let loginPrompt = Message("your secret (eight words)", chinese: "您的密钥（八个词）")
    /// The same, where no option can name a key file.
    package static let secretPrompt = Message(
        "your secret (eight words, or the path of your key file)",
        chinese: "您的密钥（八个词，或密钥文件的路径）")

    /// After logging in.
    package static func loggedIn(
        _ name: String, roles: [String], idle: UInt64, until: UInt64, now: UInt64
    ) -> Message {
        let roles = roles.isEmpty ? noRoles : TitleMessages.roles(roles)
        let unused = TimeText.relative(microseconds: idle, now: now)
        let latest = TimeText.relative(microseconds: until, now: now)
        return Message(
            "logged in as \(name) (\(roles)); ends \(unused) if unused, \(latest) at the latest",
            chinese: "已登录：\(name)（\(roles)）；闲置则 \(unused)结束，最迟 \(latest)结束")
    }

    /// No role yet.
    package static let noRoles = Message("no roles yet", chinese: "尚无角色")
    /// After logging out.
    package static let loggedOut = Message("logged out", chinese: "已退出登录")
    /// There was no login.
    package static let wasLoggedOut = Message("you were not logged in", chinese: "您并未登录")

    /// Asks for the one-time code.
    package static let codePrompt = Message("one-time code", chinese: "一次性代码")
    /// Asks for the vault's words.
    package static let vaultWordsPrompt = Message(
        "the twelve words of the vault fingerprint, from the signed page",
        chinese: "签字页上的保险库指纹（十二个词）")
    /// Over the new secret.
    package static let newSecret = Message(
        "this is your secret; whoever has it can be you", chinese: "这是您的密钥；持有者即可冒充您")

    /// After enrolling.
    package static func enrolled(_ name: String) -> Message {
        Message(
            "\(name) is enrolled; read these twelve words out to whoever grants you access:",
            chinese: "\(name) 已注册；请将以下十二个词读给授权人：")
    }

    /// Where the key file is.
    package static func keyFileWritten(_ path: String) -> Message {
        Message(
            "your key file is \(path); keep it, and a copy, where only you can read it",
            chinese: "您的密钥文件为 \(path)；请将其及副本保存在仅您可读之处")
    }

    /// Enrolled, but nobody can log in with a key file that is gone.
    package static let operatorParty = Message("operator", chinese: "操作员")
    package static let custodianParty = Message("custodian", chinese: "档案主管")
    package static let auditorParty = Message("auditor", chinese: "审计员")
    package static let statement = Message("statement", chinese: "声明")
    package static let draft = Message("draft", chinese: "草案")
    package static let policy = Message("access policy", chinese: "访问策略")
    package static let signed = Message("signed", chinese: "已签署")

    /// Over the draft.
    package static let foundingDraft = Message(
        "the founding, as it would be signed now:", chinese: "当前待签署的创立声明：")
    /// Before the own words.
    package static let ownWords = Message(
        "your twelve words, to be read out to the other signer:", chinese: "您的十二个词，请读给另一签署人：")

    /// Asks for the other's words.
    package static func otherWordsPrompt(_ role: Message) -> Message {
        Message(
            "the twelve words of the \(role), as read out in person",
            chinese: "\(role)当面读出的十二个词")
    }

    /// After the first signature.
    package static let halfSigned = Message(
        "signed; the founding stands when the other has signed too",
        chinese: "已签署；另一方签署后创立生效")
    /// After the second one.
    package static let founded = Message(
        "the vault is founded; print these words on a page and have it signed in ink:",
        chinese: "保险库已创立；请将以下词打印成页并签字：")
}
