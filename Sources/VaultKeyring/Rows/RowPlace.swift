import VaultCoding
import VaultSodium
import VaultStorage

/// Where an envelope belongs: `vault id, space(1), row key`, and what else the place needs.
enum RowPlace {
    static func context(
        _ vault: VaultID, _ space: Space, _ key: [UInt8], _ extra: [[UInt8]] = []
    ) -> Context {
        Context(fields: [vault.bytes, [space.rawValue], key] + extra)
    }
}
