import CPlatform
import Glibc

/// Users and groups of this machine, by the name service of the C library.
package enum Accounts {
    /// The uid that the kernel checks for this process.
    package static var effectiveUser: UInt32 { geteuid() }
    /// The uid that started this process.
    package static var realUser: UInt32 { getuid() }
    /// The gid that the kernel checks for this process.
    package static var effectiveGroup: UInt32 { getegid() }

    /// The supplementary gids of this process.
    package static func groups() throws(PlatformError) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 64)
        while true {
            let count = Int(
                try check(
                    .readAccount, "<own groups>", unsafe cp_own_groups(&groups, groups.count)))
            if count <= groups.count { return Array(groups.prefix(count)) }
            groups = [UInt32](repeating: 0, count: count)
        }
    }

    /// The name of a user; nil when there is none.
    package static func name(ofUser user: UInt32) throws(PlatformError) -> String? {
        try unsafe name("uid \(user)") { bytes, size in unsafe cp_user_name(user, bytes, size) }
    }

    /// The name of a group; nil when there is none.
    package static func name(ofGroup group: UInt32) throws(PlatformError) -> String? {
        try unsafe name("gid \(group)") { bytes, size in unsafe cp_group_name(group, bytes, size) }
    }

    /// The uid of a user.
    package static func user(named name: String) throws(PlatformError) -> UInt32 {
        var user: UInt32 = 0
        let result = unsafe cp_user_number(try whole(name), &user)
        if result == -ENOENT { throw .unknownUser(name: name) }
        try check(.readAccount, name, result)
        return user
    }

    /// The gid of a group.
    package static func group(named name: String) throws(PlatformError) -> UInt32 {
        var group: UInt32 = 0
        let result = unsafe cp_group_number(try whole(name), &group)
        if result == -ENOENT { throw .unknownGroup(name: name) }
        try check(.readAccount, name, result)
        return group
    }

    /// Longer than any name that `useradd` accepts.
    private static let longestName = 256

    private static func name(
        _ what: String, _ look: (UnsafeMutablePointer<CChar>, Int) -> Int32
    ) throws(PlatformError) -> String? {
        var bytes = [CChar](repeating: 0, count: longestName)
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return -ENOMEM }
            return unsafe look(start, buffer.count)
        }
        if result == -ENOENT { return nil }
        let length = Int(try check(.readAccount, what, result))
        return String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
