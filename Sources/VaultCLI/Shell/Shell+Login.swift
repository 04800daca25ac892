import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

extension ClientError {
    /// Whether a secret that was mistyped can be typed again.
    var isMendedByTypingTheSecretAgain: Bool {
        switch self {
        case .service(.wrongSecret), .input(.wordCount), .input(.unknownWord), .input(.notText),
            .input(.empty), .input(.notAKeyFile), .platform:
            true
        default: false
        }
    }
}

extension Shell {
    /// How often a secret may be mistyped before a command is given up.
    static let tries = 3

    /// Runs a body. When the login is over it asks for the secret and runs the body again, so that
    /// nothing has to be typed twice; everything else that fails is told.
    /// - Returns: whether the body was done.
    @discardableResult
    func attempt(_ body: () throws(ClientError) -> Void) throws(PlatformError) -> Bool {
        client.refresh()
        for _ in 0..<Self.tries {
            do throws(ClientError) {
                try body()
                return true
            } catch {
                // ^C gave it up; the connection was cut for that.
                if Interrupts.take() {
                    client.forgetConnection()
                    try say(ClientShellMessages.interrupted)
                    return false
                }
                guard error.isMendedByLogin else {
                    tell(error)
                    return false
                }
                try say(ClientShellMessages.loginOver(error.reasonOfLapse))
                guard try logInAgain() else { return false }
            }
        }
        return false
    }

    /// Whether there is a purpose, of the command or of the shell; asks for that of the shell where
    /// there is none, because nothing can be opened without and nobody should find that out after
    /// a page of typing.
    func hasPurpose(_ stated: String?) throws(PlatformError) -> Bool {
        guard stated == nil, purpose == nil else { return true }
        let names = PurposeOfUse.allCases.map { $0.name(in: client.language) }
        try say(ClientShellMessages.whichPurpose(names.joined(separator: ", ")))
        while true {
            let question = ClientShellMessages.purposeQuestion.text(in: client.language)
            let typed = try seat.command(question, history: []) { before in
                let found = names.filter { $0.hasPrefix(before) }
                return found.isEmpty ? nil : LineCompletion(typed: before, candidates: found)
            }
            guard case .line(let line) = typed, line.contains(where: { !$0.isWhitespace }) else {
                _ = Interrupts.take()
                try say(ClientShellMessages.interrupted)
                return false
            }
            let name = line.filter { !$0.isWhitespace }
            purpose = PurposeOfUse(typed: name)
            if purpose != nil { return true }
            client.warn(UsageProblem.unknownPurpose(name).diagnostic)
        }
    }

    private func tell(_ error: ClientError) {
        var diagnostic = error.diagnostic
        switch error {
        case .service(.purposeNeeded):
            diagnostic = diagnostic.adding(hint: ClientShellMessages.changePurpose)
        case .service(.sealed), .connection(.lost), .connection(.unreachable):
            diagnostic = diagnostic.adding(hint: ClientShellMessages.againLater)
        default: break
        }
        client.warn(diagnostic)
    }

    /// Asks for the secret of the person who sits here.
    /// - Returns: whether the login is open.
    private func logInAgain() throws(PlatformError) -> Bool {
        for _ in 0..<Self.tries {
            do throws(ClientError) {
                session = try Login(client: client).ask(purpose: purpose?.rawValue)
                ownsLogin = true
                return true
            } catch {
                if Interrupts.take() || error == .prompt(.platform(.endOfInput)) {
                    try say(ClientShellMessages.interrupted)
                    return false
                }
                client.warn(error.diagnostic)
                guard error.isMendedByTypingTheSecretAgain else { return false }
            }
        }
        return false
    }

    /// Clears the screen, ends the login, and goes on only when the secret was typed.
    ///
    /// The login ends, because its token would open the files to whoever uses this account
    /// meanwhile. What is being typed stays in memory.
    /// - Throws: `endOfInput` when the person leaves instead; in the middle of a text only who was
    ///   told that it is lost.
    func lock() throws(PlatformError) {
        try seat.clear()
        client.endLogin()
        if !seat.isCapable { try say(ClientShellMessages.cannotClear) }
        try say(ClientShellMessages.locked(session.name))
        var isWarned = false
        while true {
            _ = Interrupts.take()
            do throws(ClientError) {
                session = try Login(client: client).ask(purpose: purpose?.rawValue)
                break
            } catch {
                switch error {
                case .prompt(.platform(.endOfInput)):
                    guard seat.isAnswering, !isWarned else {
                        seat.abandon()
                        throw .endOfInput
                    }
                    isWarned = true
                    try say(ClientShellMessages.leavingLosesText)
                case .prompt(.platform(.interrupted)): isWarned = false
                default:
                    isWarned = false
                    client.forgetConnection()
                    client.warn(error.diagnostic)
                }
            }
        }
        ownsLogin = true
        try seat.clear()
        try say(ClientShellMessages.unlocked)
    }
}

extension ClientError {
    fileprivate var isMendedByLogin: Bool {
        switch self {
        case .loginNeeded, .service(.loginNeeded), .service(.staleSession): true
        default: false
        }
    }

    fileprivate var reasonOfLapse: String {
        switch self {
        case .loginNeeded(.stale(let reason)), .service(.loginNeeded(let reason)): reason
        case .service(.staleSession): "stale"
        default: "none"
        }
    }
}
