/// What `carevault verify` says.
package enum VerifyMessages {
    package static let vault = Message("vault", chinese: "保险库")
    package static let fingerprint = Message("fingerprint", chinese: "指纹")
    package static let key = Message("log key", chinese: "日志公钥")
    package static let range = Message("entries", chinese: "条目")
    package static let time = Message("time", chinese: "时间")
    package static let subject = Message("subject", chinese: "对象")
    package static let checkpoint = Message("checkpoint", chinese: "检查点")
    package static let pin = Message("pin", chinese: "留证")
    package static let sealed = Message("while sealed", chinese: "封存期间")
    package static let statements = Message("statements", chinese: "声明")
    package static let unpinned = Message("not seen outside", chinese: "未在外部留证")
    package static let verdict = Message("verdict", chinese: "结论")
    package static let problem = Message("problem", chinese: "问题")
    package static let place = Message("at entry", chinese: "条目序号")

    /// A range of entries.
    package static func entries(_ range: Range<UInt64>) -> Message {
        guard let last = range.last else { return Message("none", chinese: "无") }
        return .plural(
            range.count, one: "1, number \(last)",
            other: "\(range.count), numbers \(range.lowerBound) to \(last)",
            chinese: "\(range.count) 条，序号 \(range.lowerBound) 至 \(last)")
    }

    /// From one moment to another.
    package static func span(_ from: String, _ to: String) -> Message {
        Message("\(from) to \(to)", chinese: "\(from) 至 \(to)")
    }

    /// Every entry about one subject is opened.
    package static func ofSubject(_ pseudonym: String, count: UInt64) -> Message {
        .plural(
            count, one: "\(pseudonym), the 1 entry about them is open",
            other: "\(pseudonym), all \(count) entries about them are open",
            chinese: "\(pseudonym)，相关的 \(count) 条均已公开")
    }

    /// A signed tree, and how many of its entries come after those of the file.
    package static func tree(size: UInt64, root: String, behind: UInt64) -> Message {
        let tree = Message.plural(
            size, one: "signed over 1 entry, root \(root)",
            other: "signed over \(size) entries, root \(root)",
            chinese: "签名覆盖 \(size) 条，根 \(root)")
        guard behind > 0 else { return tree }
        return .plural(
            behind,
            one: "\(tree); the last, such as that of the export itself, is not in the file",
            other:
                "\(tree); the last \(behind), such as that of the export itself, are not in the file",
            chinese: "\(tree)；最后 \(behind) 条（如导出操作本身的条目）不在文件中")
    }

    /// There is no pin.
    package static let noPin = Message("none given", chinese: "未提供")

    /// The log is the pinned one.
    package static func pinHeld(_ size: UInt64) -> Message {
        .plural(
            size, one: "the same log as the pin of 1 entry",
            other: "the same log as the pin of \(size) entries",
            chinese: "与 \(size) 条时的留证是同一日志")
    }

    /// The pin is newer than the export.
    package static func pinNewer(_ size: UInt64) -> Message {
        Message(
            "not compared: it is of \(size) entries, newer than this export",
            chinese: "无法比较：留证为 \(size) 条，比此导出更新")
    }

    /// The range does not reach the pin.
    package static func pinUnrelated(_ size: UInt64) -> Message {
        Message(
            "not compared: it is of \(size) entries, which this range does not reach",
            chinese: "无法比较：留证为 \(size) 条，不在此范围内")
    }

    /// Entries of the time when the vault was sealed.
    package static func sealedTime(_ total: UInt64, vouched: UInt64, open: UInt64) -> Message {
        guard total > 0 else { return Message("none", chinese: "无") }
        let unauthenticated = total - min(total, vouched + open)
        let parts = Message(
            "\(vouched) vouched for, \(unauthenticated) not authenticated",
            chinese: "\(vouched) 条有链证明，\(unauthenticated) 条未经认证")
        let all = ClientStatusMessages.entries(Int64(clamping: total))
        var counts = Message("\(all): \(parts)", chinese: "\(all)：\(parts)")
        if open > 0 {
            counts = Message(
                "\(counts), \(open) with no unseal after them yet",
                chinese: "\(counts)，\(open) 条之后尚未解封")
        }
        guard unauthenticated > 0 else { return counts }
        return Message(
            "\(counts); whoever could write the log's file then could make up or drop such entries",
            chinese: "\(counts)；当时能写日志文件的人可以伪造或删去这类条目")
    }

    /// Statements whose signer's key is not in the file.
    package static func unchecked(_ count: UInt64, of total: UInt64) -> Message {
        Message(
            "\(total), of which \(count) are signed with a key that stands in a closed statement",
            chinese: "共 \(total) 条，其中 \(count) 条的签名密钥在未公开的声明中")
    }

    /// What nobody outside has seen.
    package static func tail(_ count: UInt64, seconds: UInt64?) -> Message {
        let entries = ClientStatusMessages.entries(Int64(clamping: count))
        guard let seconds else { return entries }
        return ClientStatusMessages.tail(
            Int64(clamping: count),
            age: seconds.multipliedReportingOverflow(by: 1_000_000).partialValue)
    }

    /// Nothing is wrong with the whole log, and it is the pin's.
    package static let valid = Message(
        "valid: whole, in order and unaltered since it was signed",
        chinese: "有效：完整、顺序正确，签名后未被改动")

    /// Nothing is wrong with what is there, but that is a part of the log, or no pin shows that the log
    /// was not rewritten.
    /// - Parameters:
    ///   - size: entries of the log when it was signed.
    ///   - caveat: what the pin does not show; nil where it is the same log.
    package static func valid(
        _ range: Range<UInt64>, of size: UInt64, isPart: Bool, caveat: Message?
    ) -> Message {
        let entries: Message =
            if let last = range.last {
                .plural(
                    range.count, one: "entry \(last) of \(size)",
                    other: "entries \(range.lowerBound) to \(last) of \(size)",
                    chinese: "序号 \(range.lowerBound) 至 \(last)（共 \(size) 条）")
            } else {
                Message("no entry of \(size)", chinese: "无条目（共 \(size) 条）")
            }
        let what =
            isPart
            ? Message("a part, \(entries)", chinese: "仅为一部分，\(entries)") : entries
        let found = Message(
            "\(what), in order and unaltered since signing",
            chinese: "\(what)，顺序正确，签名后未被改动")
        guard let caveat else {
            return Message(
                "valid: \(found), of the same log as the pin",
                chinese: "有效：\(found)，与留证为同一日志")
        }
        return Message("valid \(caveat): \(found)", chinese: "有效，但\(caveat)：\(found)")
    }

    /// A caveat: there was no pin.
    package static let withoutPin = Message("without a pin", chinese: "未提供留证")
    /// A caveat: the pin says nothing about this file.
    package static let notCompared = Message(
        "but not compared with the pin", chinese: "未能与留证比较")

    /// Something is wrong.
    package static func invalid(_ sentence: Message) -> Message {
        Message("invalid: \(sentence)", chinese: "无效：\(sentence)")
    }

    /// Something is missing.
    package static func incomplete(_ sentence: Message) -> Message {
        Message("incomplete: \(sentence)", chinese: "不完整：\(sentence)")
    }

    /// What a file without a pin does not show.
    package static let unpinnedHint = Message(
        "compare the fingerprint with the signed page; only a checkpoint kept elsewhere (--pin FILE) shows that the log was not rewritten as a whole",
        chinese: "请与签字页核对指纹；只有在别处保存的检查点（--pin FILE）才能证明日志未被整体改写")

    /// The pin that was given is newer than the file.
    package static let newerPinHint = Message(
        "compare the fingerprint with the signed page; a pin is compared with an export that was made after it: export again, or give an older pin",
        chinese: "请与签字页核对指纹；留证只能与其后所作的导出比较：请重新导出，或提供较早的留证")

    /// The pin that was given is of a size that the file does not reach.
    package static let unrelatedPinHint = Message(
        "compare the fingerprint with the signed page; a pin is compared with an export that reaches it: one of the whole log, or one with --since",
        chinese: "请与签字页核对指纹；留证只能与范围涵盖它的导出比较：导出整个日志，或使用 --since")

    /// What a file is that should be an evidence file.
    package enum OtherFile: Sendable {
        case checkpoint, empty, other
    }

    /// A file that is not an evidence file, or whose first line was changed.
    package static func notEvidence(_ source: String, _ found: OtherFile) -> Diagnostic {
        switch found {
        case .checkpoint:
            .error(
                Message(
                    "\(source) is not an evidence file: it is a checkpoint of a log",
                    chinese: "\(source) 不是证据文件，而是日志检查点"),
                hints: Message(
                    "give a checkpoint as --pin FILE; carevault audit export --out FILE writes an evidence file",
                    chinese: "检查点请用 --pin FILE 提供；carevault audit export --out FILE 可生成证据文件"))
        case .empty:
            .error(
                Message(
                    "\(source) is not an evidence file: it is empty",
                    chinese: "\(source) 不是证据文件：文件为空"),
                hints: exportWrites)
        case .other:
            .error(
                Message(
                    "\(source) is not an evidence file, or its first line was changed: nothing in it is confirmed",
                    chinese: "\(source) 不是证据文件，或其首行已被改动：其中内容均未得到证实"),
                hints: exportWrites)
        }
    }

    private static let exportWrites = Message(
        "carevault audit export --out FILE writes an evidence file",
        chinese: "carevault audit export --out FILE 可生成证据文件")
}
