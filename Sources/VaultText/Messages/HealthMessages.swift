/// What a health finding means and what to do about it: a sentence each, by its stable code, so that a
/// client says it in the language of its reader.
package struct HealthMessages: Sendable {
    /// What was found.
    package let cause: Message
    /// What to do.
    package let remedy: Message

    /// The sentences of a code; nil for one that this program does not know, such as of a newer daemon.
    ///
    /// - Parameters:
    ///   - code: the stable code.
    ///   - detail: what the machine said: a path, a name, an error.
    ///   - value: the measure in the unit of the code.
    package init?(code: String, detail: String?, value: UInt64?) {
        guard let topic = HealthTopic(rawValue: code) else { return nil }
        self = topic.messages(detail ?? "", value ?? 0)
    }

    init(_ cause: Message, _ remedy: Message) {
        self.cause = cause
        self.remedy = remedy
    }
}

/// The codes that this program has sentences for.
package enum HealthTopic: String, CaseIterable, Sendable {
    case logUnavailable = "log.unavailable"
    case storeUnavailable = "store.unavailable"
    case quarantine = "row.quarantined"
    case storeDiffers = "store.differs"
    case filesDamaged = "files.damaged"
    case sealedByItself = "vault.sealed-itself"
    case diskLow = "disk.low"
    case runtimeFull = "runtime.full"
    case clockBack = "clock.back"
    case logUnpinned = "log.unpinned"
    case keyOld = "key.old"
    case foundingWaiting = "founding.waiting"
    case unattendedFailed = "start.unattended"
    case memoryNotLocked = "settings.memory"
    case sharedUID = "settings.shared-uid"
    case asRoot = "settings.root"
    case socketOpen = "settings.socket"
    case directoryOpen = "settings.directory"
    case keyFileInside = "settings.key-file"

    fileprivate func messages(_ detail: String, _ value: UInt64) -> HealthMessages {
        switch self {
        case .logUnavailable: .logUnavailable(detail)
        case .storeUnavailable: .storeUnavailable(detail)
        case .quarantine: .quarantine(detail)
        case .storeDiffers: .storeDiffers(detail)
        case .filesDamaged: .filesDamaged(detail)
        case .sealedByItself: .sealedByItself(detail)
        case .diskLow: .diskLow(detail, free: value)
        case .runtimeFull: .runtimeFull(detail, free: value)
        case .clockBack: .clockBack(seconds: value)
        case .logUnpinned: .logUnpinned(days: detail, entries: value)
        case .keyOld: .keyOld(days: value)
        case .foundingWaiting: .foundingWaiting(days: value)
        case .unattendedFailed: .unattendedFailed(detail)
        case .memoryNotLocked: .memoryNotLocked(detail)
        case .sharedUID: .sharedUID
        case .asRoot: .asRoot
        case .socketOpen: .socketOpen(detail)
        case .directoryOpen: .directoryOpen(detail)
        case .keyFileInside: .keyFileInside(detail)
        }
    }
}

// The vault's files.
extension HealthMessages {
    fileprivate static func logUnavailable(_ detail: String) -> Self {
        Self(
            Message(
                "The audit log cannot be written, so nothing is read or changed: \(detail).",
                chinese: "审计日志无法写入，因此暂停一切读写：\(detail)。"),
            Message(
                "Free space on its disk, or repair the disk; the service resumes by itself.",
                chinese: "请腾出磁盘空间或修复磁盘；服务会自行恢复。"))
    }

    fileprivate static func storeUnavailable(_ detail: String) -> Self {
        Self(
            Message(
                "The store cannot be used: \(detail).", chinese: "存储无法使用：\(detail)。"),
            Message(
                "Free space on its disk, or repair the disk; if it stays so, restore a backup.",
                chinese: "请腾出磁盘空间或修复磁盘；若仍无法使用，请恢复备份。"))
    }

