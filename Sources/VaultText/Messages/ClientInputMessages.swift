/// What the client says about what it was given.
package enum ClientInputMessages {
    /// The source that is no file.
    private static let terminal = "<terminal>"

    /// After a wrong command line.
    package static func usage(_ text: String, command: String, meant: String?) -> Diagnostic {
        let see = Message("see: \(command) --help", chinese: "请参阅：\(command) --help")
        return Diagnostic(
            severity: .error, message: ParserWords.message(text),
            hints: (meant.map { [HelpMessages.didYouMean($0)] } ?? []) + [see])
    }

    /// No such purpose.
    package static func unknownPurpose(_ typed: String, known: Message) -> Diagnostic {
        .error(
            Message("there is no purpose of use \(typed)", chinese: "没有使用目的 \(typed)"),
            hints: Message("use one of: \(known)", chinese: "请使用其一：\(known)"))
    }

    /// No such kind.
    package static func unknownKind(_ typed: String, known: Message) -> Diagnostic {
        .error(
            Message("there is no kind of record \(typed)", chinese: "没有记录类型 \(typed)"),
            hints: Message("use one of: \(known)", chinese: "请使用其一：\(known)"))
    }

    /// No such role.
    package static func unknownRole(_ typed: String, known: Message) -> Diagnostic {
        .error(
            Message("there is no role \(typed)", chinese: "没有角色 \(typed)"),
            hints: Message("use one of: \(known)", chinese: "请使用其一：\(known)"))
    }

    /// No such compartment.
    package static func unknownCompartment(_ typed: String, known: Message) -> Diagnostic {
        .error(
            Message("there is no compartment \(typed)", chinese: "没有分区 \(typed)"),
            hints: Message("use one of: \(known)", chinese: "请使用其一：\(known)"))
    }

    /// Names and numbers of clients on the command line.
    package static let clientDataAsArgument = Diagnostic.error(
        Message(
            "what you search for must not stand on the command line, where every user can see it",
            chinese: "检索内容不得写在命令行中，其他用户可以看到"),
        hints: Message(
            "leave it away and type it when asked, or use --from FILE",
            chinese: "请省略，在询问时输入，或使用 --from FILE"))

    /// An identifier with a typing error.
    package static func malformedIdentifier(_ typed: String) -> Diagnostic {
        .error(
            Message(
                "\(typed) is no identifier; look for a typing error",
                chinese: "\(typed) 不是标识符；请检查是否输入有误"))
    }

    /// A number out of its range.
    package static func outOfRange(_ option: String, _ low: Int64, _ high: Int64) -> Diagnostic {
        .error(
            Message(
                "\(option) takes a number from \(low) to \(high)",
                chinese: "\(option) 须为 \(low) 到 \(high) 的数"))
    }

    /// Options that exclude each other.
    package static func excludes(_ one: String, _ other: String) -> Diagnostic {
        .error(
            Message("\(one) and \(other) exclude each other", chinese: "\(one) 与 \(other) 不能同时使用"),
            hints: Message("leave one of them out", chinese: "请去掉其中一个"))
    }

    /// Standard input can be read once.
    package static let standardInputTwice = Diagnostic.error(
        Message(
            "only one input can come from standard input", chinese: "只有一项可以来自标准输入"),
        hints: Message("name a file for the other", chinese: "另一项请指定文件"))

    /// Not a date.
    package static func notADate(_ option: String) -> Diagnostic {
        .error(
            Message(
                "\(option) takes a date such as 2027-12-31", chinese: "\(option) 须为日期，例如 2027-12-31"
            ))
    }

    /// An option is missing.
    package static func missing(_ option: String) -> Diagnostic {
        .error(Message("\(option) is missing", chinese: "缺少 \(option)"))
    }

    /// A record with problems; each is a hint.
    package static let wrongRecord = Message("the record is not as it must be", chinese: "记录不符合要求")

    /// JSON that cannot be read.
    package static func notJSON(at offset: Int?) -> Diagnostic {
        guard let offset else {
            return .error(
                Message("the record is not acceptable JSON", chinese: "记录不是可接受的 JSON"))
        }
        return .error(
            Message(
                "the record is not acceptable JSON at byte \(offset)",
                chinese: "记录在第 \(offset) 字节处不是可接受的 JSON"))
    }

    /// JSON, but no object.
    package static let notAnObject = Diagnostic.error(
        Message("the record is not a JSON object", chinese: "记录不是 JSON 对象"))

    /// Nothing was given.
    package static func empty(_ source: String) -> Diagnostic {
        .error(
            source == terminal
                ? Message("nothing was typed", chinese: "没有输入任何内容")
                : Message("there is nothing in \(source)", chinese: "\(source) 中没有内容"))
    }

    /// Not text.
    package static func notText(_ source: String) -> Diagnostic {
        .error(
            source == terminal
                ? Message("what was typed is not UTF-8 text", chinese: "输入的内容不是 UTF-8 文本")
                : Message("\(source) is not UTF-8 text", chinese: "\(source) 不是 UTF-8 文本"))
    }

    /// The wrong number of words.
    package static func wordCount(expected: Int, found: Int) -> Diagnostic {
        .error(
            Message(
                "there are \(expected) words, \(found) were given",
                chinese: "应有 \(expected) 个词，给出了 \(found) 个"))
    }

    /// A word that is not of the list; itself only where it is no secret.
    package static func unknownWord(_ place: Int, _ typed: String?) -> Diagnostic {
        let hint = Message(
            "four letters of each word are enough; look for a typing error",
            chinese: "每个词输入前四个字母即可；请检查是否输入有误")
        guard let typed else {
            return .error(
                Message("word \(place) is not one of the list", chinese: "第 \(place) 个词不在词表中"),
                hints: hint)
        }
        return .error(
            Message(
                "word \(place) is mistyped, \(typed) is not one of the list",
                chinese: "第 \(place) 个词输入有误，词表中没有 \(typed)"),
            hints: hint)
    }

    /// Not a key file.
    package static func notAKeyFile(_ source: String) -> Diagnostic {
        .error(
            Message(
                "\(source) is not a CareVault key file", chinese: "\(source) 不是 CareVault 密钥文件"),
            hints: Message(
                "its first line is CAREVAULT-SECRET-KEY-1",
                chinese: "其首行应为 CAREVAULT-SECRET-KEY-1"))
    }

    /// Not a checkpoint.
    package static func notACheckpoint(_ source: String) -> Diagnostic {
        .error(
            Message("\(source) is not a checkpoint of a log", chinese: "\(source) 不是日志检查点"),
            hints: Message(
                "carevault audit checkpoint --out FILE writes one",
                chinese: "carevault audit checkpoint --out FILE 可生成"))
    }

    /// An evidence file in place of a checkpoint.
    package static func evidenceAsCheckpoint(_ source: String) -> Diagnostic {
        .error(
            Message(
                "\(source) is not a checkpoint of a log: it is an evidence file",
                chinese: "\(source) 不是日志检查点，而是证据文件"),
            hints: Message(
                "carevault audit checkpoint --out FILE writes a checkpoint",
                chinese: "carevault audit checkpoint --out FILE 可生成检查点"))
    }

    /// No such principal.
    package static func unknownPrincipal(_ typed: String) -> Diagnostic {
        .error(
            Message("there is no principal \(typed)", chinese: "没有人员 \(typed)"),
            hints: Message(
                "carevault principal list shows them", chinese: "carevault principal list 可列出"))
    }

    /// Several principals.
    package static func ambiguousPrincipal(_ typed: String) -> Diagnostic {
        .error(
            Message(
                "several principals begin with \(typed)", chinese: "有多个人员以 \(typed) 开头"),
            hints: Message("type more of the identifier", chinese: "请输入更多字符"))
    }

    /// The founding lacks somebody.
    package static func founderMissing(_ role: String) -> Diagnostic {
        .error(
            Message("the first \(role) has not enrolled yet", chinese: "首任 \(role) 尚未注册"),
            hints: Message(
                "they do it with: carevault enrol --as \(role)",
                chinese: "请其执行：carevault enrol --as \(role)"))
    }

    /// The operator does not sign.
    package static let notAFounder = Diagnostic.error(
        Message(
            "the founding is signed by the first custodian and the first auditor, not by the operator",
            chinese: "创立由首任档案主管和首任审计员签署，操作员不签署"))

    /// A signature that does not verify.
    package static func badSignature(_ source: String) -> Diagnostic {
        .error(
            Message(
                "the signature of \(source) does not verify", chinese: "\(source) 的签名无效"),
            hints: Message(
                "do not trust this log; keep the file as evidence",
                chinese: "请勿信任此日志；请保留该文件作为证据"))
    }

    /// The log lost entries.
    package static func shrunk(seen: UInt64, found: UInt64) -> Diagnostic {
        .error(
            Message(
                "the log has \(found) entries, but \(seen) were seen before: entries are gone",
                chinese: "日志有 \(found) 条，但此前见过 \(seen) 条：条目已丢失"),
            hints: Message(
                "report this; an accepted rollback is written in the log itself",
                chinese: "请报告；经批准的回滚会记录在日志中"))
    }

    /// The log was rewritten.
    package static func forked(size: UInt64) -> Diagnostic {
        .error(
            Message(
                "the first \(size) entries of the log are not those seen before: it was rewritten",
                chinese: "日志的前 \(size) 条与此前所见不同：日志被改写"),
            hints: Message(
                "report this, and keep both checkpoints as evidence",
                chinese: "请报告，并保留两份检查点作为证据"))
    }

    /// Another log.
    package static func otherLog(_ source: String) -> Diagnostic {
        .error(
            Message(
                "\(source) belongs to another log", chinese: "\(source) 属于另一个日志"))
    }

    /// A person must type the secret, and there is no terminal.
    package static let noTerminalForSecret = Diagnostic.error(
        Message("there is no terminal to ask for the secret at", chinese: "没有可询问密钥的终端"),
        hints: Message(
            "run this in a terminal, or use --key-file FILE or --secret-fd NUMBER",
            chinese: "请在终端中运行，或使用 --key-file FILE 或 --secret-fd NUMBER"))

    /// Words are shown at a terminal only.
    package static let noTerminalForWords = Diagnostic.error(
        Message("there is no terminal to show the new words at", chinese: "没有可显示新密钥词的终端"),
        hints: Message(
            "run this in a terminal, or use --new-key-file FILE",
            chinese: "请在终端中运行，或使用 --new-key-file FILE"))
}
