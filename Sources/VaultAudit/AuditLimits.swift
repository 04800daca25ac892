/// Bounds of the log's formats and of its writer, each with its reason.
package enum AuditLimits {
    /// Bytes of a record. A list of 1 024 record references has 60 KB; a tlog-tiles entry holds a
    /// leaf, never a record, so its limit of 65 535 does not apply.
    package static let record = 1 << 18
    /// Bytes of a short text in an entry: a name, a code, a unit.
    package static let name = 256
    /// Bytes of a free text in an entry: a reason that somebody typed.
    package static let text = 4096
    /// Elements of a list in an entry.
    package static let list = 1024
    /// Entries that one append may carry: more than any reply shows (pages have at most 100).
    package static let group = 4096
    /// Entries of one batch of the writer, unless one append has more: bounds the wait of the first.
    package static let batch = 1024
    /// Entries that may wait for the writer before appends are refused as `busy`.
    package static let queue = 1 << 16
    /// A checkpoint is signed after this many entries at the latest,
    package static let checkpointEntries: UInt64 = 1024
    /// and this many microseconds after an entry at the latest.
    package static let checkpointInterval: UInt64 = 1_000_000
    /// The largest position in a log: trees and JSON numbers hold no more.
    package static let sequence: UInt64 = 1 << 62
    /// The largest time of a leaf in microseconds: what a signed number of 64 bits holds.
    package static let time = UInt64(Int64.max)
    /// The largest time that is taken from a clock; leaves room above for entries after it.
    package static let latestClock: UInt64 = 1 << 62
    /// Entries of one audit epoch.
    package static let epochEntries: UInt64 = 1 << 20
    /// Microseconds that an audit epoch lasts at most: one day.
    package static let epochDuration: UInt64 = 86_400_000_000
    /// Bytes of a line of an evidence file: twice a record in base 64, and the same in words with
    /// every character escaped.
    package static let evidenceLine = 4 << 20
    /// Bytes that a closed part is padded to a multiple of.
    package static let padding = 512
}
