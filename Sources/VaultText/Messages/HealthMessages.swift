/// What a health finding means and what to do about it: a sentence each. `detail` is what the
/// machine said: paths and codes.
package struct HealthMessages: Sendable {
    /// What was found.
    package let cause: Message
    /// What to do.
    package let remedy: Message

    /// The log cannot be written.
    package static func logUnavailable(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The audit log cannot be written, so nothing is read or changed: \(detail).",
                chinese: "审计日志无法写入，因此暂停一切读写：\(detail)。"),
            remedy: Message(
                "Free space on its disk, or repair the disk; the service resumes by itself.",
                chinese: "请腾出磁盘空间或修复磁盘；服务会自行恢复。"))
    }

    /// The store cannot be used.
    package static func storeUnavailable(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The store cannot be used: \(detail).", chinese: "存储无法使用：\(detail)。"),
            remedy: Message(
                "Free space on its disk, or repair the disk; if it stays so, restore a backup.",
                chinese: "请腾出磁盘空间或修复磁盘；若仍无法使用，请恢复备份。"))
    }

    /// Rows failed their check.
    package static func quarantine(_ detail: String) -> Self {
        Self(
            cause: Message(
                "A row fails its integrity check and is not shown: \(detail).",
                chinese: "有一行未通过完整性检查，不予显示：\(detail)。"),
            remedy: Message(
                "Check the disk, then restore the row's file from a backup.",
                chinese: "请检查磁盘，然后从备份恢复。"))
    }

    /// The store was edited behind the daemon's back.
    package static func storeDiffers(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The store does not hold what was committed to it: \(detail).",
                chinese: "存储内容与已提交的内容不符：\(detail)。"),
            remedy: Message(
                "Keep a copy of the files, then restore the vault's files together from a backup.",
                chinese: "请先保留文件副本，再从同一备份一并恢复保险库文件。"))
    }

    /// An unseal was refused because of what the files hold.
    package static func filesDamaged(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The vault was not opened: its files are damaged or of different days: \(detail).",
                chinese: "文件损坏或彼此不匹配，保险库未打开：\(detail)。"),
            remedy: Message(
                "Keep a copy of the files, put back those that belong together, then unseal.",
                chinese: "请先保留文件副本，放回彼此匹配的文件，然后解封。"))
    }

    /// Keys could be swapped out.
    package static func memoryNotLocked(_ detail: String) -> Self {
        Self(
            cause: Message(
                "Memory with keys is not locked and could be swapped out: \(detail).",
                chinese: "存有密钥的内存未锁定，可能被换出：\(detail)。"),
            remedy: Message(
                "Set LimitMEMLOCK=64M and MemorySwapMax=0 for the service.",
                chinese: "请为服务设置 LimitMEMLOCK=64M 和 MemorySwapMax=0。"))
    }

    /// A vault for demonstrations.
    package static let sharedUID = Self(
        cause: Message(
            "Several principals share one account, so the system cannot tell them apart.",
            chinese: "多个人员共用一个账户，系统无法区分他们。"),
        remedy: Message(
            "Use this vault for demonstrations only; make a real one without --shared-uid.",
            chinese: "此保险库仅供演示；正式使用请不带 --shared-uid 重新创建。"))

    /// No auditor has taken a checkpoint for long.
    package static func pinMissing(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The end of the audit log could be cut off unnoticed: \(detail).",
                chinese: "审计日志的末端可能被截断而无人察觉：\(detail)。"),
            remedy: Message(
                "An auditor runs carevault audit checkpoint and keeps the file elsewhere.",
                chinese: "请审计员执行 carevault audit checkpoint 并将文件保存在别处。"))
    }

    /// The vault closed itself.
    package static func sealedByItself(_ detail: String) -> Self {
        Self(
            cause: Message(
                "The vault sealed itself because its files failed a check: \(detail).",
                chinese: "文件未通过检查，保险库已自行封存：\(detail)。"),
            remedy: Message(
                "Find out what changed the files before unsealing; the daemon's log names them.",
                chinese: "解封前请查明何物改动了文件；守护进程日志中列有文件名。"))
    }
}