    fileprivate static func quarantine(_ detail: String) -> Self {
        Self(
            Message(
                "A row fails its integrity check and is not shown: \(detail).",
                chinese: "有一行未通过完整性检查，不予显示：\(detail)。"),
            Message(
                "Check the disk, then restore the row's file from a backup.",
                chinese: "请检查磁盘，然后从备份恢复。"))
    }

    fileprivate static func storeDiffers(_ path: String) -> Self {
        Self(
            Message(
                "The store does not hold what was committed to it: \(path).",
                chinese: "存储内容与已提交的内容不符：\(path)。"),
            Message(
                "Keep a copy of the files, then restore the vault's files together from a backup.",
                chinese: "请先保留文件副本，再从同一备份一并恢复保险库文件。"))
    }

    fileprivate static func filesDamaged(_ detail: String) -> Self {
        Self(
            Message(
                "The vault was not opened: its files are damaged or of different days: \(detail).",
                chinese: "文件损坏或彼此不匹配，保险库未打开：\(detail)。"),
            Message(
                "Keep a copy of the files, put back those that belong together, then unseal.",
                chinese: "请先保留文件副本，放回彼此匹配的文件，然后解封。"))
    }

    fileprivate static func sealedByItself(_ detail: String) -> Self {
        Self(
            Message(
                "The vault sealed itself because its files failed a check: \(detail).",
                chinese: "文件未通过检查，保险库已自行封存：\(detail)。"),
            Message(
                "Find out what changed the files before unsealing; the daemon's log names them.",
                chinese: "解封前请查明何物改动了文件；守护进程日志中列有文件名。"))
    }
}

// The machine.
extension HealthMessages {
    fileprivate static func diskLow(_ path: String, free: UInt64) -> Self {
        let size = SizeText.bytes(free)
        return Self(
            Message(
                "Only \(size) are free where \(path) lies; when it is full, nothing is read or changed.",
                chinese: "\(path) 所在磁盘仅剩 \(size)；写满后将暂停一切读写。"),
            Message(
                "Free space on that disk, or move the data directory to a larger one.",
                chinese: "请腾出该磁盘的空间，或将数据目录移到更大的磁盘。"))
    }

    fileprivate static func runtimeFull(_ path: String, free: UInt64) -> Self {
        let size = SizeText.bytes(free)
        return Self(
            Message(
                "Only \(size) are free where the socket \(path) lies; logins cannot be kept there.",
                chinese: "套接字 \(path) 所在的文件系统仅剩 \(size)，无法保存登录。"),
            Message(
                "Remove what fills it: df and du show what; a restart of the machine empties it.",
                chinese: "请用 df 和 du 查明并清理占用；重启机器也会清空它。"))
    }

    fileprivate static func clockBack(seconds: UInt64) -> Self {
        let span = TimeText.duration(seconds: seconds)
        return Self(
            Message(
                "The clock is \(span) behind the newest time seen; times in the log and ends of grants rest on it.",
                chinese: "时钟比已见过的最新时间慢 \(span)；日志时间和授权期限均以时钟为准。"),
            Message(
                "Set the clock right, with timedatectl; if it had run ahead before, this ends by itself.",
                chinese: "请用 timedatectl 校正时钟；若此前走快，届时会自行恢复。"))
    }
}

// What people have to do.
extension HealthMessages {
    fileprivate static func logUnpinned(days: String, entries: UInt64) -> Self {
        Self(
            Message(
                "The end of the audit log could be cut off unnoticed: no auditor has taken a checkpoint for \(days) days (\(entries) entries).",
                chinese: "审计日志的末端可能被截断而无人察觉：审计员已 \(days) 天未取走检查点（\(entries) 条）。"),
            Message(
                "An auditor runs carevault audit checkpoint and keeps the file elsewhere.",
                chinese: "请审计员执行 carevault audit checkpoint 并将文件保存在别处。"))
    }

