/// The words of help pages and manual pages around what the commands say of themselves.
package enum HelpMessages {
    /// Before what a command is for.
    static let overview = Message("OVERVIEW: ", chinese: "概述：")
    /// Before how it is called.
    static let usage = Message("USAGE: ", chinese: "用法：")
    /// Heads what is given by its place.
    static let arguments = Message("ARGUMENTS:", chinese: "参数：")
    /// Heads what is given by name.
    static let options = Message("OPTIONS:", chinese: "选项：")
    /// Heads the commands under a command.
    static let commands = Message("SUBCOMMANDS:", chinese: "子命令：")
    /// Heads the commands for certain people.
    static func commands(of people: String) -> Message {
        Message("\(people) subcommands", chinese: "\(people)子命令")
    }
    /// Stands for options.
    static let optionsWord = Message("options", chinese: "选项")
    /// Stands for a command.
    static let commandWord = Message("subcommand", chinese: "子命令")
    /// The values that may be given.
    static func values(_ values: String) -> Message {
        Message("(values: \(values))", chinese: "（可选值：\(values)）")
    }
    /// The value where none is given.
    static func defaultValue(_ value: String) -> Message {
        Message("(default: \(value))", chinese: "（默认：\(value)）")
    }
    /// Both.
    static func values(_ values: String, default value: String) -> Message {
        Message(
            "(values: \(values); default: \(value))", chinese: "（可选值：\(values)；默认：\(value)）")
    }
    /// Where more is said.
    static func more(_ command: String) -> Message {
        Message(
            "See '\(command) <subcommand>' for detailed help.",
            chinese: "详细帮助请见“\(command) <子命令>”。")
    }

    /// A word that names no command.
    package static func unknownCommand(_ word: String, program: String) -> Diagnostic {
        .error(
            Message("\(program) has no command \(word)", chinese: "\(program) 没有命令 \(word)"),
            hints: Message("see: \(program) --help", chinese: "请参阅：\(program) --help"))
    }

    /// What was probably meant.
    package static func didYouMean(_ command: String) -> Message {
        Message("did you mean: \(command)", chinese: "是否想输入：\(command)")
    }
}
