import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault key`.
struct KeyCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Unseal slots, storage epochs and their rotation. Operator.",
        subcommands: [KeyStatusCommand.self, KeyRotateCommand.self])
}

/// `carevault key status`.
struct KeyStatusCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show slots, who may unseal, epochs and the rotation under way.")

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let reply = try client.read(KeysGetKeyStatus.self, NoFields())
        typealias Words = ClientKeyMessages
        var slots = Table([
            .init(Words.slot, .trailing), .init(Words.form), .init(Words.label),
            .init(Words.created),
        ])
        for slot in reply.slots {
            slots.add(
                "\(slot.number)", "\(Words.form(slot.form.rawValue))", Phrase(stored: slot.label),
                Listing.time(slot.created))
        }
        var unsealers = Table([.init(Words.unsealUID, .trailing), .init(Words.unsealer)])
        for account in reply.unsealers {
            unsealers.add("\(account.uid)", Listing.phrase(account.names))
        }
        var epochs = Table([
            .init(Words.epoch, .trailing), .init(Words.state), .init(Words.created),
        ])
        for epoch in reply.epochs {
            epochs.add(
                "\(epoch.number)", "\(Words.epochState(epoch.state.rawValue))",
                Listing.time(epoch.created))
        }
        var rotation = FieldList()
        rotation.add(Words.rotation, "\(RotationText.message(reply.rotation))")
        let language = client.language
        let parts = [slots, unsealers, epochs].map { $0.text(in: language) }
        try client.show(
            (parts + [rotation.text(in: language)]).joined(separator: "\n"), json: reply.json)
        return .success
    }
}

/// `carevault key rotate`.
struct KeyRotateCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Replace keys, online.",
        subcommands: [KeyRotateStorageCommand.self])
}

/// `carevault key rotate storage`.
struct KeyRotateStorageCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage",
        abstract: "Replace the storage key. Without a step: all of them, with progress.")

    /// The steps.
    enum Step: String, CaseIterable, ExpressibleByArgument {
        case start, status, complete

        var action: WireRotationAction {
            switch self {
            case .start: .start
            case .status: .status
            case .complete: .complete
            }
        }
    }

    @Argument(help: "One step only.")
    var step: Step?

    @Flag(name: .customLong("dry-run"), help: "Count the work and change nothing.")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        if dryRun {
            let counted = try rotate(client, step?.action ?? .start, dryRun: true)
            try client.say(ClientKeyMessages.dryRun(counted.total), json: json(counted))
            return .success
        }
        let rotation =
            if let step { try rotate(client, step.action) } else { try runToTheEnd(client) }
        try client.say(RotationText.message(rotation), json: json(rotation))
        if rotation.state == .complete { client.note(ClientKeyMessages.oldBackups) }
        if rotation.state == .ready { client.advise(NextStepMessages.completeRotation) }
        return .success
    }

    /// Starts, or takes up the rotation under way, waits, and completes.
    private func runToTheEnd(_ client: Client) throws(ClientError) -> WireRotation {
        var progress = ProgressLine(client)
        defer { progress.clear() }
        var rotation: WireRotation
        do throws(ClientError) {
            rotation = try rotate(client, .start)
        } catch {
            guard case .service(.alreadyDone(what: "rotation")) = error else { throw error }
            rotation = try rotate(client, .status)
        }
        var pause: UInt32 = 50
        while rotation.state == .running {
            progress.show(
                ClientKeyMessages.progress(done: rotation.done, total: rotation.total))
            Pause.milliseconds(pause)
            pause = min(pause * 2, 1_000)
            rotation = try rotate(client, .status)
        }
        guard rotation.state == .ready else { return rotation }
        return try rotate(client, .complete)
    }

    private func rotate(
        _ client: Client, _ action: WireRotationAction, dryRun: Bool = false
    ) throws(ClientError) -> WireRotation {
        let parameters = KeysRotateStorage.Parameters(action: action, dryRun: dryRun)
        return try client.read(KeysRotateStorage.self, parameters, seconds: Patience.stream)
            .rotation
    }

    private func json(_ rotation: WireRotation) -> JSON.Object {
        JSON.Object(["rotation": .object(rotation.json)])
    }
}

/// How far a rotation is, in words.
enum RotationText {
    static func message(_ rotation: WireRotation) -> Message {
        ClientKeyMessages.rotation(
            rotation.state.rawValue, from: rotation.fromEpoch, to: rotation.toEpoch,
            done: rotation.done, total: rotation.total)
    }
}
