import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault unseal`.
struct UnsealCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal", abstract: "Open the storage lock with the secret of a slot.")

    @OptionGroup var secret: SecretOptions
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        // Before anybody types a secret: is it needed at all?
        if try client.call(VaultGetStatus.self, NoFields()).state == .unsealed {
            try client.say(
                ClientStatusMessages.wasUnsealed,
                json: .init(["state": "unsealed", "changed": false]))
            return .success
        }
        let input = SecretInput(client: client, source: secret.source)
        let typed = try input.get(ClientStatusMessages.unsealPrompt)
        let parameters = VaultUnseal.Parameters(secret: typed.text, form: typed.form)
        let report: VaultUnseal.Reply
        do throws(ClientError) {
            report = try client.call(
                VaultUnseal.self, parameters, seconds: Patience.derivation)
        } catch {
            if error == .service(.permissionDenied) {
                throw .mayNotUnseal(uid: client.context.user)
            }
            guard case .service(.alreadyDone) = error else { throw error.asked(for: .slot) }
            try client.say(
                ClientStatusMessages.wasUnsealed,
                json: .init(["state": "unsealed", "changed": false]))
            return .success
        }
        var json = JSON.Object(["state": "unsealed", "changed": true])
        for (key, value) in report.json.members { json[key] = value }
        var text = ClientStatusMessages.unsealed(
            epoch: report.epoch, statements: report.statements
        ).text(in: client.language)
        if report.adopted > 0 {
            let adopted = ClientStatusMessages.adopted(report.adopted)
            text += "\n" + adopted.text(in: client.language)
        }
        try client.show(text + "\n", json: json)
        if client.hasReader, let status = try? client.call(VaultGetStatus.self, NoFields()),
            status.nextStep != "none"
        {
            client.advise(
                ClientStatusMessages.next(status.nextStep, people: status.peopleWaiting))
        }
        return .success
    }
}

/// `carevault seal`.
struct SealCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Close the storage lock; ends every login. Operator.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        if try client.call(VaultGetStatus.self, NoFields()).state != .unsealed {
            try client.say(
                ClientStatusMessages.wasSealed, json: .init(["state": "sealed", "changed": false]))
            return .success
        }
        _ = try client.read(VaultSeal.self, NoFields())
        try? client.tokens().remove()
        try client.say(
            ClientStatusMessages.sealed, json: .init(["state": "sealed", "changed": true]))
        return .success
    }
}
