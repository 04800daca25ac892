/// What `carevaultd init` asks at a terminal for what the command line did not say.
package enum CreationQuestions {
    /// Before the first question.
    package static let head = Message(
        "a new vault needs a place, a first operator, and accounts that may unseal it; an empty answer takes what stands in brackets",
        chinese: "新保险库需要存放位置、首任操作员以及可解封的账户；直接回车即采用括号中的值")

    /// The directory.
    package static func data(_ standard: String) -> Message {
        Message("directory of the vault [\(standard)]", chinese: "保险库目录 [\(standard)]")
    }

    /// The operator's name.
    package static let operatorName = Message(
        "name of the first operator", chinese: "首任操作员姓名")

    /// The operator's account.
    package static func operatorAccount(_ standard: String) -> Message {
        Message(
            "account of the first operator, by name or number [\(standard)]",
            chinese: "首任操作员的账户（名称或编号）[\(standard)]")
    }

    /// The accounts that may unseal.
    package static func unsealAccounts(_ standard: String) -> Message {
        Message(
            "accounts that may unseal, with blanks between them [\(standard)]",
            chinese: "可解封的账户，以空格分隔 [\(standard)]")
    }

    /// The account that gets the files.
    package static func owner(_ standard: String) -> Message {
        Message(
            "account of the service, which gets the files [\(standard)]",
            chinese: "服务账户（文件归其所有）[\(standard)]")
    }

    /// Whether to go on.
    package static let confirm = Message("make this vault?", chinese: "创建此保险库？")

    // Labels of the summary

    /// The directory.
    package static let labelData = Message("directory", chinese: "目录")
    /// The operator.
    package static let labelOperator = Message("first operator", chinese: "首任操作员")
    /// Who may unseal.
    package static let labelUnseal = Message("may unseal", chinese: "可解封")
    /// Who gets the files.
    package static let labelOwner = Message("files belong to", chinese: "文件属于")

    /// A name and its account.
    package static func person(_ name: String, _ account: String) -> Message {
        Message("\(name), account \(account)", chinese: "\(name)，账户 \(account)")
    }

    /// An account with its number.
    package static func account(_ name: String, _ user: UInt32) -> Message {
        Message("\(name) (uid \(user))", chinese: "\(name)（uid \(user)）")
    }

    // What is wrong

    /// The name is not acceptable.
    package static let badName = Message(
        "an operator's name has 1 to 128 bytes, no control characters and no blanks around it",
        chinese: "操作员姓名须为 1 至 128 字节，不含控制字符，首尾无空格")

    /// The path is not acceptable.
    package static let badPath = Message(
        "a directory begins with /", chinese: "目录须以 / 开头")

    /// No such account.
    package static func noAccount(_ name: String) -> Message {
        Message(
            "there is no account \(name) on this machine", chinese: "本机没有账户 \(name)")
    }

    /// The name was refused on the command line.
    package static let nameRefused = Diagnostic.error(
        badName, hints: Message("give it with --operator", chinese: "请用 --operator 指定"))

    /// Nobody is there to be asked.
    package static let unsaid = Diagnostic.error(
        Message(
            "there is no terminal to ask at, so --data and --operator have to be given",
            chinese: "没有可询问的终端，因此必须指定 --data 和 --operator"),
        hints: Message(
            "carevaultd help init says how it is called", chinese: "carevaultd help init 说明用法"))

    /// The person said no.
    package static let declined = Diagnostic.error(
        Message("nothing was made", chinese: "未创建任何内容"))

    /// A key file in the directory of the vault.
    package static func keyInsideData(_ file: String) -> Diagnostic {
        .error(
            Message(
                "\(file) would lie in the directory of the vault: whoever has the disk would have the key to it",
                chinese: "\(file) 位于保险库目录内：拿到磁盘的人也就拿到了密钥"),
            hints: Message(
                "give a file elsewhere, on another disk", chinese: "请指定别处的文件，最好在另一块磁盘上"))
    }

    /// Only root can hand files over.
    package static let ownerNeedsRoot = Diagnostic.error(
        Message(
            "only root can hand the files to another account",
            chinese: "只有 root 才能将文件交给其他账户"),
        hints: Message(
            "run this with sudo, or without --owner", chinese: "请用 sudo 运行，或不使用 --owner"))
}
