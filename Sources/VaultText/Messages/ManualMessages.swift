/// The headings of manual pages, and what joins them.
enum ManualMessages {
    static let name = Message("NAME", chinese: "名称")
    static let synopsis = Message("SYNOPSIS", chinese: "概要")
    static let description = Message("DESCRIPTION", chinese: "描述")
    static let commands = Message("COMMANDS", chinese: "命令")
    static let options = Message("OPTIONS", chinese: "选项")
    static let sharedOptions = Message("OPTIONS OF EVERY COMMAND", chinese: "所有命令的选项")
    static let example = Message("EXAMPLE", chinese: "示例")
    static let seeAlso = Message("SEE ALSO", chinese: "参见")
    static func commands(of people: String) -> Message {
        Message("\(people)", chinese: "\(people)命令")
    }
    static func shared(_ names: String, page: String) -> Message {
        Message(
            "Every command also takes \(names); see \(page).",
            chinese: "每个命令还接受 \(names)；参见 \(page)。")
    }
}
