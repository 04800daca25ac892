/// What speaks against a trail, by a stable code: of an evidence file, or of the log as it lies in its
/// store. Codes are for ever; they go over the wire and into scripts.
package enum TrailProblem: String, Error, Sendable, CaseIterable {
    // The form of the file
    /// A line that is not in the one spelling of its kind, or too long.
    case line = "form.line"
    /// A line that does not belong here: missing, twice, or out of order.
    case order = "form.order"
    /// The readable words are not those of what was committed to.
    case words = "form.words"
    /// A format of a later version.
    case newer = "form.newer"

    // The checkpoint
    /// The checkpoint is not signed by the log's key, or of another log.
    case checkpoint = "checkpoint.signature"
    /// The checkpoint covers less than the range.
    case short = "checkpoint.short"
    /// The entries are not those that the checkpoint is over.
    case root = "checkpoint.root"

    // The statements
    /// A statement is missing, altered, or does not follow from the one before it.
    case chain = "statements.chain"
    /// A statement is not signed by who may sign it.
    case signature = "statements.signature"
    /// A statement of a later version.
    case newerStatement = "statements.newer"
    /// There is no founding.
    case unfounded = "statements.unfounded"
    /// The checkpoint's key is not the one that init and founding name.
    case logKey = "statements.log-key"
    /// The log names another statement of this number.
    case fork = "statements.fork"

    // Entries
    /// Not the next place in the log.
    case sequence = "entry.sequence"
    /// Not later than the entry before it.
    case time = "entry.time"
    /// The contents are not those that were committed to.
    case commitment = "entry.commitment"
    /// The contents were committed to and cannot be read.
    case contents = "entry.contents"
    /// The subject of the closed part is not the one that the entry can be found by.
    case match = "entry.match"

    // Audit epochs
    /// An epoch was opened for a key that no auditor has.
    case epochKey = "epoch.key"
    /// An epoch was opened twice, or its number does not go up.
    case epochTwice = "epoch.twice"
    /// An entry of an epoch before its opening.
    case epochEarly = "epoch.early"

    // The sealed state
    /// Fewer entries of the sealed state than the unseal after them has adopted.
    case sealed = "sealed.count"

    // One subject
    /// An entry about the subject is not opened.
    case subject = "subject.closed"

    // Pins
    /// The pin is of another log, or not signed by this one's key.
    case otherLog = "pin.other-log"
    /// The log is not the one that was pinned: it was cut or rewritten.
    case contradicted = "pin.contradicted"

    // The live log
    /// A record that cannot be read.
    case record = "record.malformed"
    /// A tile that is missing or does not hold the hashes of the records.
    case tile = "tile.wrong"
    /// The newest head is missing, cannot be read, or is of another tree.
    case head = "head.wrong"

    // What is not there
    /// The file ends before its end mark.
    case cut = "file.cut"
    /// Contents of an entry are gone and no approved erasure says so.
    case missing = "contents.missing"
    /// The log names statements that are not there.
    case statementsCut = "statements.cut"
    /// An epoch without an audit key, in a range that does not show that it came before the founding.
    case unproven = "epoch.unproven"

    /// Whether this only says that something is not there; else something is wrong.
    package var isGap: Bool {
        switch self {
        case .cut, .missing, .statementsCut, .unproven: true
        default: false
        }
    }
}

/// A problem and where it is.
package struct TrailFinding: Error, Sendable, Equatable {
    /// What.
    package var problem: TrailProblem
    /// The entry, where one can be named.
    package var sequence: UInt64?

    /// From its parts.
    package init(_ problem: TrailProblem, at sequence: UInt64? = nil) {
        self.problem = problem
        self.sequence = sequence
    }
}

/// What a verification came to.
package enum TrailVerdict: Sendable, Equatable {
    /// Nothing is wrong and nothing is missing.
    case valid
    /// Something was forged, cut or changed.
    case invalid(TrailFinding)
    /// Nothing is wrong, but something is missing.
    case incomplete(TrailFinding)

    init(_ finding: TrailFinding?) {
        switch finding {
        case nil: self = .valid
        case let finding? where finding.problem.isGap: self = .incomplete(finding)
        case let finding?: self = .invalid(finding)
        }
    }

    /// What is wrong or missing.
    package var finding: TrailFinding? {
        switch self {
        case .valid: nil
        case .invalid(let finding), .incomplete(let finding): finding
        }
    }
}

/// Entries made while the vault was sealed, counted.
package struct SealedTally: Sendable, Equatable {
    /// How many there are.
    package var total: UInt64 = 0
    /// How many of them the unseal after them vouches for, by their chain of MACs.
    package var vouched: UInt64 = 0
    /// How many no unseal in the range has looked at yet.
    package var open: UInt64 = 0

    /// How many nothing vouches for: whoever could write the file may have made or dropped them.
    package var unauthenticated: UInt64 { total - vouched - open }
}

/// What a range of entries shows, counted.
package struct TrailCounts: Sendable, Equatable {
    /// Entries checked.
    package var entries: UInt64 = 0
    /// Entries whose contents could not be opened, erased ones included.
    package var missing: UInt64 = 0
    /// Entries whose part B is open.
    package var disclosed: UInt64 = 0
    /// Entries about the disclosed subject.
    package var ofSubject: UInt64 = 0
    /// Entries of the sealed state.
    package var sealed = SealedTally()
    /// The time of the first entry, microseconds since 1970.
    package var firstTime: UInt64?
    /// The time of the last entry.
    package var lastTime: UInt64?
}
