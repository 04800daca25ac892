import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault shell`.
struct ShellCommand: ClientCommand, SeatTakingCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Work through many files in one login: find, open, add, back.",
        discussion: """
            Every command of carevault works inside, and short forms: help lists them. Names may be \
            typed here. Nothing that is typed is kept in a file. The screen locks by itself when \
            nobody types.
            """)

    @Option(
        name: .customLong("lock-after"),
        help: .init(
            "Lock the screen when nobody types for so many minutes, 1 to 240.",
            valueName: "minutes"))
    var lockAfter: Int64 = 10

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var secret: SecretOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let purpose = try Typed.purpose(purpose.purpose)
        let minutes = try Typed.number(lockAfter, "--lock-after", 1...240) ?? lockAfter
        guard client.context.isInteractive, let device = try? client.terminal() else {
            throw .usage(.shell(.noTerminal))
        }
        // Before anybody types a secret: is there a place for the login, and is the vault open?
        _ = try client.tokens()
        let state = try client.call(VaultGetStatus.self, NoFields()).state
        guard state == .unsealed else { throw .service(.sealed) }
        let seat = SeatTerminal(
            device, isCapable: client.terminalHasSecondScreen,
            tooLong: ClientShellMessages.pasteTooLong.text(in: client.language))
        defer { seat.leave() }
        client.stay(at: seat)
        let (session, isNew) = try logIn(client, purpose)
        let shell = Shell(client: client, seat: seat, session: session)
        shell.ownsLogin = isNew
        if let purpose { shell.purpose = PurposeOfUse(rawValue: purpose) }
        do { try Interrupts.hold() } catch { throw .platform(error) }
        seat.idle = IdleRule(milliseconds: Int32(minutes) * 60_000) {
            () throws(PlatformError) in try shell.lock()
        }
        // The rule holds the shell, which holds the seat.
        defer { seat.idle = nil }
        try greet(client, seat, session)
        try shell.run()
        try shell.tidy()
        if shell.ownsLogin { client.endLogin() }
        return .success
    }

    /// The login that is open here, or a new one.
    private func logIn(
        _ client: Client, _ purpose: String?
    ) throws(ClientError) -> (session: WireSessionInfo, isNew: Bool) {
        do throws(ClientError) {
            return (try client.describeLogin(), false)
        } catch {
            guard case .loginNeeded = error else { throw error }
        }
        var tries = 0
        while true {
            do throws(ClientError) {
                return (try Login(client: client).ask(secret.source, purpose: purpose), true)
            } catch {
                tries += 1
                guard secret.isTyped, error.isMendedByTypingTheSecretAgain, tries < Shell.tries
                else { throw error }
                client.warn(error.diagnostic)
            }
        }
    }

    private func greet(
        _ client: Client, _ seat: SeatTerminal, _ session: WireSessionInfo
    ) throws(ClientError) {
        client.note(
            ClientSessionMessages.loggedIn(
                session.name, roles: session.roles,
                idle: UInt64(max(0, session.idleExpires)),
                until: UInt64(max(0, session.expires)), now: client.context.now()))
        client.note(ClientShellMessages.howToBegin)
        if !seat.isCapable { client.warn(.warning(ClientShellMessages.plainTerminal)) }
    }
}
