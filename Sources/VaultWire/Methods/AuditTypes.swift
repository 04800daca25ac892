/// How an action ended.
package enum WireOutcome: String, WireEnumeration {
    case success
    case denied
    case failed

    package static let wireName = "Outcome"
    package static let blank = WireOutcome.success
}

/// What a verification came to.
package enum WireVerdict: String, WireEnumeration {
    case valid
    case invalid
    case incomplete

    package static let wireName = "Verdict"
    package static let blank = WireVerdict.valid
}

/// The principal whom an act was about.
package struct WireEntryTarget: WireObject {
    package static let wireName: String? = "EntryTarget"
    /// Identifier.
    package var principal: String = ""
    /// Name in the directory as it is now; absent if it knows nobody of this identifier.
    package var name: String?
    /// Roles that were given or taken; empty if none were.
    package var roles: [String] = []
    /// Compartments that were given or taken; empty if none were.
    package var compartments: [String] = []

    package init() {}

    package init(principal: String, name: String?, roles: [String], compartments: [String]) {
        self.principal = principal
        self.name = name
        self.roles = roles
        self.compartments = compartments
    }

    package static let members: [WireMember<Self>] = [
        WireMember("principal", \.principal),
        WireMember("name", \.name),
        WireMember("roles", \.roles),
        WireMember("compartments", \.compartments),
    ]
}

/// Entries of the log that were read, searched, exported or verified.
package struct WireEntryRange: WireObject {
    package static let wireName: String? = "EntryRange"
    /// First sequence.
    package var from: Int64 = 0
    /// Sequence after the last.
    package var to: Int64 = 0

    package init() {}

    package init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }

    package static let members: [WireMember<Self>] = [
        WireMember("from", \.from),
        WireMember("to", \.to),
    ]
}

/// One entry as the caller's keys open it.
package struct WireAuditEntry: WireObject {
    package static let wireName: String? = "AuditEntry"
    /// Position in the log, from 0.
    package var sequence: Int64 = 0
    /// Time at which it was appended, in microseconds since 1970 UTC.
    package var time: Int64 = 0
    /// Audit epoch; 0 for entries written while sealed.
    package var epoch: Int64 = 0
    /// Identifier of the entry.
    package var entry: String = ""
    /// Whether its contents could be opened; if not, the fields below are empty or absent.
    package var opened: Bool = false
    /// Name of the acting principal; absent if none was known.
    package var name: String?
    /// Identifier of the acting principal; absent if none was known.
    package var principal: String?
    /// Kernel user id of the caller; absent for the daemon's own acts.
    package var uid: Int64?
    /// Roles in which the principal acted.
    package var roles: [String] = []
    /// Name of the action.
    package var action: String = ""
    /// Compartment; absent if none.
    package var compartment: String?
    /// Kind of record; absent if none.
    package var kind: String?
    /// Code of the purpose of use; absent if none.
    package var purpose: String?
    /// How it ended; absent if not opened.
    package var outcome: WireOutcome?
    /// Rule that decided; absent if none.
    package var rule: String?
    /// What failed, as a stable code; absent if nothing did.
    package var failure: String?
    /// Code that the caller was given; absent if none.
    package var reference: String?
    /// Number of results shown.
    package var results: Int64 = 0
    /// Pseudonym of the subject; absent if none.
    package var pseudonym: String?
    /// Identifiers of the records read or written.
    package var records: [String] = []
    /// The principal whom the act was about; absent if none.
    package var target: WireEntryTarget?
    /// Which of the steps of the action it was, as a stable code; absent if the entry does not say.
    package var step: String?
    /// Number of the statement that the act added; absent if it names none.
    package var statement: Int64?
    /// The entries that the act was about; absent if none.
    package var range: WireEntryRange?

    package init() {}

    package init(
        sequence: Int64, time: Int64, epoch: Int64, entry: String, opened: Bool,
        name: String? = nil, principal: String? = nil, uid: Int64? = nil, roles: [String],
        action: String, compartment: String? = nil, kind: String? = nil, purpose: String? = nil,
        outcome: WireOutcome? = nil, rule: String? = nil, failure: String? = nil,
        reference: String? = nil, results: Int64, pseudonym: String? = nil, records: [String],
        target: WireEntryTarget? = nil, step: String? = nil, statement: Int64? = nil,
        range: WireEntryRange? = nil
    ) {
        self.sequence = sequence
        self.time = time
        self.epoch = epoch
        self.entry = entry
        self.opened = opened
        self.name = name
        self.principal = principal
        self.uid = uid
        self.roles = roles
        self.action = action
        self.compartment = compartment
        self.kind = kind
        self.purpose = purpose
        self.outcome = outcome
        self.rule = rule
        self.failure = failure
        self.reference = reference
        self.results = results
        self.pseudonym = pseudonym
        self.records = records
        self.target = target
        self.step = step
        self.statement = statement
        self.range = range
    }

    package static let members: [WireMember<Self>] = [
        WireMember("sequence", \.sequence),
        WireMember("time_us", \.time),
        WireMember("epoch", \.epoch),
        WireMember("entry", \.entry),
        WireMember("opened", \.opened),
        WireMember("name", \.name),
        WireMember("principal", \.principal),
        WireMember("uid", \.uid),
        WireMember("roles", \.roles),
        WireMember("action", \.action),
        WireMember("compartment", \.compartment),
        WireMember("kind", \.kind),
        WireMember("purpose", \.purpose),
        WireMember("outcome", \.outcome),
        WireMember("rule", \.rule),
        WireMember("failure", \.failure),
        WireMember("reference", \.reference),
        WireMember("results", \.results),
        WireMember("pseudonym", \.pseudonym),
        WireMember("records", \.records),
        WireMember("target", \.target),
        WireMember("step", \.step),
        WireMember("statement", \.statement),
        WireMember("range", \.range),
    ]
}
