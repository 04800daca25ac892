import VaultPlatform

/// What the daemon says when it does not start, or does not make a vault.
package enum DaemonMessages {
    /// A new vault needs an empty directory.
    package static func directoryNotEmpty(_ path: String, found: String) -> Diagnostic {
        .error(
            Message(
                "\(path) is not empty (it holds \(found)), so no vault is made there",
                chinese: "\(path) 不是空目录（含有 \(found)），因此不会在此创建保险库"),
            hints: Message("give an empty directory with --data", chinese: "请用 --data 指定一个空目录"))
    }

    /// Files of a creation that was killed, and no header, which it writes last.
    package static func interruptedCreation(_ path: String, files: [String]) -> Diagnostic {
        let names = files.joined(separator: ", ")
        let remove = files.map { "./" + $0 }.joined(separator: " ")
        return .error(
            Message(
                "\(path) holds only what an interrupted carevaultd init leaves (\(names)) and no vault.json, so no vault is in it",
                chinese: "\(path) 中只有 carevaultd init 中断后留下的文件（\(names)），没有 vault.json，因此其中没有保险库"),
            hints: Message(
                "if no vault was ever in use there, remove them, then run carevaultd init again: cd \(shell: path) && rm \(remove)",
                chinese:
                    "如果那里从未使用过保险库，请删除这些文件后重新运行 carevaultd init：cd \(shell: path) && rm \(remove)"),
            Message(
                "if one was, remove nothing and restore vault.json from a backup",
                chinese: "如果使用过，请勿删除任何文件，并从备份恢复 vault.json"))
    }

    /// Something else stands at the path.
    package static func notADirectory(_ path: String) -> Diagnostic {
        .error(
            Message("\(path) is not a directory", chinese: "\(path) 不是目录"),
            hints: Message("give a directory with --data", chinese: "请用 --data 指定目录"))
    }

    /// Nothing is there.
    package static func noVault(_ path: String) -> Diagnostic {
        .error(
            Message("there is no vault in \(path)", chinese: "\(path) 中没有保险库"),
            hints: Message(
                "make one with carevaultd init --data \(shell: path) --operator NAME, or give the right directory",
                chinese:
                    "请用 carevaultd init --data \(shell: path) --operator 姓名 创建，或指定正确的目录"))
    }

    /// The header is missing beside other files.
    package static func unfinishedVault(_ path: String) -> Diagnostic {
        .error(
            Message(
                "\(path) holds files but no vault.json: the making of the vault was interrupted, or the file was removed",
                chinese: "\(path) 中有文件但没有 vault.json：保险库的创建被中断，或该文件被删除"),
            hints: Message(
                "if the vault was in use, restore vault.json from a backup; if not, empty the directory and run carevaultd init again",
                chinese: "如果保险库曾投入使用，请从备份恢复 vault.json；否则清空目录后重新运行 carevaultd init"))
    }

    /// The directory is another account's.
    package static func otherOwner(_ path: String, owner: UInt32) -> Diagnostic {
        let name = (try? Accounts.name(ofUser: owner)) ?? nil
        let account = name ?? "uid \(owner)"
        // An account without a name is nothing that runuser(1) takes.
        let start =
            name.map { "runuser -u \($0) --" }
            ?? "setpriv --reuid \(owner) --regid \(owner) --clear-groups --"
        return .error(
            Message(
                "\(path) belongs to \(account), and a vault is served by the account that owns it",
                chinese: "\(path) 属于 \(account)，保险库须由其所有者账户运行"),
            hints: Message(
                "an installed service: systemctl start carevaultd; by hand, as root: \(start) carevaultd run --data \(shell: path)",
                chinese:
                    "已安装的服务：systemctl start carevaultd；手动运行（以 root 执行）：\(start) carevaultd run --data \(shell: path)"
            ))
    }

    /// A database is missing beside the header.
    package static func missingFile(_ path: String) -> Diagnostic {
        .error(
            Message("\(path) is missing", chinese: "缺少 \(path)"),
            hints: Message(
                "restore it from a backup; the daemon never makes a new one in its place",
                chinese: "请从备份恢复；守护进程绝不会另建一个"))
    }

    /// The event loop did not take the socket.
    package static func socketNotListening(_ path: String) -> Diagnostic {
        .error(Message("cannot serve the socket \(path)", chinese: "无法使用套接字 \(path)"))
    }

    /// The build lacks the wiping `free`.
    package static let wipingFreeMissing = Diagnostic.error(
        Message(
            "memory would not be wiped when it is freed, so the daemon does not start",
            chinese: "释放内存时不会清除其内容，因此守护进程不启动"),
        hints: Message(
            "run the program as it was built, without LD_PRELOAD and other allocators",
            chinese: "请按原样运行程序，不要使用 LD_PRELOAD 或其他内存分配器"))

    /// Nobody could be shown the secrets.
    package static let noPlaceForSecrets = Diagnostic.error(
        Message(
            "there is no terminal to show the generated secrets at",
            chinese: "没有可显示所生成密钥的终端"),
        hints: Message(
            "run this in a terminal, or have them written with --seal-key-file and --operator-key-file",
            chinese: "请在终端中运行，或用 --seal-key-file 和 --operator-key-file 写入文件"))

    /// Wrong usage, which the argument parser found.
    package static func usage(_ text: String) -> Diagnostic {
        .error(
            ParserWords.message(text),
            hints: Message(
                "carevaultd help says how it is called", chinese: "carevaultd help 说明用法"))
    }
}
