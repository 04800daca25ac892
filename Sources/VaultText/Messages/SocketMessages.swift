import VaultPlatform

/// What to say about sockets that cannot be served. The other errors are not asked for.
package enum SocketMessages {
    static func diagnostic(_ error: PlatformError) -> Diagnostic {
        switch error {
        case .socketPathTooLong(let path, let length, let limit):
            .error(
                Message(
                    "the socket path \(path) has \(length) bytes; a socket takes \(limit)",
                    chinese: "套接字路径 \(path) 有 \(length) 字节；上限为 \(limit)"),
                hints: Message(
                    "choose a shorter path with --socket", chinese: "请用 --socket 指定更短的路径"))
        case .socketInUse(let path):
            .error(
                Message("another daemon serves \(path)", chinese: "另一个守护进程正在使用 \(path)"),
                hints: Message(
                    "stop it first, or choose another path with --socket",
                    chinese: "请先停止它，或用 --socket 指定其他路径"))
        case .socketPathOccupied(let path):
            .error(
                Message(
                    "\(path) exists and is not an old socket of this user",
                    chinese: "\(path) 已存在，且不是本用户的旧套接字"),
                hints: Message(
                    "look at it (ls -l \(shell: path)), then remove it or choose another path",
                    chinese: "请检查（ls -l \(shell: path)）后删除，或指定其他路径"))
        case .socketNotAsConfigured(let path, let mode, let group):
            .error(
                Message(
                    "the socket \(path) got mode \(mode: mode) and group \(group), not those asked for",
                    chinese: "套接字 \(path) 的权限为 \(mode: mode)、用户组为 \(group)，与配置不符"),
                hints: Message(
                    "use a file system that keeps owners and modes, such as tmpfs under /run",
                    chinese: "请使用能保存所有者和权限的文件系统，例如 /run 下的 tmpfs"))
        case .socketDirectoryOpen(let path, let mode):
            .error(
                Message(
                    "the directory \(path) of the socket has mode \(mode: mode): users outside the group can enter it, or others can replace the socket",
                    chinese: "套接字所在目录 \(path) 的权限为 \(mode: mode)：组外用户可进入，或他人可替换套接字"),
                hints: Message(everywhere: "chmod 0750 \(shell: path)"))
        case .socketDirectoryGroup(let path, let group, let expected):
            .error(
                directoryGroup(path, group, expected), hints: directoryGroupRemedy(path, expected))
        case .activation(let problem): activation(problem)
        default: PlatformMessages.diagnostic(error)
        }
    }

    /// The directory of the socket is another group's than the socket.
    package static func directoryGroup(
        _ path: String, _ group: UInt32, _ expected: UInt32
    ) -> Message {
        Message(
            "the directory \(path) of the socket belongs to the group \(name(group)), so the members of \(name(expected)) cannot enter it",
            chinese:
                "套接字所在目录 \(path) 属于用户组 \(name(group))，因此 \(name(expected)) 的成员无法进入")
    }
    /// What to do about it.
    package static func directoryGroupRemedy(_ path: String, _ expected: UInt32) -> Message {
        Message(everywhere: "chgrp \(shell: name(expected)) \(shell: path)")
    }

    /// A group by name where there is one.
    private static func name(_ group: UInt32) -> String {
        ((try? Accounts.name(ofGroup: group)) ?? nil) ?? "\(group)"
    }

    private static func activation(_ problem: PlatformError.ActivationProblem) -> Diagnostic {
        let unit = Message(
            "look at the .socket unit of the service", chinese: "请检查服务的 .socket 单元")
        return switch problem {
        case .malformed:
            .error(
                Message("LISTEN_FDS is not a number", chinese: "LISTEN_FDS 不是数字"), hints: unit)
        case .count(let count):
            .error(
                Message(
                    "the service manager passed \(count) sockets; one is expected",
                    chinese: "服务管理器传入了 \(count) 个套接字；应为一个"), hints: unit)
        case .notListener:
            .error(
                Message(
                    "what the service manager passed is not a listening Unix stream socket",
                    chinese: "服务管理器传入的不是监听中的 Unix 流套接字"), hints: unit)
        case .openToEverybody(let path, let mode):
            .error(
                Message(
                    "the socket \(path) has mode \(mode: mode): everybody can connect",
                    chinese: "套接字 \(path) 的权限为 \(mode: mode)：任何人都能连接"),
                hints: Message(
                    "set SocketMode=0660 and SocketGroup= in the .socket unit",
                    chinese: "请在 .socket 单元中设置 SocketMode=0660 和 SocketGroup="))
        }
    }
}
