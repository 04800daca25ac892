/// What can be wrong with a field or a line of a record, and what is expected instead.
package enum FieldProblemMessages {
    /// What is wrong, to follow the name of the field; `english` for a code that is not known here.
    package static func fault(_ code: String, english: String) -> Message {
        Message(Phrase(stored: english), chinese: faults[code])
    }

    /// Whether a fault has Chinese words.
    package static func knows(fault code: String) -> Bool { faults[code] != nil }

    private static let faults: [String: Phrase] = [
        "missing": "缺失", "unknown-field": "不是此处的字段", "wrong-type": "类型不对",
        "blank": "没有可见字符", "edge-space": "首尾有空格",
        "control-character": "含有控制字符或不允许的换行", "too-long": "过长", "bad-format": "格式不对",
        "not-an-option": "不在选项之中", "not-a-date": "不是日历上的日期", "out-of-range": "超出范围",
        "empty-list": "为空", "too-many": "项数过多", "conflict": "与其他字段矛盾",
        "wrong-order": "早于另一日期", "above-whole": "超过总额", "other-currency": "币种与总额不同",
        "too-large": "超出可读取的大小", "no-colon": "没有字段名和冒号",
        "no-value": "没有值", "repeated": "重复填写了同一字段", "no-element": "不属于任何一项",
        "not-continued": "为单行字段续了行", "not-a-number": "不是整数", "not-a-flag": "既不是“是”也不是“否”",
        "not-money": "不是金额",
    ]

    /// A date.
    package static let date: Phrase = "1900-01-01 至 2199-12-31 之间的日期，形如 2024-02-29"
    /// Yes or no in JSON.
    package static let flag: Phrase = "true 或 false"
    /// Yes or no in words.
    package static let yesOrNo: Phrase = "是或否"
    /// Money in JSON.
    package static let moneyObject: Phrase = "含 amount_minor 和 currency 的对象"
    /// Money in words.
    package static let money: Phrase = "金额与币种，例如 1200.50 CNY"
    /// A currency code.
    package static let currency: Phrase = "ISO 4217 币种代码，例如 CNY"
    /// An object.
    package static let object: Phrase = "一个对象"

    /// Text of one or more lines.
    package static func text(characters: Int, bytes: Int, isLong: Bool) -> Phrase {
        isLong
            ? "1 至 \(characters) 个字符、至多 \(bytes) 字节的文本，可换行"
            : "一行文本，1 至 \(characters) 个字符，至多 \(bytes) 字节"
    }

    /// An identifier.
    package static let identifier: Phrase = "1 至 32 个字符，限 0-9、A-Z、a-z 和 -"
    /// A phone number.
    package static let phone: Phrase = "电话号码：3 至 32 个数字、空格、连字符、括号，+ 只能在开头"
    /// An e-mail address.
    package static let email: Phrase = "电子邮件地址，例如 name@example.org，至多 254 个字符"
    /// A time of day.
    package static let timeOfDay: Phrase = "00:00 至 23:59 的时刻，例如 09:30"
    /// A diagnosis.
    package static let diagnosis: Phrase = "ICD-10 编码，例如 F32.1"

    /// One of several words.
    package static func options(_ words: String) -> Phrase { "以下之一：\(words)" }
    /// An integer in a range.
    package static func integer(_ low: Int64, _ high: Int64) -> Phrase { "\(low) 至 \(high) 的整数" }
    /// An object with fields.
    package static func fields(_ names: String) -> Phrase { "含以下字段的对象：\(names)" }
    /// A list.
    package static func list(_ limit: Int) -> Phrase { "1 至 \(limit) 项的列表" }
    /// A number of elements, or nothing.
    package static func elements(_ limit: String) -> Phrase { "1 至 \(limit) 项，或不填该字段" }
    /// No field but these.
    package static func only(_ names: String) -> Phrase { "仅限：\(names)" }
    /// A date not before another.
    package static func notBefore(_ field: String) -> Phrase { "不早于 \(field) 的日期" }
    /// The currency of another field.
    package static func currencyOf(_ field: String) -> Phrase { "与 \(field) 相同的币种" }
    /// At most another amount or a number of bytes.
    package static func atMost(_ what: String) -> Phrase { "不超过 \(what)" }
    /// A value because of another field.
    package static func neededBecause(_ field: String, _ option: String) -> Phrase {
        "须填写，因为 \(field) 为 \(option)"
    }
    /// No value because of a flag.
    package static func barredBecause(_ flag: String) -> Phrase { "不得填写，因为 \(flag) 为 true" }
    /// At least one, or the flag.
    package static func eitherOr(_ flag: String) -> Phrase { "至少一项，或 \(flag) = true" }
    /// A line with a colon.
    package static let fieldLine: Phrase = "“字段: 值”"
    /// A field name and a colon.
    package static let fieldName: Phrase = "字段名和冒号"
    /// A value or no line.
    package static let valueOrNoLine: Phrase = "一个值，或不写该行"
    /// One line for the field.
    package static let oneLine: Phrase = "该字段只写一行"
    /// Without a dot.
    package static func withoutDot(_ field: String) -> Phrase { "\(field)，不带点" }
    /// The line that must come before.
    package static func before(_ line: String) -> Phrase { "其前须有 \(line)" }
}
