import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// `carevault grant`.
struct GrantCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract: "Give a principal roles. Custodian for care roles, auditor for the others.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @Option(
        name: .customLong("role"),
        help: .init("Role; may be given several times.", valueName: "role"))
    var roles: [String] = []

    @Option(
        name: .customLong("compartment"),
        help: .init(
            "Compartment (default: those that the roles work in); may be given several times.",
            valueName: "name"))
    var compartments: [String] = []

    @Option(help: .init("Organisational unit.", valueName: "name"))
    var unit: String?

    @Option(help: .init("Employer, if not the vault's own.", valueName: "name"))
    var employer: String?

    @Option(help: .init("Last day of the grant, such as 2027-12-31 (UTC).", valueName: "date"))
    var until: String?

    @Option(
        name: .customLong("words-file"),
        help: .init(
            "Read the person's twelve words from a file, - for standard input.",
            valueName: "file"))
    var wordsFile: String?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let roles = try parsedRoles()
        let compartments = try parsedCompartments(roles)
        let ends = try end()
        let principal = try client.listedPrincipal(principal)
        try check(principal, roles, compartments, ends, client)
        let words = try WordsInput(client: client).fingerprint(
            file: wordsFile, prompt: ClientDirectoryMessages.wordsPrompt(principal.name))
        let reply = try client.write(DirectoryGrant.self) {
            .init(
                principal: principal.id, roles: roles.map(\.rawValue),
                compartments: compartments.map(\.rawValue), unit: unit, employer: employer,
                ends: ends, fingerprintWords: words, idempotency: $0)
        }
        try client.say(
            ClientDirectoryMessages.granted(
                principal.name, roles: roles.map(\.rawValue),
                statement: reply.statement),
            json: reply.json)
        client.advise(Self.next(principal.name, roles))
        return .success
    }

    private static func next(_ name: String, _ roles: [Role]) -> Message {
        switch roles.first?.group {
        case .services: NextStepMessages.serviceGranted(name)
        case .care: NextStepMessages.granted(name, opensFiles: true)
        case .operators, .auditors, nil: NextStepMessages.granted(name, opensFiles: false)
        }
    }

    /// Refuses before anybody reads twelve words out in vain.
    private func check(
        _ principal: WirePrincipal, _ roles: [Role], _ compartments: [Compartment], _ ends: Int64?,
        _ client: Client
    ) throws(ClientError) {
        do throws(ClientError) {
            _ = try client.read(
                DirectoryCheckGrant.self,
                .init(
                    principal: principal.id, roles: roles.map(\.rawValue),
                    compartments: compartments.map(\.rawValue), unit: unit, employer: employer,
                    ends: ends))
        } catch {
            guard case .service(.conflict("state", _)) = error else { throw error }
            switch principal.state {
            case .enlisted: throw .input(.notEnrolled(principal.name))
            case .disabled: throw .input(.isDisabled(principal.name))
            case .enrolled, .granted: throw error
            }
        }
    }

    private func parsedRoles() throws(ClientError) -> [Role] {
        guard !roles.isEmpty else { throw .usage(.missing(option: "--role")) }
        var parsed: [Role] = []
        for typed in roles {
            guard let role = Typed.role(typed) else { throw .usage(.unknownRole(typed)) }
            if !parsed.contains(role) { parsed.append(role) }
        }
        return parsed.sorted()
    }

    private func parsedCompartments(_ roles: [Role]) throws(ClientError) -> [Compartment] {
        guard !compartments.isEmpty else {
            return Set(roles.flatMap(\.usualCompartments)).sorted()
        }
        var parsed: [Compartment] = []
        for typed in compartments {
            guard let compartment = Typed.compartment(typed) else {
                throw .usage(.unknownCompartment(typed))
            }
            if !parsed.contains(compartment) { parsed.append(compartment) }
        }
        return parsed.sorted()
    }

    /// The end of the day named, in microseconds since 1970 UTC.
    private func end() throws(ClientError) -> Int64? {
        guard let until else { return nil }
        guard let day = CalendarDate(until) else { throw .usage(.notADate(option: "--until")) }
        return (day.sinceEpoch + 1) * 86_400 * 1_000_000
    }
}

extension CalendarDate {
    /// Days since 1970-01-01: years are counted from March, so that leap days come last.
    fileprivate var sinceEpoch: Int64 {
        let years = Int64(month > 2 ? year : year - 1)
        let months = Int64(month > 2 ? month - 3 : month + 9)
        let leapDays = years / 4 - years / 100 + years / 400
        return years * 365 + leapDays + (153 * months + 2) / 5 + Int64(day) - 1 - 719_468
    }
}

extension Role {
    /// The compartments without which a role can do nothing.
    fileprivate var usualCompartments: [Compartment] {
        switch self {
        case .custodian: Compartment.allCases
        case .counsellor: [.registry, .counselling]
        case .caseworker: [.registry, .hardship]
        case .medicalOfficer: [.registry, .medical]
        case .approver: [.registry, .hardship, .medical]
        case .operator, .analyst, .auditor, .intake, .backup, .watch: []
        }
    }
}

/// `carevault revoke`.
struct RevokeCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take every grant of a principal back.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryRevoke.self) {
            .init(principal: principal.id, idempotency: $0)
        }
        let done = ClientDirectoryMessages.revoked(principal.name, statement: reply.statement)
        let ended = ClientDirectoryMessages.sessionsEnded(reply.sessionsEnded)
        try client.say(Message("\(done); \(ended)", chinese: "\(done)；\(ended)"), json: reply.json)
        if !reply.keysStayKnown.isEmpty {
            client.warn(
                ClientDirectoryMessages.keysStayKnown(reply.keysStayKnown))
        }
        return .success
    }
}
