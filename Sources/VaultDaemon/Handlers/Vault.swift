import VaultEngine
import VaultText
import VaultWire

/// `io.carevault.Vault`: status for everybody, unseal and seal for operators.
enum VaultHandlers {
    static let routes: [Route] = [
        .blocking(VaultGetStatus.self, .act, getStatus),
        .direct(VaultWatch.self, watch),
        .blocking(VaultUnseal.self, .derivation, alone: true, unseal),
        .blocking(VaultSeal.self, .act, alone: true, seal),
    ]

    @Sendable
    private static func getStatus(
        _ exchange: Exchange<VaultGetStatus>
    ) throws(EngineError) -> VaultGetStatus.Reply {
        let health = exchange.connection.context.health
        health.look()
        return VaultGetStatus.Reply(
            exchange.vault.status(for: exchange.caller), diskFree: health.diskFree)
    }

    @Sendable
    private static func watch(_ exchange: Exchange<VaultWatch>) throws(EngineError) {
        let watchers = exchange.connection.context.watchers
        guard watchers.add(exchange.connection, exchange.responder) else {
            throw .tooManyRequests(retryMicroseconds: UInt64(Workers.retryMicroseconds))
        }
    }

    @Sendable
    private static func unseal(
        _ exchange: Exchange<VaultUnseal>
    ) throws(EngineError) -> VaultUnseal.Reply {
        let report = try exchange.vault.unseal(
            secret: try SecretWire.secret(exchange.parameters.secret, exchange.parameters.form),
            caller: exchange.caller)
        return VaultUnseal.Reply(
            adopted: Int64(clamping: report.adopted),
            statements: Int64(clamping: report.statements),
            epoch: Int64(report.epoch))
    }

    @Sendable
    private static func seal(_ exchange: Exchange<VaultSeal>) throws(EngineError) -> NoFields {
        try exchange.vault.seal(try exchange.session())
        exchange.connection.untie()
        return NoFields()
    }
}
