import VaultAudit
import VaultCoding
import VaultWire

/// The head of the log, looked at against what was seen here before.
struct Checkpoints {
    let client: Client

    /// The newest checkpoint, its signature checked, and proved to continue the one that was seen
    /// last, in whose place it is kept. What is seen for the first time is taken as it is.
    /// - Throws: `ClientError.evidence`.
    func newest() throws(ClientError) -> SeenCheckpoint {
        let vault = try client.call(VaultGetStatus.self, NoFields()).vault ?? ""
        // The name of a file: nothing but an identifier may become one.
        guard (try? VaultID(text: vault))?.text == vault else {
            throw .connection(.garbled(path: client.socketPath))
        }
        let store = try PinStore(client.context)
        let before = try store.read(vault)
        let seen = try before?.verified().size
        let reply = try client.read(
            AuditGetCheckpoint.self, .init(sinceSize: seen.map { Int64(clamping: $0) }))
        let pin = Pin(
            note: Array(reply.checkpoint.utf8), key: reply.verifierKey,
            source: client.socketPath)
        let size = try pin.verified().size
        if let before { try pin.check(after: before, proof: reply.consistency) }
        if before?.note != pin.note { try store.write(pin, vault: vault) }
        return SeenCheckpoint(vault: vault, size: size, pin: pin, before: before)
    }
}

/// A checkpoint as the daemon gave it, and the one that was seen before.
struct SeenCheckpoint {
    /// Identifier of the vault.
    let vault: String
    /// Entries that it covers.
    let size: UInt64
    /// The checkpoint with its key.
    let pin: Pin
    /// What was seen before; nil the first time.
    let before: Pin?
}
