/// What is wrong with a request about people or files, by the stable codes of the daemon: the rule that it
/// breaks.
package enum RequestProblemMessages {
    /// The rule of a code, to follow the name of what it is about; nil for a code that is not known here.
    package static func rule(_ code: String) -> Message? { statements[code] ?? requests[code] }

    /// Rules of the statement chain.
    package static let statements: [String: Message] = [
        "plain-text": Message(
            "names, units and employers have 1 to 128 bytes, no control characters, no outer spaces",
            chinese: "名称、单位和雇主须为 1 至 128 字节，不含控制字符，首尾无空格"),
        "origin-of-vault": Message(
            "the log's origin begins with the vault id",
            chinese: "日志来源须以保险库标识开头"),
        "new-principal": Message(
            "the principal id is not in use",
            chinese: "人员标识须未被使用"),
        "known-principal": Message(
            "the principal is enlisted",
            chinese: "人员须已登记"),
        "free-name": Message(
            "the name is not in use",
            chinese: "名称须未被使用"),
        "free-uid": Message(
            "the uid is not in use by another enabled principal",
            chinese: "uid 须未被其他启用的人员使用"),
        "is-enabled": Message(
            "the principal is not disabled",
            chinese: "人员须未停用"),
        "is-disabled": Message(
            "the principal is disabled",
            chinese: "人员须已停用"),
        "changes-something": Message(
            "the name or uid is another one than before",
            chinese: "名称或 uid 须与之前不同"),
        "holds-grant": Message(
            "the principal holds a grant of this group",
            chinese: "人员须持有该组的授权"),
        "valid-keys": Message(
            "both public keys are valid",
            chinese: "两个公钥须有效"),
        "fresh-keys": Message(
            "the keys serve one principal and one group and were not ended by a re-enlist",
            chinese: "密钥须仅属一人一组，且未因重新登记而终止"),
        "same-keys": Message(
            "a principal with a grant keeps their keys; re-enlist them first",
            chinese: "持有授权者沿用其密钥；请先重新登记"),
        "separation": Message(
            "operator, auditor and care roles exclude each other; revoke first",
            chinese: "操作员、审计员与照护角色互斥；请先收回原有授权"),
        "care-roles": Message(
            "a custodian grants one or more care roles",
            chinese: "档案主管须授予一个或多个照护角色"),
        "auditors-role": Message(
            "an auditor grants exactly one role: auditor, operator or a service",
            chinese: "审计员每次只授予一个角色：审计员、操作员或某个服务"),
        "known-compartments": Message(
            "one or more compartments that the chain knows",
            chinese: "须为一个或多个已知的分区"),
        "custodian-holds-all": Message(
            "a custodian holds every compartment",
            chinese: "档案主管须持有所有分区"),
        "ends-later": Message(
            "a grant ends after it begins",
            chinese: "授权的到期时间须晚于开始时间"),
        "last-operator": Message(
            "the vault keeps an operator; grant another one first",
            chinese: "保险库须保留一名操作员；请先授予他人"),
        "init-operator": Message(
            "a founding names the operator of the init, who is enabled",
            chinese: "创立声明须写明建库时的操作员，且其未停用"),
        "init-log-key": Message(
            "a founding names the log's verifier key of the init",
            chinese: "创立声明须写明建库时的日志验证公钥"),
        "has-registry": Message(
            "the compartments include the registry",
            chinese: "分区须包括 registry"),
        "two-people": Message(
            "custodian, auditor and operator are three principals with their own keys",
            chinese: "档案主管、审计员和操作员须为三人，各有自己的密钥"),
        "next-epoch": Message(
            "storage epochs follow each other without gaps",
            chinese: "存储纪元须依次相接"),
        "one-rotation": Message(
            "the rotation before must be complete",
            chinese: "须先完成上一次轮换"),
        "previous-epoch": Message(
            "the epoch is the one that the rotation replaces",
            chinese: "须为轮换所替换的纪元"),
    ]

    /// Rules of requests.
    package static let requests: [String: Message] = [
        "one-group": Message(
            "one or more roles of one group",
            chinese: "须为同一组的一个或多个角色"),
        "service-key-file": Message(
            "a service logs in with a key file; re-enlist it and enrol it with one",
            chinese: "服务以密钥文件登录；请重新登记，并用密钥文件注册"),
        "too-many-versions": Message(
            "has too many versions; start a new one",
            chinese: "版本过多；请新建一份"),
        "nothing-to-search": Message(
            "nothing to search for",
            chinese: "没有可供查找的内容"),
    ]
}
