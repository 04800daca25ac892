extension HelpTexts {
    /// What every command takes, and the programs themselves.
    static let common: KeyValuePairs<String, String> = [
        "Talks to carevaultd, which keeps the files of people in trouble encrypted.":
            "与 carevaultd 通信；它以加密方式保管困难人员的档案。",
        """
        Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or denied, 4 sealed, 5 login \
        needed, 6 unavailable; verify: 10 invalid, 11 incomplete, 12 valid without an outside \
        pin. Secrets and client data are never arguments. carevault --version shows the \
        version.
        """:
            """
        退出码：0 完成，1 失败，2 用法错误，3 不存在或被拒绝，4 已封存，5 需要登录，6 不可用；verify：10 无效，11 不完整，12 有效但没有外部留证\
        。密钥和当事人数据绝不作为命令行参数。carevault --version 显示版本。
        """,
        "Everyone": "所有人的",
        "Care staff": "照护人员的",
        "Operators": "操作员的",
        "Custodians and auditors": "档案主管和审计员的",
        "Show help information.": "显示帮助。",
        "Show the version.": "显示版本。",
        "Print the version.": "显示版本。",
        "Socket of the daemon (default: $CAREVAULT_SOCKET, else /run/carevault/vault.sock).":
            "守护进程的套接字（默认：$CAREVAULT_SOCKET，否则为 /run/carevault/vault.sock）。",
        "Name of the principal, for an account that has several logins.": "人员的名称；用于有多个登录的账户。",
        "Answer in JSON, for programs.": "以 JSON 回答，供程序使用。",
        "Language: en or zh (default: from the locale).": "语言：en 或 zh（默认：取自区域设置）。",
        "Purpose of use: treatment, care-management, eligibility, payment … or its HL7 code.":
            "使用目的：treatment、care-management、eligibility、payment……或其 HL7 代码。",
        "Key file instead of words; yours, mode 0400 or 0600.": "用密钥文件代替密钥词；须属于您，权限为 0400 或 0600。",
        "Open descriptor to read the words or the key file from.": "从这个已打开的描述符读取密钥词或密钥文件。",
        "Read it from a file, - for standard input.": "从文件读取，- 表示标准输入。",
        "Read `field: value` lines or JSON from a file, - for standard input.":
            "从文件读取“字段: 值”形式的行或 JSON，- 表示标准输入。",
        "Identifier of the subject; subject find shows it.": "对象的标识符；subject find 会显示。",
        "Identifier of the record; record list shows it.": "记录的标识符；record list 会显示。",
        "Name, identifier, or a beginning of it that is unique.": "名称、标识符，或其唯一的开头部分。",
    ]
}
