/// What the client says when a secret or a code opens nothing: what was asked for decides what helps.
package enum WrongSecretMessages {
    private static let message = Message(
        "that secret opens nothing for your account", chinese: "该密钥不能为您的账户打开任何内容")
    private static let check = Message(
        "check the words, the name (--login NAME) and your account: id -u",
        chinese: "请检查密钥词、名称（--login NAME）和账户：id -u")

    /// Somebody's own secret.
    package static let own = Diagnostic.error(
        message, hints: check,
        Message(
            "if it is lost: an operator re-enlists you, then a custodian or an auditor grants again",
            chinese: "若已遗失：由操作员重新登记，再由档案主管或审计员重新授权"))

    /// The secret of a slot.
    package static let unseal = Diagnostic.error(
        message,
        hints: Message(
            "check the words: it is the unseal secret, not your own",
            chinese: "请检查密钥词：此处须用解封密钥，而不是您自己的密钥"),
        Message(
            "if it is lost, another slot's secret opens the vault",
            chinese: "若已遗失，可用另一密钥槽的密钥解封"))

    /// An account that may not unseal, whatever secret it has.
    package static func mayNotUnseal(uid: UInt32) -> Diagnostic {
        .error(
            Message(
                "your account (uid \(uid)) may not unseal this vault",
                chinese: "您的账户（uid \(uid)）无权解封本保险库"),
            hints: Message(
                "unseal from an account that may: whoever made the vault named them; once it is open, carevault key status shows them to an operator",
                chinese: "请用有权解封的账户：建库时已指定；解封后操作员可用 carevault key status 查看"))
    }

    /// A one-time code.
    package static let code = Diagnostic.error(
        Message("that code opens nothing for your account", chinese: "该代码不能用于您的账户"),
        hints: Message(
            "check the code, the name (--login NAME) and your account: id -u",
            chinese: "请检查代码、名称（--login NAME）和账户：id -u"),
        Message(
            "if it is lost, used or has lapsed, an operator gives another: carevault principal reenlist NAME",
            chinese: "若已遗失、用过或失效，由操作员另发：carevault principal reenlist NAME"))
}
