import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// `carevault principal`.
struct PrincipalCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "principal", abstract: "The people and services who may log in.",
        subcommands: [
            PrincipalEnlistCommand.self, PrincipalListCommand.self, PrincipalShowCommand.self,
            PrincipalAmendCommand.self, PrincipalRebindCommand.self, PrincipalDisableCommand.self,
            PrincipalEnableCommand.self, PrincipalReEnlistCommand.self, PrincipalLeaveCommand.self,
        ])
}

/// `carevault principal enlist`.
struct PrincipalEnlistCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "enlist",
        abstract: "Enlist a member of staff; gives a one-time code to hand over. Operator.")

    @Argument(help: "Name, unique in the vault.")
    var name: String

    @Option(
        name: .customLong("uid"),
        help: .init("Account of the person: a user name or a uid.", valueName: "user"))
    var user: String

    @Flag(help: "A service, not a person: tells how it enrols with a key file.")
    var service = false

    @OptionGroup var code: CodeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let uid = try AccountInput.uid(user)
        try code.check()
        let reply = try client.write(DirectoryEnlist.self) {
            .init(name: name, uid: uid, idempotency: $0)
        }
        let title = ClientDirectoryMessages.enlisted(name, principal: reply.principal)
        try code.deliver(
            reply.code, expires: reply.expires, title: title,
            json: .init(["principal": .string(reply.principal), "name": .string(name)]), client)
        if service {
            client.note(ClientAccountMessages.serviceEnrols(name))
            client.note(ClientAccountMessages.serviceIsGranted)
        } else {
            client.adviseEnrolment(of: name)
        }
        return .success
    }
}

extension Client {
    /// Tells a person how somebody enrols who has a code now.
    fileprivate func adviseEnrolment(of name: String) {
        guard hasReader, let status = try? call(VaultGetStatus.self, NoFields()) else { return }
        advise(NextStepMessages.enlisted(name, isFounded: status.founded == true))
    }
}

/// `carevault principal list`.
struct PrincipalListCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every principal with roles and state.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let reply = try client.read(DirectoryListPrincipals.self, NoFields())
        typealias Words = ClientDirectoryMessages
        var table = Table([
            .init(Words.name), .init(Words.uid, .trailing), .init(Words.state),
            .init(Words.roles), .init(Words.compartments), .init(Words.ends),
            .init(Words.identifier),
        ])
        for principal in reply.principals {
            // The last day, as it is typed: the grant ends with it.
            let ends =
                principal.ends.map {
                    Phrase(
                        stored: String(
                            TimeText.utc(microseconds: UInt64(max(1, $0)) - 1).prefix(10)))
                } ?? "\(CommonMessages.absent)"
            table.add(
                Phrase(stored: principal.name), "\(principal.uid)",
                "\(Words.state(principal.state.rawValue))",
                "\(TitleMessages.roles(principal.roles))",
                "\(TitleMessages.compartments(principal.compartments))", ends,
                Phrase(stored: principal.id))
        }
        try client.show(client.layout(table), json: reply.json)
        return .success
    }
}

/// `carevault principal disable`.
struct PrincipalDisableCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Bar a principal and end their logins at once. Operator.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let principal = try client.principal(principal)
        let reply = try client.write(DirectoryDisable.self) {
            .init(principal: principal.id, idempotency: $0)
        }
        let done = ClientDirectoryMessages.disabled(principal.name)
        let ended = ClientDirectoryMessages.sessionsEnded(reply.sessionsEnded)
        try client.say(Message("\(done); \(ended)", chinese: "\(done)；\(ended)"), json: reply.json)
        return .success
    }
}

/// `carevault principal reenlist`.
struct PrincipalReEnlistCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "reenlist",
        abstract: "Give a principal a new one-time code; their key and grants end. Operator.")

    @Argument(help: "Name, identifier, or a beginning of it that is unique.")
    var principal: String

    @OptionGroup var code: CodeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        try code.check()
        let principal = try client.principal(principal)
        let reply: DirectoryReEnlist.Reply
        do throws(ClientError) {
            reply = try client.write(DirectoryReEnlist.self) {
                .init(principal: principal.id, idempotency: $0)
            }
        } catch {
            guard case .service(.conflict("state", _)) = error,
                let listed = try? client.listedPrincipal(principal.id), listed.state == .disabled
            else { throw error }
            throw .input(.isDisabled(listed.name))
        }
        try code.deliver(
            reply.code, expires: reply.expires,
            title: ClientDirectoryMessages.reenlisted(principal.name),
            json: .init(["principal": .string(principal.id)]), client)
        client.adviseEnrolment(of: principal.name)
        return .success
    }
}
