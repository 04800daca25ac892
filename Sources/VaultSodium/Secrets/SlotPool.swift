import CSodium
import Synchronization

/// The start of a piece of guarded memory. Whoever holds it is its only user.
@safe
struct Slot: @unchecked Sendable {
    let start: UnsafeMutablePointer<UInt8>
}

/// A pool of 64-byte slots for keys, in guarded and locked memory.
///
/// `sodium_malloc` and `sodium_free` together cost about 28 µs and at least three pages; a slot from
/// the pool costs well under 1 µs. Slots live in arenas of 1 024, each arena one `sodium_malloc`
/// with its guard pages; arenas are kept for the life of the process. A slot is zero whenever it is
/// in the pool: it is wiped when it comes back.
final class SlotPool: Sendable {
    /// Bytes of a slot: room for the largest key in use, an Ed25519 secret key.
    static let slotSize = 64
    /// Slots of an arena: 64 KiB, so that a few arenas stay below the usual limit on locked memory.
    static let slotsPerArena = 1024

    /// The pool of this process.
    static let shared = SlotPool()

    private struct State {
        /// A stack, so that a slot just wiped, and still in the processor's cache, is used next.
        var free: [Slot] = []
        var arenas = 0
        var isLocked = true
    }

    private let state = Mutex(State())

    /// Takes a zeroed slot. Throws `outOfMemory` when a new arena is needed and cannot be had.
    func take() throws(SodiumError) -> Slot {
        try state.withLock { state throws(SodiumError) in
            if let slot = state.free.popLast() { return slot }
            try Self.addArena(to: &state)
            guard let slot = state.free.popLast() else { throw .outOfMemory }
            return slot
        }
    }

    /// Wipes the slot and puts it back.
    func giveBack(_ slot: Slot) {
        unsafe sodium_memzero(slot.start, Self.slotSize)
        state.withLock { $0.free.append(slot) }
    }

    /// The number of arenas so far, and whether all are locked into memory.
    var status: (arenas: Int, isLocked: Bool) {
        state.withLock { ($0.arenas, $0.isLocked) }
    }

    private static func addArena(to state: inout State) throws(SodiumError) {
        try Sodium.requireReady()
        let size = slotSize * slotsPerArena
        guard let memory = unsafe sodium_malloc(size) else { throw .outOfMemory }
        // sodium_malloc locks the arena but hides a failure; a second lock of the same pages is
        // harmless and tells.
        if unsafe sodium_mlock(memory, size) != 0 { state.isLocked = false }
        unsafe sodium_memzero(memory, size)
        let bytes = unsafe memory.bindMemory(to: UInt8.self, capacity: size)
        // Room for every slot, so that giving one back never allocates.
        state.free.reserveCapacity((state.arenas + 1) * slotsPerArena)
        for index in (0..<slotsPerArena).reversed() {
            unsafe state.free.append(Slot(start: bytes + index * slotSize))
        }
        state.arenas += 1
    }
}

/// What can be said about the memory that holds secrets.
package enum SecretMemory {
    /// False once some of it could not be locked, so that it may be swapped out: raise the limit on
    /// locked memory (`RLIMIT_MEMLOCK`) or run without swap.
    package static var isLocked: Bool { SlotPool.shared.status.isLocked }

    /// Takes a slot and gives it back, so that there is some, and tells whether it is locked.
    package static var canLock: Bool {
        guard let slot = try? SlotPool.shared.take() else { return false }
        SlotPool.shared.giveBack(slot)
        return isLocked
    }
}
