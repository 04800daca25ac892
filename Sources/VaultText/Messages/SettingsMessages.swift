/// What the settings of the daemon are for, and what is wrong with a settings file.
package enum SettingsMessages {
    // The settings

    /// `data`.
    package static let data = Message(
        "The vault's directory, mode 0700, owned by the account of the service.",
        chinese: "保险库的目录，权限 0700，属于服务账户。")

    /// `socket`.
    package static let socket = Message(
        "Where clients connect: a socket in a directory that others cannot enter. With a socket unit of systemd, that unit's path counts instead.",
        chinese: "客户端连接的套接字，所在目录不得让他人进入。若使用 systemd 的套接字单元，则以该单元的路径为准。")

    /// `group`.
    package static let group = Message(
        "The group whose members may connect. Not set: the service's own group. With a socket unit of systemd, that unit's group counts instead.",
        chinese: "其成员可以连接的用户组。未设置时为服务自身的组。若使用 systemd 的套接字单元，则以该单元的组为准。")

    /// `language`.
    package static let language = Message(
        "The language of messages to the operator: en or zh. Not set: the locale's.",
        chinese: "给操作员的消息所用语言：en 或 zh。未设置时按区域设置。")

    /// `contact`.
    package static func contact(limit: Int) -> Message {
        Message(
            "Whom people ask when the vault is sealed, they are locked out or have lost their secret: a name, a room, a number, at most \(limit) bytes. Everybody who may connect can read it.",
            chinese: "保险库被封存、账户被锁定或密钥丢失时向谁求助：姓名、房间、电话，最多 \(limit) 字节。凡可连接者均可读到。")
    }

    /// `seal_key_file`.
    package static let sealKeyFile = Message(
        "A file with a seal secret, with which the daemon unseals the vault at its start: mode 0400, owned by the account of the service, which must be among those that may unseal (init --unseal-uid), and not in the data directory. Whoever holds this machine then holds the storage lock. A credential of systemd called seal (LoadCredential=) counts before it. Not set: a person unseals.",
        chinese:
            "含解封密钥的文件，守护进程启动时用它解封保险库：权限 0400，属于服务账户（该账户须为可解封者之一：init --unseal-uid），且不在数据目录中。如此，掌握本机者即掌握存储锁。名为 seal 的 systemd 凭据（LoadCredential=）优先于它。未设置时由人解封。"
    )

    /// `idle_minutes`.
    package static func idleMinutes(_ limit: Int) -> Message {
        Message(
            "Minutes without use after which a login of operators and auditors ends; 1 to \(limit).",
            chinese: "操作员和审计员的登录闲置多少分钟后结束；1 至 \(limit)。")
    }

    /// `care_idle_minutes`.
    package static func careIdleMinutes(_ limit: Int) -> Message {
        Message(
            "Minutes without use after which a login of care staff ends; 1 to \(limit), as long as a counselling conversation takes.",
            chinese: "关怀人员的登录闲置多少分钟后结束；1 至 \(limit)，约为一次咨询的时长。")
    }

    /// `session_hours`.
    package static func sessionHours(_ limit: Int) -> Message {
        Message(
            "Hours after which every login ends, used or not; 1 to \(limit).",
            chinese: "每次登录无论是否使用，多少小时后结束；1 至 \(limit)。")
    }

    /// At the head of an installed file.
    package static let fileHead = Message(
        "Settings of carevaultd. Keys that begin with // are remarks; null means not set; the command line wins. After a change: carevaultd settings checks the file, systemctl restart carevaultd makes it count (the vault is sealed by that).",
        chinese:
            "carevaultd 的设置。以 // 开头的键为说明；null 表示未设置；命令行优先。修改后：carevaultd settings 检查本文件，systemctl restart carevaultd 使其生效（保险库会因此封存）。"
    )

    // What is wrong

    /// Others can change the file.
    package static func writable(_ path: String, mode: UInt32) -> Diagnostic {
        .error(
            Message(
                "\(path) has mode \(mode: mode), so others can change the settings",
                chinese: "\(path) 的权限为 \(mode: mode)，他人可更改设置"),
            hints: Message(everywhere: "chmod go-w \(shell: path)"))
    }

    /// Somebody else owns the file.
    package static func foreign(_ path: String, owner: UInt32) -> Diagnostic {
        .error(
            Message(
                "\(path) belongs to uid \(owner), who could change the settings",
                chinese: "\(path) 属于 uid \(owner)，该账户可更改设置"),
            hints: Message(everywhere: "chown root: \(shell: path)"))
    }

    /// A key occurs twice.
    package static func duplicate(_ file: String, _ key: String, line: Int) -> Diagnostic {
        .error(
            Message(
                "\(file): \(key) occurs for the second time in line \(line)",
                chinese: "\(file)：第 \(line) 行重复出现 \(key)"),
            hints: Message("keep one of the two", chinese: "请只保留其中一个"))
    }

    /// Not JSON.
    package static func notJSON(_ file: String, line: Int, column: Int) -> Diagnostic {
        .error(
            Message(
                "\(file) is not JSON at line \(line), column \(column)",
                chinese: "\(file) 第 \(line) 行第 \(column) 列不是 JSON"),
            hints: Message(
                "texts stand in double quotes, a comma stands between two settings and none after the last",
                chinese: "文本用双引号括起，设置之间用逗号分隔，最后一项之后不加逗号"),
            template)
    }

    /// Too large, or not UTF-8.
    package static func notText(_ file: String) -> Diagnostic {
        .error(
            Message(
                "\(file) is not UTF-8 text of a usual size",
                chinese: "\(file) 不是大小正常的 UTF-8 文本"),
            hints: template)
    }

    /// Not one object.
    package static func notAnObject(_ file: String) -> Diagnostic {
        .error(
            Message(
                "\(file) must hold one JSON object, { … }",
                chinese: "\(file) 必须是一个 JSON 对象 { … }"),
            hints: template)
    }

    /// A remark of another type.
    package static func remark(_ file: String, _ key: String) -> Diagnostic {
        .error(
            Message(
                "\(file): \(key) is a remark and must be text in quotes",
                chinese: "\(file)：\(key) 是说明，必须是带引号的文本"),
            hints: template)
    }

    /// No such setting.
    package static func unknown(_ file: String, _ key: String, known: [String]) -> Diagnostic {
        .error(
            Message(
                "\(file): there is no setting \(key)", chinese: "\(file)：没有设置项 \(key)"),
            hints: Message(
                "the settings are \(known.joined(separator: ", ")); carevaultd settings explains them",
                chinese:
                    "设置项有 \(known.joined(separator: ", "))；carevaultd settings 有说明"))
    }

    /// A wrong value.
    package static func unsuitable(
        _ file: String, _ key: String, _ rule: Message
    ) -> Diagnostic {
        .error(
            Message("\(file): \(key) must be \(rule)", chinese: "\(file)：\(key) 应为：\(rule)"),
            hints: Message(
                "carevaultd settings explains it; null stands for not set",
                chinese: "carevaultd settings 有说明；null 表示未设置"))
    }

    /// What to do where a file has to be written anew.
    package static let template = Message(
        "carevaultd settings --template prints a whole file",
        chinese: "carevaultd settings --template 可打印完整文件")

    // What is right

    /// A path.
    package static func rulePath(_ bytes: Int) -> Message {
        Message(
            "a path that begins with /, in quotes, of at most \(bytes) bytes",
            chinese: "以 / 开头、带引号、最多 \(bytes) 字节的路径")
    }

    /// A group's name.
    package static func ruleName(_ bytes: Int) -> Message {
        Message(
            "the name of a group, in quotes, of at most \(bytes) bytes",
            chinese: "带引号、最多 \(bytes) 字节的用户组名")
    }

    /// A language.
    package static let ruleLanguage = Message(
        "\"en\" or \"zh\"", chinese: "\"en\" 或 \"zh\"")

    /// A line.
    package static func ruleLine(_ bytes: Int) -> Message {
        Message(
            "one line of text in quotes, of at most \(bytes) bytes, without control characters",
            chinese: "带引号、最多 \(bytes) 字节、不含控制字符的一行文本")
    }

    /// A number.
    package static func ruleNumber(_ range: ClosedRange<Int>) -> Message {
        Message(
            "a whole number from \(range.lowerBound) to \(range.upperBound), without quotes",
            chinese: "\(range.lowerBound) 至 \(range.upperBound) 的整数，不带引号")
    }

    // carevaultd settings

    /// The file that was read.
    package static func file(_ path: String) -> Message {
        Message("settings of \(path)", chinese: "设置文件 \(path)")
    }

    /// None was read.
    package static func noFile(_ path: String) -> Message {
        Message(
            "there is no settings file \(path); carevaultd settings --template prints one",
            chinese: "没有设置文件 \(path)；carevaultd settings --template 可打印一份")
    }

    /// The file is refused.
    package static let builtIn = Message(
        "the settings as they are built in", chinese: "内置的设置")

    /// In place of a value.
    package static let notSet = Message("not set", chinese: "未设置")
    /// From the file.
    package static let fromFile = Message("from the file", chinese: "来自文件")
    /// From the program.
    package static let standard = Message("built in", chinese: "内置值")
    /// From the command line.
    package static let fromCommandLine = Message("from the command line", chinese: "来自命令行")

    /// The line of a setting without a value.
    package static func unset(_ name: String) -> Message {
        Message("\(name): \(notSet)", chinese: "\(name)：\(notSet)")
    }

    /// The line of a setting.
    package static func line(_ name: String, _ value: Message, _ origin: Message) -> Message {
        Message("\(name): \(value) (\(origin))", chinese: "\(name)：\(value)（\(origin)）")
    }
}
