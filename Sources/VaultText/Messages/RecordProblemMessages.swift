/// What is wrong with fields of records, and what is expected, by the stable codes of the schemas.
package enum RecordProblemMessages {
    /// What is wrong, to follow the name of the field; nil for a code that is not known here.
    package static func fault(_ code: String) -> Message? {
        switch code {
        case "missing": Message("is missing", chinese: "缺失")
        case "unknown-field": Message("is not a field here", chinese: "不是此处的字段")
        case "wrong-type": Message("has the wrong type", chinese: "类型不对")
        case "blank": Message("has no visible character", chinese: "没有可见字符")
        case "edge-space": Message("begins or ends with a space", chinese: "首尾有空格")
        case "control-character":
            Message(
                "contains a control character or a forbidden line break",
                chinese: "含有控制字符或不允许的换行")
        case "too-long": Message("is too long", chinese: "太长")
        case "bad-format": Message("has the wrong form", chinese: "格式不对")
        case "not-an-option": Message("is none of the options", chinese: "不在可选项中")
        case "not-a-date": Message("is no date of the calendar", chinese: "不是有效日期")
        case "out-of-range": Message("is out of range", chinese: "超出范围")
        case "empty-list": Message("is empty", chinese: "为空")
        case "too-many": Message("has too many elements", chinese: "项数太多")
        case "conflict": Message("contradicts another field", chinese: "与另一字段矛盾")
        case "wrong-order": Message("comes before another date", chinese: "早于另一日期")
        case "above-whole": Message("is more than the whole", chinese: "超过总额")
        case "other-currency":
            Message("has another currency than the whole", chinese: "币种与总额不同")
        default: lineFault(code)
        }
    }

    private static func lineFault(_ code: String) -> Message? {
        switch code {
        case "too-large": Message("is beyond the size that is read", chinese: "超过可读取的大小")
        case "no-colon": Message("has no field name and colon", chinese: "没有字段名和冒号")
        case "names-no-field": Message("names no field", chinese: "没有这个字段")
        case "no-value": Message("has no value", chinese: "没有值")
        case "repeated": Message("states a field again", chinese: "重复了字段")
        case "no-element": Message("belongs to no element yet", chinese: "还不属于任何一项")
        case "not-continued": Message("continues a field that has one line", chinese: "该字段只能有一行")
        case "not-a-number": Message("holds no whole number", chinese: "不是整数")
        case "not-a-flag": Message("holds neither yes nor no", chinese: "既不是“是”也不是“否”")
        case "is not an identifier": Message("is not an identifier", chinese: "不是有效的标识符")
        case "not-money": Message("holds no amount of money", chinese: "不是金额")
        default: nil
        }
    }

    /// A whole problem: place, what is wrong, what is expected.
    package static func problem(
        line: Int?, field: String?, _ fault: Message, expected: Message?
    ) -> Message {
        var whole = fault
        if let expected {
            whole = Message(
                "\(fault); expected \(expected)", chinese: "\(fault)；应为：\(expected)")
        }
        switch (line, field) {
        case (let line?, let field?):
            return Message(
                "line \(line), \(field): \(whole)", chinese: "第 \(line) 行，\(field)：\(whole)")
        case (let line?, nil):
            return Message("line \(line): \(whole)", chinese: "第 \(line) 行：\(whole)")
        case (nil, let field?): return Message("\(field): \(whole)", chinese: "\(field)：\(whole)")
        case (nil, nil): return whole
        }
    }

    // MARK: What is expected

    /// A line or a text of several.
    package static func text(characters: Int, bytes: Int, isLong: Bool) -> Message {
        isLong
            ? Message(
                "text of 1 to \(characters) characters and at most \(bytes) bytes, line feeds allowed",
                chinese: "1 到 \(characters) 个字符（至多 \(bytes) 字节）的文本，可换行")
            : Message(
                "one line of 1 to \(characters) characters and at most \(bytes) bytes",
                chinese: "1 到 \(characters) 个字符（至多 \(bytes) 字节）的一行")
    }

    /// A form of text.
    package static let identifier = Message(
        "1 to 32 of the characters 0-9, A-Z, a-z and -", chinese: "1 到 32 个字符，限 0-9、A-Z、a-z 和 -")
    package static let phone = Message(
        "a phone number: 3 to 32 digits, spaces, hyphens, parentheses, + only in front",
        chinese: "电话号码：3 到 32 个数字、空格、连字符或括号，+ 只能在最前")
    package static let email = Message(
        "an e-mail address such as name@example.org, up to 254 characters",
        chinese: "电子邮箱，如 name@example.org，至多 254 个字符")
    package static let timeOfDay = Message(
        "a time of day from 00:00 to 23:59, such as 09:30", chinese: "00:00 到 23:59 的时间，如 09:30")
    package static let diagnosis = Message(
        "an ICD-10 code such as F32.1", chinese: "ICD-10 编码，如 F32.1")

    /// One of some words.
    ///
    /// - Parameter titles: the same as people call them; nil where the words themselves are typed.
    package static func oneOf(_ options: String, titles: [Message]? = nil) -> Message {
        let list = titles.map { CommonMessages.list($0) } ?? Message(verbatim: options)
        return Message("one of \(options)", chinese: "以下之一：\(list)")
    }

    /// A day.
    package static let date = Message(
        "a date from 1900-01-01 to 2199-12-31 as YYYY-MM-DD",
        chinese: "1900-01-01 到 2199-12-31 的日期，写作 YYYY-MM-DD")

    /// A number in a range.
    package static func integer(_ low: Int64, _ high: Int64, unit: String) -> Message {
        let name =
            switch unit {
            case "minutes": Message("minutes", chinese: "分钟")
            case "count": Message("count", chinese: "次")
            case "minor units: fen, cents":
                Message("minor units: fen, cents", chinese: "最小货币单位：分")
            default: Message(verbatim: unit)
            }
        return Message(
            "an integer from \(low) to \(high) (\(name))", chinese: "\(low) 到 \(high) 的整数（\(name)）")
    }

    /// A flag.
    package static let flag = Message("true or false", chinese: "true 或 false")
    /// A flag as people type it.
    package static let yesOrNo = Message("yes or no", chinese: "是或否")
    /// Money as people type it.
    package static let money = Message(
        "an amount and a currency, such as 1200.50 CNY", chinese: "金额和币种，如 1200.50 CNY")
    /// Money as JSON.
    package static let moneyObject = Message(
        "an object with amount_minor and currency", chinese: "金额和币种，如 1200.50 CNY")
    /// A list.
    package static func list(upTo limit: Int) -> Message {
        Message(
            "1 to \(limit) elements, or no such field", chinese: "1 到 \(limit) 项，或不写该字段")
    }
    /// A list of something, where something else stands.
    package static func list(upTo limit: Int, of element: Message) -> Message {
        Message(
            "a list of 1 to \(limit), each \(element)", chinese: "1 到 \(limit) 项的列表，每项为\(element)")
    }
    /// A record that is none.
    package static let anObject = Message("an object", chinese: "一个对象")
    /// The code of a currency.
    package static let currencyCode = Message(
        "a currency code of ISO 4217 such as CNY", chinese: "ISO 4217 币种代码，如 CNY")
    /// A later date.
    package static func notBefore(_ field: String, _ label: Message) -> Message {
        Message("a date not before \(field)", chinese: "不早于“\(label)”的日期")
    }
    /// A smaller amount.
    package static func atMost(_ field: String, _ label: Message) -> Message {
        Message("at most \(field)", chinese: "不超过“\(label)”")
    }
    /// The same currency.
    package static func currency(of field: String, _ label: Message) -> Message {
        Message("the currency of \(field)", chinese: "与“\(label)”相同的币种")
    }
    /// Something, because of another field.
    package static func because(
        _ field: String, is option: String, _ label: Message, _ title: Message
    ) -> Message {
        Message(
            "a value, because \(field) is \(option)", chinese: "需要填写，因为“\(label)”为“\(title)”")
    }
    /// Nothing, because of a flag.
    package static func notBeside(_ flag: String, _ label: Message) -> Message {
        Message(
            "no such field, because \(flag) is true", chinese: "不应填写，因为“\(label)”为“是”")
    }
    /// A list, unless a flag.
    package static func unless(_ flag: String, _ label: Message) -> Message {
        Message(
            "at least one element, or \(flag) = true", chinese: "至少一项，或“\(label)”填“是”")
    }
    /// Only these fields.
    package static func only(_ names: String) -> Message {
        Message("only: \(names)", chinese: "只能是：\(names)")
    }
    /// A field of an object.
    package static func object(_ names: String) -> Message {
        Message("an object with \(names)", chinese: "含 \(names) 的对象")
    }
    /// What the daemon or an older schema says in English alone.
    package static func foreign(_ expected: String) -> Message { Message(verbatim: expected) }
}