    fileprivate static func keyOld(days: UInt64) -> Self {
        Self(
            Message(
                "The storage key has been in use for \(days) days.",
                chinese: "存储密钥已使用 \(days) 天。"),
            Message(
                "An operator runs carevault key rotate storage start, once a year.",
                chinese: "请操作员每年执行一次 carevault key rotate storage start。"))
    }

    fileprivate static func foundingWaiting(days: UInt64) -> Self {
        Self(
            Message(
                "The vault was made \(days) days ago and is not founded; no files can be opened.",
                chinese: "保险库创建已 \(days) 天仍未创立，无法打开任何档案。"),
            Message(
                "Custodian and auditor each run carevault found.",
                chinese: "请档案主管和审计员各执行 carevault found。"))
    }
}

// How the service is set up.
extension HealthMessages {
    fileprivate static func memoryNotLocked(_ detail: String) -> Self {
        Self(
            Message(
                "Memory with keys is not locked and could be swapped out: \(detail) is too low.",
                chinese: "存有密钥的内存未锁定，可能被换出：\(detail) 过低。"),
            Message(
                "Set LimitMEMLOCK=64M and MemorySwapMax=0 for the service.",
                chinese: "请为服务设置 LimitMEMLOCK=64M 和 MemorySwapMax=0。"))
    }

    fileprivate static let sharedUID = Self(
        Message(
            "Several principals share one account, so the system cannot tell them apart.",
            chinese: "多个人员共用一个账户，系统无法区分他们。"),
        Message(
            "Use this vault for demonstrations only; make a real one without --shared-uid.",
            chinese: "此保险库仅供演示；正式使用请不带 --shared-uid 重新创建。"))

    fileprivate static let asRoot = Self(
        Message(
            "The service runs as root, so a fault in it would have the whole machine.",
            chinese: "服务以 root 身份运行，一旦有缺陷将危及整台机器。"),
        Message(
            "Give it an account of its own: User= in its unit, and hand the data directory to it.",
            chinese: "请在单元文件中用 User= 为其指定专用账户，并将数据目录交给该账户。"))

    fileprivate static func socketOpen(_ path: String) -> Self {
        Self(
            Message(
                "Everybody on this machine may connect to \(path), not the staff alone.",
                chinese: "本机任何人都可连接 \(path)，而不仅是工作人员。"),
            Message(
                "Give it mode 0660 and a group that only staff are in: SocketMode= and SocketGroup= in the unit.",
                chinese: "请在单元文件中用 SocketMode= 和 SocketGroup= 设为 0660 及仅含工作人员的组。"))
    }

    fileprivate static func directoryOpen(_ path: String) -> Self {
        Self(
            Message(
                "Others than the service may reach \(path); the daemon will not start again like this.",
                chinese: "服务之外的账户可访问 \(path)；如此守护进程将无法再次启动。"),
            Message(
                "Take it back: chmod go= \(shell: path), and find out who changed it.",
                chinese: "请收回权限：chmod go= \(shell: path)，并查明何人更改。"))
    }

    fileprivate static func keyFileInside(_ path: String) -> Self {
        Self(
            Message(
                "A key file lies in the data directory: \(path); whoever has the disk has the key to it.",
                chinese: "数据目录中有密钥文件：\(path)；取得磁盘者即取得钥匙。"),
            Message(
                "Move it to something that is taken out, or off this machine, and overwrite it here.",
                chinese: "请将其移到可取出的介质或另一台机器，并覆盖此处的文件。"))
    }

    fileprivate static func unattendedFailed(_ path: String) -> Self {
        Self(
            Message(
                "The service could not unseal the vault at its start with \(path).",
                chinese: "服务启动时未能用 \(path) 解封保险库。"),
            Message(
                "Unseal it by hand: carevault unseal. The daemon's log says what is wrong with the file; this ends when the file would unseal the vault, for a credential of systemd with the next start.",
                chinese:
                    "请手动解封：carevault unseal。守护进程日志说明该文件的问题；该文件能解封保险库后，此项自行消失；若为 systemd 凭据，则在下次启动后消失。"
            ))
    }
}
