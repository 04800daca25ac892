import VaultEngine
import VaultPlatform

/// What a daemon can see of the machine under its vault and of its own set-up.
package struct MachineCheck: Sendable {
    /// What it looks at; what it does not find, is well.
    static let codes: [HealthCode] = [
        .diskLow, .runtimeFull, .asRoot, .socketOpen, .directoryOpen, .keyFileInside,
    ]

    private let data: DataDirectory
    private let socketPath: String
    private let isServiceOfRoot: Bool
    private let freeSpace: @Sendable (String) -> UInt64?

    /// A check of a data directory and the socket in front of it.
    ///
    /// - Parameters:
    ///   - isServiceOfRoot: whether a service manager started this process as root. Whoever starts a
    ///     daemon by hand as root knows it.
    ///   - freeSpace: bytes free on the file system of a path; nil if that cannot be told.
    package init(
        data: DataDirectory, socketPath: String,
        isServiceOfRoot: Bool = MachineCheck.isServiceOfRoot,
        freeSpace: @escaping @Sendable (String) -> UInt64? = MachineCheck.freeSpace
    ) {
        self.data = data
        self.socketPath = socketPath
        self.isServiceOfRoot = isServiceOfRoot
        self.freeSpace = freeSpace
    }

    /// Whether systemd started this process (`INVOCATION_ID`, systemd.exec(5)), and as root.
    package static var isServiceOfRoot: Bool {
        Accounts.effectiveUser == 0 && Environment.value("INVOCATION_ID") != nil
    }

    /// Bytes free for this user on the file system of a path (`statvfs`).
    package static let freeSpace: @Sendable (String) -> UInt64? = { path in
        (try? Files.freeSpace(path)).map { UInt64(clamping: $0) }
    }

    /// Bytes free where the vault's files lie; nil if that cannot be told.
    var diskFree: UInt64? { freeSpace(data.path) }

    /// Looks, and gives what is not well.
    ///
    /// - Parameter before: the colour of what was found last, so that a measure that wavers about its
    ///   bound does not come and go.
    func look(before: (HealthCode) -> HealthColour) -> [HealthFinding] {
        var found: [HealthFinding] = []
        if let free = diskFree {
            let colour = MachineLimits.disk.colour(free, before: before(.diskLow))
            if colour > .green {
                found.append(
                    HealthFinding(.diskLow, colour: colour, detail: data.path, value: free))
            }
        }
        if let free = freeSpace(Files.parent(of: socketPath)) {
            let colour = MachineLimits.runtime.colour(free, before: before(.runtimeFull))
            if colour > .green {
                found.append(
                    HealthFinding(.runtimeFull, colour: colour, detail: socketPath, value: free))
            }
        }
        if isServiceOfRoot { found.append(HealthFinding(.asRoot)) }
        if let node = try? Files.status(socketPath, followingLinks: false), node.mode & 0o007 != 0 {
            found.append(HealthFinding(.socketOpen, detail: socketPath))
        }
        // Refused at the start; somebody may have changed it since.
        if let directory = try? Files.status(data.path), directory.mode & 0o077 != 0 {
            found.append(HealthFinding(.directoryOpen, detail: data.path))
        }
        if let path = keyFile { found.append(HealthFinding(.keyFileInside, detail: path)) }
        return found
    }

    /// A key file among the vault's own files; nil if there is none.
    private var keyFile: String? {
        let names = (try? Files.list(data.path)) ?? []
        let databases = [data.store, data.log].map(Files.name(of:))
        let own =
            [data.header, data.reserve, data.lock].map(Files.name(of:))
            + databases.flatMap { [$0, "\($0)-wal", "\($0)-shm"] }
        for name in names.sorted() where !own.contains(name) {
            let path = Files.join(data.path, name)
            let bytes = try? Files.read(
                path, limit: MachineLimits.keyFileBytes, followingLinks: false)
            if bytes?.starts(with: MachineLimits.keyFileMark) == true { return path }
        }
        return nil
    }
}

/// From when on the machine is a finding.
enum MachineLimits {
    /// Bounds of free space in bytes.
    struct Space {
        let amber: UInt64
        let red: UInt64

        /// The colour of so much free space. A finding goes only a quarter above its bound.
        func colour(_ free: UInt64, before: HealthColour) -> HealthColour {
            func isBelow(_ bound: UInt64, _ colour: HealthColour) -> Bool {
                free < (before >= colour ? bound + bound / 4 : bound)
            }
            if isBelow(red, .red) { return .red }
            return isBelow(amber, .amber) ? .amber : .green
        }
    }

    /// Where the vault's files lie. Amber at 1 GiB: more than a year of an office of ten thousand
    /// people, whose files and entries take some 40 KiB each; half a minute of a batch at full speed.
    /// Red at twice the reserve, below which a reserve that was given back is not made anew.
    static let disk = Space(amber: 1 << 30, red: UInt64(2 * DaemonLimits.reserveBytes))
    /// Where the socket lies, and usually the logins of everybody: a login's file takes a page of
    /// 4 KiB, so 1 MiB holds those of 256 people. Red when not one fits.
    static let runtime = Space(amber: 1 << 20, red: 4 << 10)
    /// Between two looks, in seconds: a pager hears of a full disk in time, and a look takes some
    /// 50 µs.
    static let interval = 5
    /// The first line of a key file.
    static let keyFileMark = Array("CAREVAULT-SECRET-KEY-1\n".utf8)
    /// More than any key file.
    static let keyFileBytes = 512
}
