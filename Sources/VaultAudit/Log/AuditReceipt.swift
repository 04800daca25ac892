/// That entries are durable in the log. Only the log makes one, and it can be used once: whatever
/// must not happen unlogged asks for it.
package struct AuditReceipt: ~Copyable, Sendable {
    /// The sequence numbers of the entries, in the order of the append; empty for an empty append.
    package let sequences: Range<UInt64>

    init(sequences: Range<UInt64>) { self.sequences = sequences }
}

/// How an append ended. An enum of its own and not a `Result`: that one, consumed by a stored closure,
/// is more than this compiler can lower.
package enum AppendOutcome: ~Copyable, Sendable {
    /// The entries are durable.
    case durable(AuditReceipt)
    /// None of them is in the log, unless the error says that this is not known.
    case failed(AuditError)
}

/// How the log's writer does. Told only when it changes.
package enum LogHealth: Sendable, Equatable {
    /// Entries are written again.
    case well
    /// The store refuses; each append tries again.
    case failing(AuditStoreError)
    /// The log cannot be believed any more; it must be opened again.
    case stopped(AuditError)
}
