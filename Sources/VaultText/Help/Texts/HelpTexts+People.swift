extension HelpTexts {
    /// Principals and what they may do.
    static let people: KeyValuePairs<String, String> = [
        "The people and services who may log in.": "可以登录的人员和服务。",
        "Enlist a member of staff; gives a one-time code to hand over. Operator.":
            "登记一名工作人员；给出要转交的一次性代码。操作员使用。",
        "Name, unique in the vault.": "名称，在保险库中唯一。",
        "Account of the person: a user name or a uid.": "此人的账户：用户名或 uid。",
        "Write the one-time code to a new file (mode 0600) instead of showing it.":
            "将一次性代码写入新文件（权限 0600），而不显示。",
        "List every principal with roles and state.": "列出每名人员及其角色和状态。",
        "Bar a principal and end their logins at once. Operator.": "立即停用人员并结束其登录。操作员使用。",
        "Give a principal a new one-time code; their key and grants end. Operator.":
            "给人员新的一次性代码（重新登记）；其密钥和授权随即失效。操作员使用。",
        "Sign the founding of the vault. First custodian and first auditor, once each.":
            "签署保险库的创立。首任档案主管和首任审计员各签一次。",
        "Read the other signer's twelve words from a file, - for standard input.":
            "从文件读取另一位签署人的十二个词，- 表示标准输入。",
        "Give a principal roles. Custodian for care roles, auditor for the others.":
            "给人员授权角色。照护角色由档案主管授权，其余由审计员授权。",
        "Role; may be given several times.": "角色；可以多次给出。",
        "Compartment (default: those that the roles work in); may be given several times.":
            "分区（默认：角色所工作的分区）；可以多次给出。",
        "Organisational unit.": "所在单位。",
        "Employer, if not the vault's own.": "雇主，若不同于保险库所属单位。",
        "Last day of the grant, such as 2027-12-31 (UTC).": "授权的最后一天，例如 2027-12-31（UTC）。",
        "Read the person's twelve words from a file, - for standard input.":
            "从文件读取此人的十二个词，- 表示标准输入。",
        "Take every grant of a principal back.": "收回人员的全部授权。",
        "Show one principal with the statements about them and who signed these.":
            "显示一名人员，连同与其有关的声明及签署人。",
        "Give a disabled account back; rights must be granted again. Operator.":
            "恢复已停用的账户；权限须重新授权。操作员使用。",
        "Give a principal another name. Operator.": "给人员更改名称。操作员使用。",
        "The new name, unique in the vault.": "新名称，在保险库中唯一。",
        "Bind a principal to another account of the machine; ends their logins. Operator.":
            "将人员绑定到本机的另一个账户；其登录随即结束。操作员使用。",
        "New account of the person: a user name or a uid.": "此人的新账户：用户名或 uid。",
        "Disable somebody who leaves and list what remains to do, and for whom. Operator.":
            "停用离职人员，并列出余下的事项和由谁办理。操作员使用。",
        "A service, not a person: tells how it enrols with a key file.": "是服务而非个人：说明它如何用密钥文件注册。",
        "Replace your secret by a new one; your keys and grants stay.": "更换自己的密钥；您的钥匙和授权保持不变。",
    ]
}
