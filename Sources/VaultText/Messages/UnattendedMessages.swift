/// Why the service did not open its own seal at the start.
package enum UnattendedMessages {
    /// The key file may be changed or read by others.
    package static func mode(_ mode: UInt32) -> Message {
        Message(
            "mode \(mode: mode & 0o7777) instead of 0400",
            chinese: "权限为 \(mode: mode & 0o7777)，应为 0400")
    }

    /// Whoever has the disk would have the key to it.
    package static let insideData = Message(
        "the key file lies in the data directory", chinese: "密钥文件位于数据目录内")
    /// The secret opens no slot, or the account may not unseal.
    package static let refused = Message(
        "a wrong secret, or an account that may not unseal (init --unseal-uid)",
        chinese: "密钥错误，或该账户无权解封（init --unseal-uid）")
    /// The files do not open.
    package static let unavailable = Message(
        "the vault's files cannot be opened", chinese: "无法打开保险库的文件")
}
