import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault watch`.
struct WatchCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show what changes, a line each, for a pager. Needs no login.",
        discussion: """
            First the present state, then each change of state and health at once. With a login as \
            operator, custodian or auditor also that people are locked out or refused, and acts such \
            as a disable: never names, never contents. A daemon that went away is said once, and so \
            is that it is back.
            """)

    @Flag(help: "Show the present state and end; exit with 6 when there is no daemon.")
    var once = false

    @OptionGroup var common: CommonOptions

    /// Without a line for so long the daemon is dead: two signs of life and a half, in seconds.
    private static let patience = 75
    /// Between two tries to find it again, in milliseconds.
    private static let pause: UInt32 = 1_000

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        var isLost = false
        var wasThere = false
        while true {
            do throws(ClientError) {
                try resume(client)
                try client.connect().follow(
                    VaultWatch.self, NoFields(), seconds: Self.patience
                ) { notice throws(ClientError) in
                    if isLost { try say("connection.back", .green, client) }
                    isLost = false
                    wasThere = true
                    if notice.kind != .alive || common.json {
                        try client.show(
                            WatchText.line(notice, client.language), json: notice.json)
                    }
                    return !(once && notice.kind == .alive)
                }
            } catch {
                // Never found, or not found any more.
                guard case .connection = error, wasThere, !once else { throw error }
            }
            if once { return .success }
            client.forgetConnection()
            if !isLost { try say("connection.lost", .red, client) }
            isLost = true
            Pause.milliseconds(Self.pause)
        }
    }

    /// Ties the connection to the login that is kept here, if it is alive: without one there is less
    /// to hear, and nothing is wrong.
    private func resume(_ client: Client) throws(ClientError) {
        do throws(ClientError) {
            _ = try client.loggedIn()
        } catch {
            switch error {
            case .loginNeeded, .noRuntimeDirectory, .service: break
            default: throw error
            }
        }
    }

    private func say(
        _ code: String, _ severity: WireHealth, _ client: Client
    ) throws(ClientError) {
        let time = client.context.now()
        try client.show(
            WatchText.line(
                time, ClientWatchMessages.colour(severity.rawValue), code,
                ClientWatchMessages.connection(code), client.language),
            json: .init([
                "time_us": .int(Int64(clamping: time)), "kind": "connection",
                "code": .string(code), "severity": .string(severity.rawValue),
            ]))
    }
}

/// A notice as a line for people.
enum WatchText {
    static func line(_ notice: VaultWatch.Reply, _ language: Language) -> String {
        typealias Words = ClientWatchMessages
        let sentence: Message =
            switch notice.kind {
            case .state: Words.state(notice.code)
            case .finding:
                notice.finding.map { StatusText.words(of: $0).cause }
                    ?? Message(verbatim: notice.code)
            case .cleared: Words.cleared
            case .people: Words.people(notice.code, count: notice.count ?? 1)
            case .alive: Words.alive
            }
        let line = line(
            UInt64(clamping: notice.time), Words.colour(notice.severity.rawValue), notice.code,
            notice.present ? Words.present(sentence) : sentence, language)
        guard notice.dropped > 0 else { return line }
        return Words.dropped(notice.dropped).text(in: language) + "\n" + line
    }

    static func line(
        _ time: UInt64, _ colour: Message, _ code: String, _ sentence: Message,
        _ language: Language
    ) -> String {
        let moment = TimeText.utc(microseconds: time)
        return Message(
            "\(moment) \(colour) \(code): \(sentence)",
            chinese: "\(moment) \(colour) \(code)：\(sentence)"
        ).text(in: language) + "\n"
    }
}
