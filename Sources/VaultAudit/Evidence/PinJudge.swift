import VaultCoding
import VaultSodium

/// What a checkpoint that was kept elsewhere says of a file.
package enum PinStanding: Sendable, Equatable {
    /// There is none.
    case none
    /// The log is the one that was pinned with so many entries.
    case held(size: UInt64)
    /// The pin is newer than the file: it says nothing about it.
    case newer(size: UInt64)
    /// The file does not reach the pin: it neither begins before it nor proves the way from it.
    case unrelated(size: UInt64)
}

/// The entries at the end of a log that nobody outside has seen: they are the operators' to cut.
package struct UnpinnedTail: Sendable, Equatable {
    /// How many.
    package let entries: UInt64
    /// The time of the first of them, microseconds since 1970; nil if the range does not hold it.
    package let since: UInt64?
}

/// Compares a pin with the tree of a file while that goes by.
struct PinJudge {
    private var checkpoint: Checkpoint?
    private var isNewer = false
    /// The root that the file's tree has at the pin's size.
    private var root: Digest?
    /// The time of the first entry after the pin, of the log without one; nil if out of the range.
    private var since: UInt64?

    /// Checks the pin itself. Throws `otherLog`, `contradicted`.
    mutating func begin(
        _ pin: UnverifiedCheckpoint, _ header: EvidenceHeader
    ) throws(TrailProblem) {
        guard let checkpoint = try? pin.verify(header.verifierKey) else { throw .otherLog }
        self.checkpoint = checkpoint
        let newest = header.checkpoint
        isNewer = checkpoint.size > newest.size
        if checkpoint.size == newest.size { root = newest.root }
        if checkpoint.size == 0 { root = SHA256.hash([]) }
        if let since = header.since, since.size == checkpoint.size { root = since.root }
        try compare()
    }

    /// The tree has grown.
    mutating func pass(_ frontier: Frontier, time: UInt64? = nil) {
        let size = checkpoint?.size ?? 0
        if let time, frontier.size == size + 1 { since = time }
        if frontier.size == size, checkpoint != nil, root == nil { root = frontier.root }
    }

    /// The file is whole and its tree the checkpoint's. Throws `contradicted`.
    func end() throws(TrailProblem) { try compare() }

    private func compare() throws(TrailProblem) {
        if let checkpoint, let root, root != checkpoint.root { throw .contradicted }
    }

    /// What the pin says of a whole file.
    var standing: PinStanding {
        guard let checkpoint else { return .none }
        if isNewer { return .newer(size: checkpoint.size) }
        return root == nil ? .unrelated(size: checkpoint.size) : .held(size: checkpoint.size)
    }

    /// What no pin vouches for, of a log with `size` entries.
    func tail(of size: UInt64, isHeld: Bool) -> UnpinnedTail {
        guard isHeld, case .held(let pinned) = standing else {
            return UnpinnedTail(entries: size, since: checkpoint == nil ? since : nil)
        }
        return UnpinnedTail(entries: size - pinned, since: since)
    }
}
