/// What the commands about subjects and records say.
package enum ClientRecordMessages {
    package static let subject = Message("subject", chinese: "对象")
    package static let record = Message("record", chinese: "记录")
    package static let pseudonym = Message("pseudonym", chinese: "化名")
    package static let kind = Message("kind", chinese: "类型")
    package static let version = Message("version", chinese: "版本")
    package static let base = Message("amends", chinese: "修改自")
    package static let author = Message("written by", chinese: "作者")
    package static let created = Message("written", chinese: "时间")
    package static let names = Message("names", chinese: "姓名")
    package static let employeeNumber = Message("employee number", chinese: "工号")
    package static let birthDate = Message("born", chinese: "出生日期")
    package static let unit = Message("unit", chinese: "单位")
    package static let status = Message("status", chinese: "状态")

    /// A kind with the name by which commands take it.
    package static func kind(_ name: String) -> Message {
        let title = TitleMessages.kind(name)
        guard title != Message(verbatim: name) else { return title }
        return Message("\(title) (\(name))", chinese: "\(title)（\(name)）")
    }

    /// Asks for the fields of a record.
    package static func fieldsPrompt(_ name: String, required: String) -> Message {
        let kind = TitleMessages.kind(name)
        guard !required.isEmpty else {
            return Message(
                "fields of \(kind), one `field: value` a line",
                chinese: "\(kind)的字段，每行一个“字段: 值”")
        }
        return Message(
            "fields of \(kind), one `field: value` a line; needed: \(required)",
            chinese: "\(kind)的字段，每行一个“字段: 值”；必填：\(required)")
    }

    /// Asks whether to type it again.
    package static let typeAgain = Message("type it again?", chinese: "重新输入吗？")
    /// Asks whether to send again what is kept.
    package static let sendAgain = Message(
        "your text is kept; send it again?", chinese: "您的文本仍保留；再次发送吗？")
    /// The login lapsed while a text was typed.
    package static let loginLapsed = Message(
        "your login ended meanwhile; log in again, then your text is sent",
        chinese: "您的登录已结束；重新登录后将发送您的文本")

    /// Asks what to search for.
    package static func findPrompt(_ by: String) -> Message {
        switch by {
        case "employee_number": Message("employee number", chinese: "工号")
        case "national_id": Message("national id", chinese: "证件号码")
        default: Message("full name", chinese: "全名")
        }
    }

    /// A subject was added.
    package static func subjectAdded(_ subject: String) -> Message {
        Message("added subject \(subject)", chinese: "已新增对象 \(subject)")
    }

    /// A record was added.
    package static func recordAdded(_ record: String) -> Message {
        Message("added record \(record)", chinese: "已新增记录 \(record)")
    }

    /// A record was amended.
    package static func recordAmended(_ record: String, version: Int64) -> Message {
        Message(
            "record \(record) now has version \(version)", chinese: "记录 \(record) 现为版本 \(version)")
    }

    /// A search found nothing.
    package static let nobodyFound = Message(
        "nobody found; the whole name or number is needed", chinese: "未找到；需输入完整的姓名或号码")
    /// There are more.
    package static let moreHits = Message(
        "there are more; raise --limit", chinese: "还有更多；请增大 --limit")
    /// No records.
    package static let noRecords = Message("no records", chinese: "没有记录")

    /// There is another page.
    package static func nextPage(_ cursor: String) -> Message {
        Message(
            "there are more: --cursor \(shell: cursor)", chinese: "还有更多：--cursor \(shell: cursor)")
    }
}
