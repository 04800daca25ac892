/// What forms, their submission and the lists of one's own say.
package enum RecordFormMessages {
    /// A list of one's own is empty.
    package static let nothingLately = Message(
        "no files since the vault was unsealed; subject find finds people",
        chinese: "自保险库解封以来没有打开过档案；可用 subject find 查找")

    /// A registry record was amended.
    package static func subjectAmended(_ subject: String, version: Int64) -> Message {
        Message(
            "subject \(subject) now has version \(version)",
            chinese: "对象 \(subject) 现为版本 \(version)")
    }
}
