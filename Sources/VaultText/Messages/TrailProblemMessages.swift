extension VerifyMessages {
    /// What a problem of a trail means, by its code; a code of a later version stands for itself.
    package static func sentence(_ code: String) -> Message {
        sentences[code] ?? Message(verbatim: code)
    }

    private static let sentences: [String: Message] = [
        "form.line": Message(
            "a line is not one of an evidence file, or was changed", chinese: "有一行不是证据文件的内容，或已被改动"),
        "form.order": Message(
            "a line is missing, repeated or out of order", chinese: "有行缺失、重复或顺序错误"),
        "form.words": Message(
            "the readable text does not say what the log committed to",
            chinese: "可读文字与日志所承诺的内容不符"),
        "form.newer": Message(
            "the file is of a newer format; use a newer version", chinese: "文件格式较新，请使用新版本"),
        "checkpoint.signature": Message(
            "the checkpoint is not signed by the log's key", chinese: "检查点并非由日志密钥签名"),
        "checkpoint.short": Message(
            "the checkpoint covers fewer entries than the file has", chinese: "检查点覆盖的条目少于文件所含"),
        "checkpoint.root": Message(
            "the entries are not those that the checkpoint was signed over",
            chinese: "条目与检查点签名时的不同"),
        "statements.chain": Message(
            "a statement is missing or was changed", chinese: "有声明缺失或被改动"),
        "statements.signature": Message(
            "a statement is not signed by who may sign it", chinese: "有声明并非由有权者签名"),
        "statements.newer": Message(
            "a statement is of a newer version; use a newer version", chinese: "有声明版本较新，请使用新版本"),
        "statements.unfounded": Message(
            "the founding of the vault is not in the file", chinese: "文件中没有保险库的创立声明"),
        "statements.log-key": Message(
            "the log's key is not the one that the founders signed", chinese: "日志密钥不是创立者签署的密钥"),
        "statements.fork": Message(
            "the log names other statements than those in the file", chinese: "日志所记的声明与文件中的不同"),
        "entry.sequence": Message(
            "an entry is missing, repeated or out of order", chinese: "有条目缺失、重复或顺序错误"),
        "entry.time": Message(
            "an entry is not later than the one before it", chinese: "有条目的时间不晚于前一条"),
        "entry.commitment": Message(
            "an entry's contents are not those that the log committed to",
            chinese: "有条目的内容与日志所承诺的不符"),
        "entry.contents": Message(
            "an entry's contents cannot be read", chinese: "有条目的内容无法读取"),
        "entry.match": Message(
            "an entry is not about the subject that it is filed under", chinese: "有条目与其登记的对象不符"),
        "epoch.key": Message(
            "an audit epoch was opened for a key that no auditor holds",
            chinese: "有审计纪元的密钥并非交给审计员"),
        "epoch.twice": Message(
            "an audit epoch was opened twice or out of order", chinese: "有审计纪元被重复开启或顺序错误"),
        "epoch.early": Message(
            "an entry stands before the opening of its audit epoch", chinese: "有条目早于其审计纪元的开启"),
        "sealed.count": Message(
            "entries made while the vault was sealed are missing", chinese: "封存期间的条目有缺失"),
        "subject.closed": Message(
            "an entry about the subject was left closed", chinese: "有关该对象的条目未公开"),
        "pin.other-log": Message(
            "the pin is of another log, or not signed by this one's key",
            chinese: "留证属于另一日志，或非由本日志密钥签署"),
        "pin.contradicted": Message(
            "this is not the log that was pinned: it was cut or rewritten",
            chinese: "与留证不符：日志被截断或改写"),
        "record.malformed": Message("a record cannot be read", chinese: "有记录无法读取"),
        "tile.wrong": Message(
            "a tile does not hold the hashes of the records", chinese: "有哈希块与记录不符"),
        "head.wrong": Message(
            "the newest head is missing or of another log", chinese: "最新日志头缺失或属于另一日志"),
        "file.cut": Message(
            "the file ends before its end mark; export it again", chinese: "文件在结束标记之前中断，请重新导出"),
        "contents.missing": Message(
            "the contents of an entry are gone, and no approved erasure says so",
            chinese: "有条目的内容缺失，且没有经批准的销毁记录"),
        "statements.cut": Message(
            "the log names statements that are not in the file", chinese: "日志提到的声明不在文件中"),
        "epoch.unproven": Message(
            "the range does not show that an audit epoch came before the founding; export from 0",
            chinese: "此范围无法证明有审计纪元早于创立；请从 0 导出"),
    ]
}
