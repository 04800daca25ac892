import VaultPlatform

/// What to say about input at a terminal. The other errors are not asked for.
enum InputMessages {
    static func diagnostic(_ error: PlatformError) -> Diagnostic {
        switch error {
        case .noTerminal:
            .error(
                Message("there is no terminal to ask at", chinese: "没有可供询问的终端"),
                hints: Message(
                    "run this in a terminal, or give the input in a file; --help names the option",
                    chinese: "请在终端中运行，或用文件提供输入（选项见 --help）"))
        case .endOfInput:
            .error(Message("the input ended before an answer", chinese: "输入在回答之前结束"))
        case .interrupted: .error(Message("interrupted", chinese: "已中断"))
        case .inputTooLong(let limit):
            .error(
                Message("the line is longer than \(limit) bytes", chinese: "该行超过 \(limit) 字节"))
        case .inputNotText:
            .error(
                Message("the input is not UTF-8 text", chinese: "输入不是 UTF-8 文本"),
                hints: Message("set the terminal to UTF-8", chinese: "请将终端设为 UTF-8"))
        default: PlatformMessages.diagnostic(error)
        }
    }
}
