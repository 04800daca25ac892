/// Words that every topic needs.
package enum CommonMessages {
    /// Begins the line of an error.
    package static let error = Message("error: ", chinese: "错误：")
    /// Begins the line of a warning.
    package static let warning = Message("warning: ", chinese: "警告：")
    /// Begins the line of a hint.
    package static let hint = Message("hint: ", chinese: "提示：")
    /// Between a label and its value.
    package static let colon = Message(":", chinese: "：")
    /// For a value that is true.
    package static let yes = Message("yes", chinese: "是")
    /// For a value that is false.
    package static let no = Message("no", chinese: "否")
    /// In place of a list without entries.
    package static let none = Message("none", chinese: "无")
    /// In place of a value that is not there.
    package static let absent = Message(everywhere: "-")

    /// Some things in a row; a word in place of none.
    package static func list(_ parts: [Message]) -> Message {
        guard let first = parts.first else { return none }
        return parts.dropFirst().reduce(first) { whole, next in
            Message("\(whole), \(next)", chinese: "\(whole)、\(next)")
        }
    }

    /// `--language` names no language.
    package static func unknownLanguage(_ name: String) -> Diagnostic {
        .error(
            Message("there is no language \(name)", chinese: "没有语言 \(name)"),
            hints: Message("use en or zh", chinese: "请使用 en 或 zh"))
    }
}
