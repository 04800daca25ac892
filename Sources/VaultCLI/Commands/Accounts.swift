import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault principal show`.
struct PrincipalShowCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one principal with the statements about them and who signed these.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let named = try client.principal(principal)
        let reply = try client.read(DirectoryGetPrincipal.self, .init(principal: named.id))
        try client.show(text(reply, client), json: reply.json)
        return .success
    }

    private func text(_ reply: DirectoryGetPrincipal.Reply, _ client: Client) -> String {
        typealias Words = ClientDirectoryMessages
        let principal = reply.principal
        var fields = FieldList()
        fields.add(Words.name, stored: principal.name)
        fields.add(Words.identifier, stored: principal.id)
        fields.add(Words.uid, "\(principal.uid)")
        fields.add(Words.state, "\(Words.state(principal.state.rawValue))")
        fields.add(Words.roles, "\(TitleMessages.roles(principal.roles))")
        fields.add(Words.compartments, "\(TitleMessages.compartments(principal.compartments))")
        fields.add(ClientAccountMessages.unit, stored: principal.unit)
        fields.add(ClientAccountMessages.employer, stored: principal.employer)
        if let ends = principal.ends {
            fields.add(
                Words.ends, "\(ClientAccountMessages.end(ends, now: client.context.now()))")
        }
        if let words = principal.fingerprintWords {
            fields.add(ClientSessionMessages.fingerprint, stored: words.joined(separator: " "))
        }
        var table = Table([
            .init(ClientSessionMessages.statement, .trailing),
            .init(ClientAccountMessages.kind), .init(ClientAccountMessages.time),
            .init(ClientAccountMessages.signers),
        ])
        for statement in reply.statements {
            table.add(
                "\(statement.number)", "\(ClientAccountMessages.statement(statement.kind))",
                Listing.time(statement.time), Listing.phrase(statement.signers))
        }
        return fields.text(in: client.language) + "\n" + table.text(in: client.language)
    }
}

/// `carevault principal enable`.
struct PrincipalEnableCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Give a disabled account back; rights must be granted again. Operator.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryEnable.self) {
            .init(principal: principal.id, idempotency: $0)
        }
        try client.say(
            ClientAccountMessages.enabled(principal.name, statement: reply.statement),
            json: reply.json)
        return .success
    }
}

/// `carevault principal amend`.
struct PrincipalAmendCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Give a principal another name. Operator.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @Option(help: .init("The new name, unique in the vault.", valueName: "name"))
    var name: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryAmend.self) {
            .init(principal: principal.id, name: name, idempotency: $0)
        }
        try client.say(
            ClientAccountMessages.renamed(
                principal.name, to: name, statement: reply.statement),
            json: reply.json)
        return .success
    }
}

/// `carevault principal rebind`.
struct PrincipalRebindCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebind",
        abstract: "Bind a principal to another account of the machine; ends their logins. Operator."
    )

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @Option(
        name: .customLong("uid"),
        help: .init("New account of the person: a user name or a uid.", valueName: "user"))
    var user: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let uid = try AccountInput.uid(user)
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryRebind.self) {
            .init(principal: principal.id, uid: uid, idempotency: $0)
        }
        let done = ClientAccountMessages.rebound(
            principal.name, uid: uid, statement: reply.statement)
        let ended = ClientDirectoryMessages.sessionsEnded(reply.sessionsEnded)
        try client.say(Message("\(done); \(ended)", chinese: "\(done)；\(ended)"), json: reply.json)
        return .success
    }
}

/// `carevault principal leave`.
struct PrincipalLeaveCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Disable somebody who leaves and list what remains to do, and for whom. Operator."
    )

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryLeave.self) {
            .init(principal: principal.id, idempotency: $0)
        }
        try client.show(text(principal.name, reply, client), json: reply.json)
        return .success
    }

    private func text(
        _ name: String, _ reply: DirectoryLeave.Reply, _ client: Client
    ) -> String {
        typealias Words = ClientAccountMessages
        let language = client.language
        let done =
            reply.statement == nil
            ? Words.wasDisabled(name) : ClientDirectoryMessages.disabled(name)
        let ended = ClientDirectoryMessages.sessionsEnded(reply.sessionsEnded)
        var text =
            Message("\(done); \(ended)", chinese: "\(done)；\(ended)").text(in: language) + "\n"
        guard !reply.remaining.isEmpty else {
            return text + Words.nothingRemains.text(in: language) + "\n"
        }
        text += Words.remaining.text(in: language) + "\n"
        var table = Table([
            .init(Words.whose), .init(Words.task), .init(Words.about), .init(Words.how),
        ])
        for remainder in reply.remaining {
            table.add(
                "\(TitleMessages.role(remainder.role))", "\(Words.task(remainder.task))",
                about(remainder),
                "\(Words.remedy(remainder.task, name: name, items: remainder.items))")
        }
        return text + client.layout(table)
    }

    /// What a task is about; roles and compartments by their titles.
    private func about(_ remainder: WireRemainder) -> Phrase {
        switch remainder.task {
        case "compartment-keys": "\(TitleMessages.compartments(remainder.items))"
        case "grant": "\(TitleMessages.roles(remainder.items))"
        default: Listing.phrase(remainder.items)
        }
    }
}
