import VaultEngine
import VaultKeyring
import VaultWire

/// `io.carevault.Keys`: slots, storage epochs and their rotation.
enum KeysHandlers {
    static let routes: [Route] = [
        .blocking(KeysGetKeyStatus.self, .act, getKeyStatus),
        .blocking(KeysRotateStorage.self, .act, rotateStorage),
    ]

    @Sendable
    private static func getKeyStatus(
        _ exchange: Exchange<KeysGetKeyStatus>
    ) throws(EngineError) -> KeysGetKeyStatus.Reply {
        KeysGetKeyStatus.Reply(try exchange.vault.keyStatus(try exchange.session()))
    }

    @Sendable
    private static func rotateStorage(
        _ exchange: Exchange<KeysRotateStorage>
    ) throws(EngineError) -> KeysRotateStorage.Reply {
        let asked = exchange.parameters
        let progress = try exchange.vault.rotateStorage(
            RotationAction(asked.action), dryRun: asked.dryRun, session: try exchange.session())
        return KeysRotateStorage.Reply(rotation: WireRotation(progress))
    }
}

extension RotationAction {
    init(_ action: WireRotationAction) {
        switch action {
        case .start: self = .start
        case .status: self = .status
        case .complete: self = .complete
        }
    }
}
