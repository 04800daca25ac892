/// What keeps the engine from working now. The raw value is the stable code on the wire; sentences
/// belong to the catalogue.
package enum Obstacle: String, CaseIterable, Sendable {
    case diskFull = "disk.full"
    case logUnavailable = "log.unavailable"
    case storeUnavailable = "store.unavailable"
    /// A file or directory that the system refuses.
    case fileRefused = "file.refused"
    /// Another unseal finds out.
    case filesUncertain = "files.uncertain"
    /// No memory, or a key that the library does not take.
    case keyUnusable = "key.unusable"
    /// Others were faster, again and again.
    case busy = "vault.busy"
}
