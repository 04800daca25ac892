/// What keeps the daemon from working now, by the stable code of `Unavailable`.
package enum ObstacleMessages: String, CaseIterable, Sendable {
    case diskFull = "disk.full"
    case logUnavailable = "log.unavailable"
    case storeUnavailable = "store.unavailable"
    case fileRefused = "file.refused"
    case filesUncertain = "files.uncertain"
    case keyUnusable = "key.unusable"
    case busy = "vault.busy"

    /// What is in the way.
    package var cause: Message {
        switch self {
        case .diskFull: Message("the disk is full", chinese: "磁盘已满")
        case .logUnavailable:
            Message(
                "the audit log cannot be written, and nothing happens without an entry",
                chinese: "审计日志无法写入，而任何操作都须留下条目")
        case .storeUnavailable: Message("the store cannot be used", chinese: "存储无法使用")
        case .fileRefused: Message("a file cannot be used", chinese: "文件无法使用")
        case .filesUncertain:
            Message("it is not known what the vault's files hold", chinese: "保险库文件的内容尚不确定")
        case .keyUnusable:
            Message("a key could not be used", chinese: "密钥无法使用")
        case .busy:
            Message("others were faster, again and again", chinese: "多次被其他操作抢先")
        }
    }

    /// What to do.
    package var remedy: Message {
        switch self {
        case .diskFull:
            Message(
                "an operator frees some space; it goes on by itself",
                chinese: "请操作员腾出空间；服务会自行恢复")
        case .logUnavailable, .storeUnavailable, .keyUnusable:
            Message(
                "an operator looks at: carevault status", chinese: "请操作员查看：carevault status")
        case .fileRefused:
            Message(
                "an operator checks the file, its owner and its mode",
                chinese: "请操作员检查该文件及其属主和权限")
        case .filesUncertain: Message("unseal again", chinese: "请重新解封")
        case .busy: Message("try again in a moment", chinese: "请稍后重试")
        }
    }

    /// What the machine said, for whoever mends it.
    package static func detail(_ text: String) -> Message {
        Message("for the operator: \(text)", chinese: "供操作员参考：\(text)")
    }
}

extension ObstacleMessages {
    /// What to do about a mistake of the program itself.
    package static let reportFault = Message(
        "report this as a fault of the service, with the code",
        chinese: "请将此作为程序缺陷连同代码一并报告")
}
