import VaultPlatform
import VaultSodium

/// What `carevaultd doctor` reads of a machine beside its files.
package struct MachineFacts: Sendable {
    /// The oldest libsodium that has every function and fix that is used here.
    static let oldestSodium = "1.0.18"
    /// 2026-01-01: a clock before it is wrong, for this program is younger. Seconds since 1970.
    static let oldestClock: Int64 = 1_767_225_600
    /// A file may be that much younger than the clock says, in seconds.
    static let clockTolerance: Int64 = 60

    /// The version of libsodium that is loaded.
    var sodium = SodiumVersion.text
    /// Whether memory may be written to a disk.
    var hasSwap = Self.readSwap()
    /// `XDG_RUNTIME_DIR`.
    var runtimeDirectory = Environment.value("XDG_RUNTIME_DIR")
    /// Seconds since 1970.
    var now = Int64(SystemClock.nowMicroseconds / 1_000_000)

    /// Those of this machine.
    package init() {}

    /// `/proc/swaps` has a line for each place of swap, under one with titles (proc(5)).
    private static func readSwap() -> Bool {
        guard let bytes = try? Files.read("/proc/swaps", limit: 64 << 10) else { return false }
        return bytes.split(separator: UInt8(ascii: "\n")).count > 1
    }

    /// Whether a version of numbers between dots is another, or newer.
    static func isAtLeast(_ version: String, _ oldest: String) -> Bool {
        let parts = version.split(separator: ".").map { Int($0) ?? 0 }
        let bounds = oldest.split(separator: ".").map { Int($0) ?? 0 }
        return !parts.lexicographicallyPrecedes(bounds)
    }
}
