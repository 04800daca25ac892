import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// The counsellor's seat: one login and one connection for many commands, until the person leaves.
///
/// What was typed and who was found stays in the memory of this process, in no file.
final class Shell {
    let client: Client
    let seat: SeatTerminal
    var place = ShellPlace()
    /// The purpose that counts where a command states none.
    var purpose: PurposeOfUse?
    /// Who sits here.
    var session: WireSessionInfo
    /// Whether the login is to end with the shell, which opened it.
    var ownsLogin = false
    /// Whether a line was done that may have shown something of a file.
    var hasShownFiles = false
    private var history: [String] = []

    /// Lines that the up key brings back.
    private static let historyLimit = 500

    init(client: Client, seat: SeatTerminal, session: WireSessionInfo) {
        self.client = client
        self.seat = seat
        self.session = session
        purpose = session.purpose.flatMap(PurposeOfUse.init(rawValue:))
    }

    /// What can be said here.
    var vocabulary: ShellVocabulary { ShellVocabulary(tree: client.commands) }

    /// Reads and does one line after another.
    /// - Throws: `ClientError.prompt` when the terminal fails.
    func run() throws(ClientError) {
        do throws(PlatformError) {
            while true {
                let typed = try seat.command(
                    prompt, history: history,
                    complete: {
                        ShellCompletion(place: self.place, vocabulary: self.vocabulary)($0)
                    })
                _ = Interrupts.take()
                switch typed {
                case .interrupted: continue
                case .endOfInput: return
                case .line(let line): guard try perform(line) else { return }
                }
            }
        } catch {
            // Who ends the input at the locked screen leaves.
            guard error != .endOfInput else { return }
            throw .prompt(.platform(error))
        }
    }

    /// Clears what was shown of files from the screen and the scroll-back, before the next person
    /// sits down.
    func tidy() throws(ClientError) {
        guard hasShownFiles else { return }
        do throws(PlatformError) {
            try seat.clear()
            try say(
                seat.isCapable ? ClientShellMessages.cleared : ClientShellMessages.cannotClear)
        } catch {
            throw .prompt(.platform(error))
        }
    }

    /// Who sits here, for what, and whose file is open, in at most half of the row.
    var prompt: String {
        var parts = [VisibleText.line(session.name)]
        if let purpose { parts.append(purpose.name(in: client.language)) }
        if let name = place.person?.name { parts.append(FittedText.cut(name, to: 12)) }
        while parts.count > 1,
            DisplayWidth.of(parts.joined(separator: " ")) + 2 > seat.columns / 2
        {
            // First the file, then the name of who knows it anyway.
            parts.remove(at: parts.count > 2 ? 2 : 0)
        }
        return parts.joined(separator: " ") + "> "
    }

    /// Shows something on the screen, not on standard output.
    func say(_ message: Message) throws(PlatformError) {
        try seat.write(message.text(in: client.language) + "\n")
    }

    private func remember(_ line: String) {
        guard line.contains(where: { !$0.isWhitespace }), history.last != line else { return }
        history.append(line)
        if history.count > Self.historyLimit { history.removeFirst() }
    }

    /// Does what a line asks for.
    /// - Returns: whether the shell goes on.
    private func perform(_ line: String) throws(PlatformError) -> Bool {
        remember(line)
        client.answerAsAtFirst()
        let action: ShellAction
        do {
            action = try ShellReader(place: place, vocabulary: vocabulary).read(line)
        } catch {
            refuse(error, [])
            return true
        }
        if action.mayShowFiles { hasShownFiles = true }
        switch action {
        case .nothing: break
        case .leave: return false
        case .lock: try lock()
        case .clear: try seat.clear()
        case .help(let path): try help(path)
        case .purpose(let typed): try attempt { () throws(ClientError) in try change(typed) }
        case .find(let command, let text, let isStated):
            guard try hasPurpose(command.purpose.purpose) else { break }
            try attempt { () throws(ClientError) in try find(command, text, isStated) }
        case .mine(let command):
            guard try hasPurpose(command.purpose.purpose) else { break }
            try attempt { () throws(ClientError) in try mine(command) }
        case .openPerson(let person):
            try attempt { () throws(ClientError) in try open(person) }
        case .openSubject(let typed):
            guard try hasPurpose(nil) else { break }
            try attempt { () throws(ClientError) in try open(subject: typed) }
        case .openRecord(let record):
            try attempt { () throws(ClientError) in try open(record) }
        case .list(let command): try attempt { () throws(ClientError) in try list(command) }
        case .more: try attempt { () throws(ClientError) in try more() }
        case .listFound: showFound()
        case .back: try attempt { () throws(ClientError) in try back() }
        case .command(let words): try perform(words)
        }
        return true
    }

