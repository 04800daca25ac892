/// Words for time.
package enum TimeMessages {
    /// A unit of time.
    struct Unit {
        let seconds: UInt64
        let one: String
        let other: String
        let chinese: String
    }

    /// Largest first.
    static let units = [
        Unit(seconds: 31_536_000, one: "year", other: "years", chinese: "年"),
        Unit(seconds: 86_400, one: "day", other: "days", chinese: "天"),
        Unit(seconds: 3_600, one: "hour", other: "hours", chinese: "小时"),
        Unit(seconds: 60, one: "minute", other: "minutes", chinese: "分钟"),
        Unit(seconds: 1, one: "second", other: "seconds", chinese: "秒"),
    ]

    /// Less than a second away.
    package static let now = Message("just now", chinese: "刚刚")
    /// It has not happened.
    package static let never = Message("never", chinese: "从未")

    static func count(_ count: UInt64, _ unit: Unit) -> Message {
        .plural(
            count, one: "\(count) \(unit.one)", other: "\(count) \(unit.other)",
            chinese: "\(count) \(unit.chinese)")
    }

    static func ago(_ span: Message) -> Message { Message("\(span) ago", chinese: "\(span)前") }

    static func ahead(_ span: Message) -> Message { Message("in \(span)", chinese: "\(span)后") }
}
