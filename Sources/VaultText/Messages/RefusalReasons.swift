/// Why something was refused or failed, for an auditor who looks at its entry: the code that stands
/// there, in words.
extension ClientAuditMessages {
    /// The reason for a code of the log, with the code; a code that has no words stands alone.
    package static func reason(_ code: String) -> Message {
        guard let words = reasons[code] else { return Message(verbatim: code) }
        return Message("\(words) (\(code))", chinese: "\(words)（\(code)）")
    }

    /// Codes of rules that deny, and of failures that are about a person.
    package static let reasons: [String: Message] = rules.merging(failures) { rule, _ in rule }

    private static let rules: [String: Message] = [
        "deny:not-a-request": Message(
            "nobody can ask for this; it happens to the vault", chinese: "这是保险库自身的事件，不可请求"),
        "deny:login-needed": Message("there was no login", chinese: "当时没有登录"),
        "deny:unknown-caller": Message("the account is not enlisted", chinese: "该账户未登记"),
        "deny:not-listed-for-unseal": Message(
            "the account is not on the list of those who may unseal", chinese: "该账户不在解封名单上"),
        "deny:already-enrolled": Message("they are enrolled already", chinese: "此人已注册"),
        "deny:not-enrolled": Message("they are enlisted but not enrolled", chinese: "此人已登记但未注册"),
        "deny:principal-disabled": Message(
            "their account is disabled, or another key was granted meanwhile",
            chinese: "其账户已停用，或其间已改授另一密钥"),
        "deny:principal-ended": Message("their grant had ended", chinese: "其授权已到期"),
        "deny:clock-behind": Message(
            "the clock stood before the time of the login", chinese: "时钟早于登录时间"),
        "deny:session-expired": Message(
            "the login had lasted as long as a login may", chinese: "登录已达最长时限"),
        "deny:session-idle": Message("the login was unused for too long", chinese: "登录闲置过久"),
        "deny:static-separation": Message(
            "they hold roles that exclude each other", chinese: "此人持有互斥的角色"),
        "deny:dynamic-separation": Message(
            "roles that exclude each other were active in the login", chinese: "登录中同时启用了互斥的角色"),
        "deny:role-missing": Message("none of their roles allows this", chinese: "其角色均不允许此操作"),
        "deny:role-not-active": Message(
            "a role of theirs allows this but was not active", chinese: "其某一角色允许此操作，但当时未启用"),
        "deny:role-revoked": Message(
            "the role that allowed this was taken back", chinese: "允许此操作的角色已被收回"),
        "deny:purpose-missing": Message("no purpose was stated", chinese: "未说明使用目的"),
        "deny:purpose-not-for-role": Message(
            "none of their roles may claim this purpose", chinese: "其角色均不得以此为目的"),
        "deny:compartment-not-held": Message(
            "their grant does not include the compartment", chinese: "其授权不含该分区"),
        "deny:self-grant": Message("nobody grants to themselves", chinese: "任何人不得为自己授权"),
        "deny:grant-separation": Message(
            "the person holds a role that excludes this one", chinese: "对方持有与此互斥的角色"),
    ]

    private static let failures: [String: Message] = [
        "code": Message("the one-time code was wrong or had lapsed", chinese: "一次性代码有误或已失效"),
        "code-out": Message(
            "a new one-time code was given to them, and not used yet", chinese: "已发新的一次性代码，尚未使用"),
        "fingerprint": Message(
            "the twelve words were not those of the stored key", chinese: "十二个词与所存密钥不符"),
        "is-disabled": Message("the account is disabled", chinese: "该账户已停用"),
        "keys-do-not-fit": Message(
            "the stored keys do not fit the granted ones", chinese: "所存密钥与所授密钥不符"),
        "last-of-role": Message("nobody else holds that role", chinese: "再无其他人担任该角色"),
        "last-unsealer": Message(
            "no other account may unseal the vault", chinese: "再无其他账户可解封保险库"),
        "login-again": Message(
            "the login lacked a key that was made since", chinese: "登录缺少其后生成的密钥"),
        "no-roles": Message("there was no grant to take back", chinese: "没有可收回的授权"),
        "not-enrolled": Message("the person was not enrolled", chinese: "该人员未注册"),
        "not-found": Message("there was no such thing", chinese: "该内容不存在"),
        "not-founded": Message("the vault was not founded yet", chinese: "保险库当时尚未创立"),
        "not-granted": Message("they held no grant", chinese: "此人没有授权"),
        "principal-unknown": Message("there was no such person", chinese: "没有该人员"),
        "quarantined": Message(
            "what is stored failed its integrity check", chinese: "所存内容未通过完整性检查"),
        "sealed": Message("the vault was sealed", chinese: "保险库当时已封存"),
        "statement-refused": Message(
            "the rules for statements refused it", chinese: "声明规则不允许"),
        "wrong-secret": Message("the secret was wrong", chinese: "密钥错误"),
    ]
}