    /// Does an ordinary command with the connection and the login of the shell.
    func perform(_ words: [String]) throws(PlatformError) {
        let words = LeadingOptions.movedBack(words)
        do {
            if let names = CommandLineWords.helpRequest(words) { return try page(names) }
            var parsed = try parse(words)
            guard let command = parsed as? any ClientCommand else {
                // The parser's own: what it tells of its commands.
                guard parsed is any ClientCommandGroup else { return try parsed.run() }
                return try page(words)
            }
            guard !(command is any SeatTakingCommand) else {
                throw ClientError.usage(.shell(.nested))
            }
            try adopt(command.common)
            if command.lacksPurpose {
                guard try hasPurpose(nil) else { return }
                return try perform(words)
            }
            try perform(command)
        } catch let error as PlatformError {
            throw error
        } catch {
            refuse(error, words)
        }
    }

    /// Does a parsed command; then what is on the screen of the open person follows.
    private func perform(_ command: any ClientCommand) throws(PlatformError) {
        if let command = command as? SubjectAddCommand { return try add(command) }
        let subject = (command as? any NamedByNumber)?.written
        let person = subject.flatMap(place.known)
        // Whose file it is stands above every form.
        if let person { client.note(ClientShellMessages.about(tables.row(person))) }
        let isDone = try attempt { () throws(ClientError) in _ = try command.perform(client) }
        guard isDone, let person else { return }
        place.isStale = true
        guard command is SubjectAmendCommand else { return }
        try attempt { () throws(ClientError) in try renew(person) }
    }

    /// Adds a person, whose file is open then.
    private func add(_ command: SubjectAddCommand) throws(PlatformError) {
        var added: String?
        try attempt { () throws(ClientError) in added = try command.add(client).subject }
        guard let added else { return }
        try attempt { () throws(ClientError) in try open(subject: added) }
    }

    /// Parses an ordinary command, numbers replaced, the purpose of the shell added where it takes
    /// one and states none.
    private func parse(_ words: [String]) throws -> any ParsableCommand {
        var command = try client.commands.parse(words)
        if let purpose, command.lacksPurpose {
            command = try client.commands.parse(
                LeadingOptions.movedBack(["--purpose", purpose.rawValue] + words))
        }
        if var named = command as? any NamedByNumber & ParsableCommand {
            try named.resolve(place)
            return named
        }
        return command
    }

    /// Takes over how a command is to be answered.
    func adopt(_ options: CommonOptions) throws(ClientError) {
        guard options.socket == nil || options.socket == client.socketPath else {
            throw .usage(.shell(.otherSeat(option: "--socket")))
        }
        guard options.login == nil || options.login == session.name else {
            throw .usage(.shell(.otherSeat(option: "--login")))
        }
        try client.answer(json: options.json, language: options.language)
    }

    /// Says why a line cannot be done; shows help where that was asked for.
    private func refuse(_ error: any Error, _ words: [String]) {
        if let error = error as? ClientError {
            client.warn(error.diagnostic)
        } else if let line = error as? UnparsedShellLine {
            refuse(line.error, line.words)
        } else {
            ClientHelp(
                commands: client.commands, context: client.context, usual: client.language
            ).refuse(error, words)
        }
    }
}

extension ParsableCommand {
    /// Whether the command takes a purpose and states none.
    fileprivate var lacksPurpose: Bool {
        Mirror(reflecting: self).children.contains { child in
            (child.value as? OptionGroup<PurposeOption>).map { $0.wrappedValue.purpose == nil }
                ?? false
        }
    }
}
