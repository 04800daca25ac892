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

    /// A signed tree.
    package static func tree(size: UInt64, root: String) -> Message {
        .plural(
            size, one: "signed over 1 entry, root \(root)",
            other: "signed over \(size) entries, root \(root)",
            chinese: "签名覆盖 \(size) 条，根 \(root)")
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
        guard open > 0 else { return Message("\(all): \(parts)", chinese: "\(all)：\(parts)") }
        return Message(
            "\(all): \(parts), \(open) with no unseal after them yet",
            chinese: "\(all)：\(parts)，\(open) 条之后尚未解封")
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

    /// Nothing is wrong.
    package static let valid = Message(
        "valid: whole, in order and unaltered since it was signed",
        chinese: "有效：完整、顺序正确，签名后未被改动")

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
}
