import VaultPlatform
package import VaultText

/// How something is on this machine. The raw value is the exit code of `carevaultd doctor` when nothing
/// is worse.
package enum CheckColour: Int, Sendable {
    /// Well.
    case green
    /// To be looked at.
    case amber
    /// The daemon would not start, or not be safe.
    case red
}

/// One thing that `carevaultd doctor` looked at.
package struct CheckResult: Sendable {
    /// Names it for programs; never changes its meaning.
    package let code: String
    /// How it is.
    package let colour: CheckColour
    /// What was found.
    package let finding: Message
    /// What to do; nil where all is well.
    package let remedy: Message?

    static func green(_ code: String, _ finding: Message) -> Self {
        Self(code: code, colour: .green, finding: finding, remedy: nil)
    }
    static func amber(_ code: String, _ finding: Message, _ remedy: Message) -> Self {
        Self(code: code, colour: .amber, finding: finding, remedy: remedy)
    }
    static func red(_ code: String, _ finding: Message, _ remedy: Message) -> Self {
        Self(code: code, colour: .red, finding: finding, remedy: remedy)
    }
}

/// Looks at a machine as the daemon would find it: what is missing, and what to do about it. Opens no
/// vault, needs no daemon, changes nothing.
package struct Checkup: Sendable {
    private let settings: Settings?
    private let problem: StartupError?
    private let weaknesses: [DaemonEvent]
    private let machine: MachineFacts

    /// A look at a machine.
    ///
    /// - Parameters:
    ///   - settings: those in force, or why they are refused.
    ///   - weaknesses: what the process could not give itself.
    package init(
        settings: Result<Settings, StartupError>, weaknesses: [DaemonEvent],
        machine: MachineFacts = MachineFacts()
    ) {
        switch settings {
        case .success(let settings): (self.settings, problem) = (settings, nil)
        case .failure(let error): (self.settings, problem) = (nil, error)
        }
        self.weaknesses = weaknesses
        self.machine = machine
    }

    /// Looks at everything, in the order in which things have to be put right.
    package func results() -> [CheckResult] {
        var results = [sodium, settingsFile, account]
        if let settings {
            results += group(settings)
            let data = DataDirectory(settings.text(.data) ?? "/")
            results += directory(data)
            results += sealKey(settings, data)
            results.append(socket(settings.text(.socket) ?? "/"))
        }
        results += [lockedMemory, swap, logins, clock]
        return results
    }

    /// libsodium is linked from the system: an old one lacks what is needed.
    private var sodium: CheckResult {
        let found = machine.sodium
        let isNew = MachineFacts.isAtLeast(found, MachineFacts.oldestSodium)
        return isNew
            ? .green("libsodium", DoctorMessages.sodium(found))
            : .red(
                "libsodium", DoctorMessages.sodium(found),
                DoctorMessages.sodiumRemedy(MachineFacts.oldestSodium))
    }

    private var settingsFile: CheckResult {
        if let problem {
            let diagnostic = problem.diagnostic
            return .red(
                "settings", diagnostic.message, diagnostic.hints.first ?? DoctorMessages.seeSettings
            )
        }
        guard let file = settings?.file else {
            return .green("settings", DoctorMessages.noSettings)
        }
        return .green("settings", DoctorMessages.settings(file))
    }

    private var account: CheckResult {
        let name = CreationOwner.standardName
        guard (try? Accounts.user(named: name)) != nil else {
            return .amber("account", DoctorMessages.noAccount(name), DoctorMessages.accountRemedy)
        }
        return .green("account", DoctorMessages.account(name))
    }

    private func group(_ settings: Settings) -> [CheckResult] {
        guard let name = settings.text(.group) else { return [] }
        guard let group = try? Accounts.group(named: name) else {
            let isOfCommandLine = settings.origin(.group) == .commandLine
            return [
                .red(
                    "group", DoctorMessages.noGroup(name, isOfCommandLine: isOfCommandLine),
                    DoctorMessages.groupRemedy(name))
            ]
        }
        let directory = Files.parent(of: settings.text(.socket) ?? "/")
        if let status = try? Files.status(directory), status.shutsOut(group: group) {
            return [
                .red(
                    "group", SocketMessages.directoryGroup(directory, status.group, group),
                    SocketMessages.directoryGroupRemedy(directory, group))
            ]
        }
        return [.green("group", DoctorMessages.group(name))]
    }

    private func socket(_ path: String) -> CheckResult {
        do throws(PlatformError) {
            _ = try UnixSocket.connect(path)
            return .green("socket", DoctorMessages.socket(path))
        } catch {
            switch error {
            case .system(_, _, .accessDenied):
                return .amber(
                    "socket", DoctorMessages.socketRefuses(path), DoctorMessages.joinGroup)
            case .system(_, _, .notFound), .system(_, _, .connectionRefused):
                return .amber(
                    "socket", DoctorMessages.noSocket(path), DoctorMessages.startService)
            default:
                let diagnostic = PlatformMessages.diagnostic(error)
                return .amber("socket", diagnostic.message, DoctorMessages.startService)
            }
        }
    }

    private var lockedMemory: CheckResult {
        for case .lockedMemoryLow(let limit, let wanted) in weaknesses {
            return .amber(
                "memlock", DoctorMessages.lockedMemory(limit >> 20),
                DoctorMessages.lockedMemoryRemedy(wanted >> 20))
        }
        return .green("memlock", DoctorMessages.lockedMemory(DaemonLimits.lockedMemory >> 20))
    }

    private var swap: CheckResult {
        machine.hasSwap
            ? .amber("swap", DoctorMessages.swap, DoctorMessages.swapRemedy)
            : .green("swap", DoctorMessages.noSwap)
    }

    /// Where clients keep their logins: either is enough.
    private var logins: CheckResult {
        let places = [machine.runtimeDirectory, "/run"].compactMap { $0 }
        for place in places where (try? Files.isOnMemory(place)) == true {
            return .green("logins", DoctorMessages.logins(place))
        }
        return .red("logins", DoctorMessages.noLogins, DoctorMessages.loginsRemedy)
    }

    private var clock: CheckResult {
        let data = settings?.text(.data).map { DataDirectory($0) }
        let newest = [data?.store, data?.log, data?.header].compactMap { $0 }
            .compactMap { try? Files.status($0).modified }.max()
        let now = machine.now
        guard now >= MachineFacts.oldestClock else {
            return .red("clock", DoctorMessages.clockBehind, DoctorMessages.clockRemedy)
        }
        if let newest, newest > now + MachineFacts.clockTolerance {
            return .red("clock", DoctorMessages.clockBehindFiles, DoctorMessages.clockRemedy)
        }
        return .green("clock", DoctorMessages.clock)
    }
}
