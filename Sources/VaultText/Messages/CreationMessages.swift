/// What `carevaultd init` says.
package enum CreationMessages {
    /// Above the words of the seal secret.
    package static let sealSecret = Message(
        "the seal secret: it opens the storage lock after each start; it opens nobody's files",
        chinese: "解封密钥：每次启动后用它解开存储锁；它不能打开任何人的档案")

    /// Above the words of the operator's secret.
    package static let operatorSecret = Message(
        "the first operator's own secret: for login", chinese: "首任操作员本人的密钥：用于登录")

    /// Above the report.
    package static func made(_ path: String) -> Message {
        Message("a new vault is in \(path)", chinese: "新的保险库已创建于 \(path)")
    }

    /// The report's labels.
    package static let vault = Message("vault", chinese: "保险库")
    /// The key that verifies the audit log.
    package static let verifierKey = Message("log verifier key", chinese: "日志验证公钥")
    /// The operator's own words.
    package static let fingerprint = Message(
        "the operator's fingerprint, in words", chinese: "操作员指纹（词）")
    /// What to do with the fingerprint.
    package static let compare = Message(
        "custodian and auditor compare these words before they found the vault",
        chinese: "创立保险库之前，档案主管和审计员须核对这些词")

    /// Label of the next step.
    package static let next = Message("next", chinese: "下一步")

    /// The next step.
    package static func nextStep(_ path: String) -> Message {
        Message(
            "carevaultd run --data \(shell: path) --socket PATH --group NAME, then carevault unseal",
            chinese:
                "carevaultd run --data \(shell: path) --socket 路径 --group 组名，然后 carevault unseal")
    }

    /// The next step of an installed service.
    package static let nextStepOfService = Message(
        "systemctl start carevaultd, then carevault unseal",
        chinese: "systemctl start carevaultd，然后 carevault unseal")

    /// Where a secret was written.
    package static func written(_ path: String) -> Message {
        Message("written to \(path)", chinese: "已写入 \(path)")
    }

    /// Label of the file with the seal secret.
    package static let sealKeyFile = Message("seal key file", chinese: "解封密钥文件")
    /// Label of the file with the operator's secret.
    package static let operatorKeyFile = Message("operator key file", chinese: "操作员密钥文件")
}
