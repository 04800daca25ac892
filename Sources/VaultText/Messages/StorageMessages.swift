/// What to say about databases that do not open or take nothing more.
package enum StorageMessages {
    private static let restore = Message("restore it from a backup", chinese: "请从备份恢复")

    /// The disk has no room.
    package static func full(_ path: String) -> Diagnostic {
        .error(
            Message("there is no space left for \(path)", chinese: "\(path) 所在磁盘已满"),
            hints: Message(
                "free some space: df -h \(shell: path)", chinese: "请腾出空间：df -h \(shell: path)"))
    }

    /// The contents are damaged.
    package static func damaged(_ path: String, detail: String) -> Diagnostic {
        .error(
            Message("\(path) is damaged (\(detail))", chinese: "\(path) 已损坏（\(detail)）"),
            hints: restore)
    }

    /// The system refused an operation.
    package static func unavailable(
        _ path: String, operation: String, code: Int32
    ) -> Diagnostic {
        .error(
            Message(
                "cannot \(operation) \(path) (database code \(code))",
                chinese: "无法对 \(path) 执行 \(operation)（数据库代码 \(code)）"),
            hints: Message(
                "check the disk and who may write there: ls -l \(shell: path)",
                chinese: "请检查磁盘和写入权限：ls -l \(shell: path)"))
    }

    /// Nobody knows whether a commit is done.
    package static func outcomeUnknown(_ path: String) -> Diagnostic {
        .error(
            Message(
                "a write to \(path) may or may not be done", chinese: "对 \(path) 的写入结果未知"),
            hints: Message(
                "start the daemon again; it finds out", chinese: "请重新启动守护进程；它会查明"))
    }

    /// Another process has the file.
    package static func locked(_ path: String) -> Diagnostic {
        .error(
            Message("another process uses \(path)", chinese: "另一个进程正在使用 \(path)"),
            hints: Message("find it: fuser \(shell: path)", chinese: "请查找：fuser \(shell: path)"))
    }

    /// There is a file already.
    package static func exists(_ path: String) -> Diagnostic {
        .error(
            Message("\(path) exists already", chinese: "\(path) 已存在"),
            hints: Message("give an empty directory", chinese: "请指定空目录"))
    }

    /// The file is something else.
    package static func foreign(_ path: String, detail: String) -> Diagnostic {
        .error(
            Message(
                "\(path) is not a file of this vault's kind (\(detail))",
                chinese: "\(path) 不是此类保险库文件（\(detail)）"),
            hints: Message(
                "give the right directory, or restore the file from a backup",
                chinese: "请指定正确的目录，或从备份恢复该文件"))
    }

    /// Cannot happen.
    package static let fault = Diagnostic.error(
        Message("the database was used wrongly: a fault of the program", chinese: "数据库使用有误：程序缺陷"))
}

/// What to say when the engine refuses the files of a vault.
package enum EngineMessages {
    /// The files do not fit together or are damaged. `remedy` is the engine's own sentence.
    package static func damaged(_ file: String, detail: String, remedy: String) -> Diagnostic {
        .error(
            Message(
                "\(file): \(detail)", chinese: "\(file)：文件损坏或与其他文件不匹配（\(detail)）"),
            hints: Message("\(remedy)", chinese: "请保留文件副本，再放回同一时刻的文件或恢复备份"))
    }

    /// The engine cannot work now.
    package static func unavailable(_ obstacle: ObstacleMessages, detail: String) -> Diagnostic {
        let diagnostic = Diagnostic.error(obstacle.cause, hints: obstacle.remedy)
        guard !detail.isEmpty else { return diagnostic }
        return diagnostic.adding(hint: ObstacleMessages.detail(detail))
    }

    /// A value that the vault does not take.
    package static func invalidArgument(_ name: String, _ problem: Message) -> Diagnostic {
        .error(Message("\(name): \(problem)", chinese: "\(name)：\(problem)"))
    }

    /// A fault of the program.
    package static func fault(_ reference: String) -> Diagnostic {
        .error(
            Message(
                "a fault of the program (\(reference))", chinese: "程序缺陷（\(reference)）"))
    }
}
