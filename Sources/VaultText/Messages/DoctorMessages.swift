/// What `carevaultd doctor` finds on a machine, and what to do about it.
package enum DoctorMessages {
    // Programs and settings

    /// The library.
    package static func sodium(_ version: String) -> Message {
        Message("libsodium is \(version)", chinese: "libsodium 版本为 \(version)")
    }
    /// Too old.
    package static func sodiumRemedy(_ oldest: String) -> Message {
        Message(
            "install libsodium \(oldest) or later: apt-get install libsodium23",
            chinese: "请安装 libsodium \(oldest) 或更新版本：apt-get install libsodium23")
    }
    /// A file was read.
    package static func settings(_ file: String) -> Message {
        Message("the settings in \(file) are valid", chinese: "\(file) 中的设置有效")
    }
    /// There is none.
    package static let noSettings = Message(
        "there is no settings file; what is built in counts", chinese: "没有设置文件；采用内置值")
    /// Where no hint says more.
    package static let seeSettings = Message(
        "carevaultd settings explains every setting", chinese: "carevaultd settings 说明每个设置项")

    // Accounts

    /// The service's account.
    package static func account(_ name: String) -> Message {
        Message("the account \(name) is there", chinese: "账户 \(name) 已存在")
    }
    /// It is missing.
    package static func noAccount(_ name: String) -> Message {
        Message(
            "there is no account \(name) for the service", chinese: "没有供服务使用的账户 \(name)")
    }
    /// How to make it.
    package static let accountRemedy = Message(
        "scripts/install makes it, and so does the Debian package",
        chinese: "scripts/install 或 Debian 软件包会创建它")
    /// The group of the setting.
    package static func group(_ name: String) -> Message {
        Message("the group \(name) is there", chinese: "用户组 \(name) 已存在")
    }
    /// It is missing.
    package static func noGroup(_ name: String, isOfCommandLine: Bool) -> Message {
        isOfCommandLine
            ? Message(
                "--group names the group \(name), which is not there",
                chinese: "--group 指定的用户组 \(name) 不存在")
            : Message(
                "the settings name the group \(name), which is not there",
                chinese: "设置中的用户组 \(name) 不存在")
    }
    /// How to make it. A number is no name of a group.
    package static func groupRemedy(_ name: String) -> Message {
        name.allSatisfy(\.isNumber)
            ? Message(
                "give the group by its name; getent group lists them",
                chinese: "请用名称指定用户组；getent group 可列出用户组")
            : Message(everywhere: "groupadd --system \(shell: name)")
    }

    // The data directory

    /// A vault is there.
    package static func vault(_ path: String, owner: String) -> Message {
        Message(
            "a vault is in \(path), private to \(owner)",
            chinese: "\(path) 中有保险库，仅 \(owner) 可访问")
    }
    /// The directory is empty.
    package static func emptyData(_ path: String, owner: String) -> Message {
        Message(
            "\(path) is private to \(owner) and holds no vault yet",
            chinese: "\(path) 仅 \(owner) 可访问，尚无保险库")
    }
    /// Others cannot look.
    package static func closedData(_ path: String, owner: String) -> Message {
        Message(
            "\(path) is private to \(owner), so this account cannot look into it",
            chinese: "\(path) 仅 \(owner) 可访问，本账户无法查看")
    }
    /// Nothing is there.
    package static func noData(_ path: String) -> Message {
        Message("there is no directory \(path) yet", chinese: "尚无目录 \(path)")
    }
    /// How to make a vault.
    package static let makeVault = Message(
        "carevaultd init makes a vault", chinese: "carevaultd init 可创建保险库")
    /// Something else.
    package static func notDirectory(_ path: String) -> Message {
        Message("\(path) is not a directory", chinese: "\(path) 不是目录")
    }
    /// What to do about it.
    package static let chooseDirectory = Message(
        "set data to a directory, or say --data", chinese: "请将 data 设为目录，或使用 --data")
    /// Others can look in.
    package static func openData(_ path: String, mode: UInt32) -> Message {
        Message(
            "\(path) has mode \(mode: mode), so others than its owner can use it",
            chinese: "\(path) 的权限为 \(mode: mode)，所有者之外的账户可使用")
    }
    /// What to do about it.
    package static func closeData(_ path: String) -> Message {
        Message(everywhere: "chmod go= \(shell: path)")
    }
    /// A file is gone.
    package static func missing(_ file: String) -> Message {
        Message("\(file) is missing", chinese: "缺少 \(file)")
    }
    /// What to do about it.
    package static let restore = Message(
        "restore it from a backup; nothing else makes a new one",
        chinese: "请从备份恢复；没有其他方式可重建")
    /// A file of another account, or open.
    package static func strange(_ file: String, owner: String) -> Message {
        Message(
            "\(file) is not private to \(owner), so the daemon would not start",
            chinese: "\(file) 并非仅 \(owner) 可访问，守护进程将无法启动")
    }
    /// What to do about it.
    package static func strangeRemedy(_ file: String, owner: String) -> Message {
        Message(everywhere: "chown \(shell: owner): \(shell: file) && chmod go= \(shell: file)")
    }
    /// Only root sees it.
    package static let asRoot = Message(
        "run carevaultd doctor as root, or as the account of the service",
        chinese: "请以 root 或服务账户运行 carevaultd doctor")
    /// The free space.
    package static func disk(_ free: UInt64) -> Message {
        let size = SizeText.bytes(free)
        return Message(
            "\(size) are free where the vault lies", chinese: "保险库所在磁盘剩余 \(size)")
    }
    /// It cannot be told.
    package static func diskUnknown(_ path: String) -> Message {
        Message(
            "the free space of \(path) cannot be told", chinese: "无法得知 \(path) 的剩余空间")
    }
    /// What to do about it.
    package static let diskRemedy = Message(
        "free space, or move the vault to a larger disk", chinese: "请腾出空间，或将保险库移到更大的磁盘")
    /// Durable.
    package static let synchronised = Message(
        "the disk of the vault keeps what it acknowledges (fsync)",
        chinese: "保险库所在磁盘可保证写入持久（fsync）")
    /// It cannot be tried.
    package static let syncUnknown = Message(
        "whether the disk of the vault keeps what it acknowledges cannot be tried",
        chinese: "无法检验保险库所在磁盘的写入持久性")
    /// Not durable at all.
    package static func inMemory(_ path: String) -> Message {
        Message(
            "\(path) lies in memory: the vault would be gone with the next start of the machine",
            chinese: "\(path) 位于内存中：机器重启后保险库将丢失")
    }
    /// What to do about it.
    package static let moveData = Message(
        "set data to a directory on a disk, such as /var/lib/carevault",
        chinese: "请将 data 设为磁盘上的目录，例如 /var/lib/carevault")

    // The key file that opens the vault without a person

    /// It is as it must be.
    package static func sealKeyUsable(_ path: String) -> Message {
        Message("the seal key file \(path) can be used", chinese: "解封密钥文件 \(path) 可用")
    }
    /// What keeps it from opening the vault.
    package static func sealKey(_ path: String, _ cause: Message) -> Message {
        Message(
            "the seal key file \(path) opens nothing: \(cause)",
            chinese: "解封密钥文件 \(path) 无法解封：\(cause)")
    }
    /// It is not there.
    package static let sealKeyMissing = Message(
        "put the key file there, or set seal_key_file to null",
        chinese: "请放置密钥文件，或将 seal_key_file 设为 null")
    /// Open to others.
    package static func sealKeyMode(_ path: String) -> Message {
        Message(everywhere: "chmod 0400 \(shell: path)")
    }
    /// It lies beside what it opens.
    package static let sealKeyElsewhere = Message(
        "move it to another disk, and set seal_key_file to where it is then",
        chinese: "请将其移到另一块磁盘，并相应修改 seal_key_file")
    /// The service cannot read it.
    package static func sealKeyOwner(_ name: String) -> Message {
        Message("it does not belong to \(name)", chinese: "它不属于 \(name)")
    }
    /// What to do about it.
    package static func sealKeyGive(_ path: String, _ name: String) -> Message {
        Message(everywhere: "chown \(shell: name): \(shell: path)")
    }
    /// The account was not named when the vault was made.
    package static func mayNotUnseal(_ name: String, _ user: UInt32) -> Message {
        Message(
            "\(name) (uid \(user)) is not among the accounts that may unseal",
            chinese: "\(name)（uid \(user)）不在可解封的账户之列")
    }
    /// What to do about it.
    package static let mayNotUnsealRemedy = Message(
        "they are fixed when a vault is made (init --unseal-uid): a person unseals this one",
        chinese: "可解封的账户在创建保险库时确定（init --unseal-uid）：此保险库须由人解封")

    // The machine

    /// Somebody listens.
    package static func socket(_ path: String) -> Message {
        Message("\(path) answers", chinese: "\(path) 可连接")
    }
    /// This account may not.
    package static func socketRefuses(_ path: String) -> Message {
        Message("\(path) refuses this account", chinese: "\(path) 拒绝本账户连接")
    }
    /// What to do about it.
    package static let joinGroup = Message(
        "adduser NAME carevault-users, then log in to the machine anew",
        chinese: "adduser 账户名 carevault-users，然后重新登录本机")
    /// Nobody listens.
    package static func noSocket(_ path: String) -> Message {
        Message("nobody listens at \(path)", chinese: "\(path) 上无人监听")
    }
    /// What to do about it.
    package static let startService = Message(
        "systemctl start carevaultd, or carevaultd run",
        chinese: "systemctl start carevaultd，或 carevaultd run")
    /// How much may be locked.
    package static func lockedMemory(_ mebibytes: UInt64) -> Message {
        Message(
            "\(mebibytes) MiB of memory may be kept out of swap",
            chinese: "\(mebibytes) MiB 内存可锁定、不被换出")
    }
    /// Too little.
    package static func lockedMemoryRemedy(_ mebibytes: UInt64) -> Message {
        Message(
            "for a daemon started from here: ulimit -l \(mebibytes << 10); the unit of systemd says LimitMEMLOCK=\(mebibytes)M itself",
            chinese:
                "由此处启动守护进程时：ulimit -l \(mebibytes << 10)；systemd 单元已含 LimitMEMLOCK=\(mebibytes)M")
    }
    /// There is swap.
    package static let swap = Message(
        "memory of this machine may be written to swap", chinese: "本机内存可能被写入交换区")
    /// What to do about it.
    package static let swapRemedy = Message(
        "keys are locked in memory and the unit says MemorySwapMax=0; for a daemon started otherwise encrypt the swap, or swapoff -a",
        chinese: "密钥锁定于内存，且 systemd 单元含 MemorySwapMax=0；若以其他方式启动，请加密交换区或 swapoff -a")
    /// There is none.
    package static let noSwap = Message("there is no swap", chinese: "没有交换区")
    /// Where logins can be kept.
    package static func logins(_ place: String) -> Message {
        Message(
            "logins can be kept in \(place), which is in memory",
            chinese: "登录凭证可存放于 \(place)（位于内存）")
    }
    /// Nowhere.
    package static let noLogins = Message(
        "neither XDG_RUNTIME_DIR nor /run is in memory, so logins cannot be kept",
        chinese: "XDG_RUNTIME_DIR 和 /run 均不在内存中，无法存放登录凭证")
    /// What to do about it.
    package static let loginsRemedy = Message(
        "mount -t tmpfs -o mode=0755 tmpfs /run, or log in with a session that sets XDG_RUNTIME_DIR",
        chinese: "mount -t tmpfs -o mode=0755 tmpfs /run，或使用设置了 XDG_RUNTIME_DIR 的会话")
    /// The clock.
    package static let clock = Message("the clock is plausible", chinese: "时钟正常")
    /// Before this program was made.
    package static let clockBehind = Message(
        "the clock shows a time before this program was made", chinese: "时钟早于本程序的制作时间")
    /// Before the vault was last used.
    package static let clockBehindFiles = Message(
        "the clock shows a time before the vault was last written",
        chinese: "时钟早于保险库最后写入的时间")
    /// What to do about it.
    package static let clockRemedy = Message(
        "set the clock: timedatectl set-ntp true", chinese: "请校准时钟：timedatectl set-ntp true")

    // The report

    /// Green.
    package static let good = Message("ok", chinese: "正常")
    /// Amber.
    package static let doubtful = Message("look", chinese: "注意")
    /// Red.
    package static let bad = Message("bad", chinese: "故障")
    /// The line of a remedy.
    package static func todo(_ remedy: Message) -> Message {
        Message("do: \(remedy)", chinese: "处理：\(remedy)")
    }
    /// The last line.
    package static func summary(bad: Int, doubtful: Int) -> Message {
        switch (bad, doubtful) {
        case (0, 0): Message("nothing is missing", chinese: "一切就绪")
        case (0, _):
            Message("\(doubtful) to look at, none bad", chinese: "\(doubtful) 项需注意，无故障")
        default:
            Message("\(bad) bad, \(doubtful) to look at", chinese: "\(bad) 项故障，\(doubtful) 项需注意")
        }
    }
}
