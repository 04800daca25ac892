package import VaultPlatform

/// What to say about the operating system's refusals. One entry for each case, so a new error
/// cannot be without words.
package enum PlatformMessages {
    /// What happened and what to do.
    package static func diagnostic(_ error: PlatformError) -> Diagnostic {
        switch error {
        case .system(let operation, let path, let code): system(operation, path, code)
        case .invalidPath(let path):
            .error(Message("\(path) is no path", chinese: "\(path) 不是路径"))
        case .loosePermissions(let path, let mode): loosePermissions(path, mode)
        case .wrongOwner(let path, let owner, let expected): wrongOwner(path, owner, expected)
        case .notRegularFile(let path):
            .error(
                Message("\(path) is not a regular file", chinese: "\(path) 不是普通文件"),
                hints: Message(
                    "name the file itself, not a link or a directory",
                    chinese: "请指定文件本身，而不是链接或目录"))
        case .tooLarge(let path, let limit):
            .error(
                Message(
                    "\(path) is larger than \(limit) bytes", chinese: "\(path) 超过 \(limit) 字节"))
        case .locked(let path, let holder): locked(path, holder)
        case .socketPathTooLong, .socketInUse, .socketPathOccupied, .socketNotAsConfigured,
            .socketDirectoryOpen, .socketDirectoryGroup, .activation:
            SocketMessages.diagnostic(error)
        case .unknownUser(let name):
            .error(
                Message("there is no user \(name)", chinese: "没有用户 \(name)"),
                hints: Message("getent passwd lists them", chinese: "getent passwd 可列出用户"))
        case .unknownGroup(let name):
            .error(
                Message("there is no group \(name)", chinese: "没有用户组 \(name)"),
                hints: DoctorMessages.groupRemedy(name))
        case .noTerminal, .endOfInput, .interrupted, .inputTooLong, .inputNotText:
            InputMessages.diagnostic(error)
        case .timedOut(let operation):
            .error(
                Message(
                    "\(SystemMessages.gerund(operation)) took too long",
                    chinese: "\(SystemMessages.gerund(operation))超时"))
        }
    }

    private static func system(
        _ operation: PlatformError.Operation, _ path: String, _ code: SystemCode
    ) -> Diagnostic {
        let diagnostic = Diagnostic.error(
            Message(
                "cannot \(SystemMessages.verb(operation)) \(path): \(SystemMessages.text(code))",
                chinese:
                    "无法\(SystemMessages.verb(operation)) \(path)：\(SystemMessages.text(code))"))
        guard let hint = SystemMessages.remedy(operation, path, code) else { return diagnostic }
        return diagnostic.adding(hint: hint)
    }

    private static func loosePermissions(_ path: String, _ mode: UInt32) -> Diagnostic {
        // What the owner may do stays; the rest goes.
        .error(
            Message(
                "\(path) has mode \(mode: mode), so others than its owner can use it",
                chinese: "\(path) 的权限为 \(mode: mode)，所有者以外的人也能使用"),
            hints: Message(everywhere: "chmod go= \(shell: path)"))
    }

    private static func wrongOwner(
        _ path: String, _ owner: UInt32, _ expected: UInt32
    ) -> Diagnostic {
        .error(
            Message(
                "\(path) belongs to \(account(owner)), not to \(account(expected))",
                chinese: "\(path) 属于 \(account(owner))，而不是 \(account(expected))"),
            hints: Message(
                "run this as \(account(owner)), or as root: chown \(expected) \(shell: path)",
                chinese: "请以 \(account(owner)) 身份运行，或以 root 执行：chown \(expected) \(shell: path)"))
    }

    private static func locked(_ path: String, _ holder: Int32?) -> Diagnostic {
        let hint = Message(
            "one daemon at a time; stop the other one first", chinese: "同时只能有一个守护进程；请先停止另一个")
        guard let holder else {
            return .error(
                Message("another process holds \(path)", chinese: "另一个进程占用着 \(path)"),
                hints: hint)
        }
        return .error(
            Message(
                "another process (pid \(holder)) holds \(path)",
                chinese: "另一个进程（pid \(holder)）占用着 \(path)"), hints: hint)
    }

    /// A user by name where there is one.
    private static func account(_ user: UInt32) -> String {
        (try? Accounts.name(ofUser: user)).flatMap { $0 } ?? "uid \(user)"
    }
}
