import VaultPlatform

/// Words for operations and codes of the operating system.
package enum SystemMessages {
    /// What was to be done, after `cannot`.
    static func verb(_ operation: PlatformError.Operation) -> Message {
        switch operation {
        case .open: Message("open", chinese: "打开")
        case .create: Message("create", chinese: "创建")
        case .read: Message("read", chinese: "读取")
        case .write: Message("write", chinese: "写入")
        case .close: Message("close", chinese: "关闭")
        case .sync: Message("make durable", chinese: "同步")
        case .truncate: Message("resize", chinese: "调整大小")
        case .allocate: Message("reserve space in", chinese: "预留空间")
        case .status: Message("look at", chinese: "查看")
        case .list: Message("list", chinese: "列出")
        case .remove: Message("remove", chinese: "删除")
        case .rename: Message("put in place", chinese: "替换")
        case .lock: Message("lock", chinese: "锁定")
        case .bind: Message("make the socket", chinese: "创建套接字")
        case .listen: Message("listen on", chinese: "监听")
        case .connect: Message("connect to", chinese: "连接")
        case .accept: Message("accept a connection on", chinese: "接受连接")
        case .notify: Message("notify the service manager at", chinese: "通知服务管理器")
        case .changeMode: Message("set the mode of", chinese: "设置权限")
        case .changeOwner: Message("set the owner of", chinese: "设置所有者")
        case .createDirectory: Message("make the directory", chinese: "创建目录")
        case .readPeer: Message("tell who is at", chinese: "识别对端")
        case .readAccount: Message("look up the account", chinese: "查询账户")
        case .controlTerminal: Message("control the terminal", chinese: "控制终端")
        case .controlProcess: Message("set for this process", chinese: "为本进程设置")
        case .startProgram: Message("start", chinese: "启动")
        case .waitForProgram: Message("wait for", chinese: "等待")
        }
    }

    /// What was being done, as the subject of a sentence.
    static func gerund(_ operation: PlatformError.Operation) -> Message {
        switch operation {
        case .connect: Message("connecting", chinese: "连接")
        case .read: Message("reading", chinese: "读取")
        case .write: Message("writing", chinese: "写入")
        case .waitForProgram: Message("waiting for a program", chinese: "等待程序")
        default: Message("\(operation.rawValue)", chinese: "\(verb(operation))")
        }
    }

    /// The C library's words in our voice, in Chinese for what people meet.
    static func text(_ code: SystemCode) -> Message {
        let english = code.text.prefix(1).lowercased() + code.text.dropFirst()
        return Message("\(english)", chinese: chinese[code].map { Phrase(stored: $0) })
    }

    private static let chinese: [SystemCode: String] = [
        .notFound: "没有该文件或目录", .exists: "文件已存在", .accessDenied: "权限不足", .notPermitted: "不允许该操作",
        .noSpace: "磁盘空间已满", .quotaExceeded: "超出磁盘配额", .readOnly: "文件系统为只读",
        .connectionRefused: "连接被拒绝", .brokenPipe: "对方已断开", .tooManyDescriptors: "打开的文件过多",
        .symbolicLink: "不允许符号链接", .notDirectory: "不是目录", .inputOutput: "输入输出错误", .timedOut: "超时",
    ]

    /// The directory of a file, which need not be there itself.
    private static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What to do about it, where that can be said in general.
    static func remedy(
        _ operation: PlatformError.Operation, _ path: String, _ code: SystemCode
    ) -> Message? {
        switch (operation, code) {
        case (.connect, .notFound), (.connect, .connectionRefused):
            Message(
                "is carevaultd running? start it with: carevaultd run",
                chinese: "carevaultd 在运行吗？启动方法：carevaultd run")
        case (.connect, .accessDenied):
            Message(
                "your account must be in the group of the socket and of its directory: ls -ld \(shell: folder(path))",
                chinese: "您的账户须属于该套接字及其目录的用户组：ls -ld \(shell: folder(path))")
        case (.connect, .tryAgain):
            Message("the daemon is very busy; try again", chinese: "守护进程繁忙，请重试")
        case (_, .noSpace), (_, .quotaExceeded):
            Message(
                "free space on this file system: df \(shell: folder(path))",
                chinese: "请释放该文件系统的空间：df \(shell: folder(path))")
        case (_, .readOnly):
            Message(
                "the file system is mounted read-only: findmnt -T \(shell: folder(path))",
                chinese: "该文件系统以只读方式挂载：findmnt -T \(shell: folder(path))")
        case (.create, .notFound):
            Message(
                "there is no directory \(folder(path)); make it first, or name another",
                chinese: "没有目录 \(folder(path))；请先创建它，或换一个位置")
        case (.create, .accessDenied), (.create, .notPermitted):
            Message(
                "look at owner and mode of its directory: ls -ld \(shell: folder(path))",
                chinese: "请检查所在目录的所有者和权限：ls -ld \(shell: folder(path))")
        case (_, .accessDenied), (_, .notPermitted):
            Message(
                "look at its owner and mode: ls -ld \(shell: path)",
                chinese: "请检查其所有者和权限：ls -ld \(shell: path)")
        case (_, .symbolicLink):
            Message(
                "name the file itself; links are not followed here",
                chinese: "请指定文件本身；此处不跟随链接")
        case (_, .inputOutput):
            Message(
                "the device reports a fault: dmesg", chinese: "设备报告故障：dmesg")
        case (_, .tooManyDescriptors):
            Message("raise LimitNOFILE of the service", chinese: "请提高服务的 LimitNOFILE")
        default: nil
        }
    }
}
