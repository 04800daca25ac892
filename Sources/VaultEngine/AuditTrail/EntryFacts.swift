import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStatements

/// What a request knows of itself for its audit entries; from it each entry's parts are made.
package struct EntryFacts: Sendable {
    var action: Action
    var outcome: Outcome = .success
    var session: Session?
    var uid: UInt32?
    var request: RequestID
    var purpose: PurposeOfUse?
    var compartment: Compartment?
    var kind = ""
    var roles: [Role] = []
    var rule = ""
    var policyVersion: UInt32 = 0
    var failure = ""
    var results: UInt32 = 0
    var detail: EntryDetail?
    var subject: SubjectReference = .none
    var records: [RecordReference] = []

    /// Facts of an action by a login.
    init(_ action: Action, session: Session, request: RequestID, purpose: PurposeOfUse? = nil) {
        self.action = action
        self.session = session
        self.uid = session.uid
        self.request = request
        self.purpose = purpose
    }

    /// Facts of something nobody is logged in for.
    init(_ action: Action, uid: UInt32? = nil, request: RequestID) {
        self.action = action
        self.uid = uid
        self.request = request
    }

    /// What a person is shown to find the entry by.
    var reference: String { request.reference }

    /// Takes over what a grant says.
    mutating func note(_ grant: borrowing VaultAccess.Grant) {
        rule = grant.rule
        policyVersion = grant.policyVersion
        roles = grant.roles
    }

    /// The same facts with another outcome.
    func with(_ outcome: Outcome, failure: String, rule: String? = nil) -> EntryFacts {
        var copy = self
        copy.outcome = outcome
        copy.failure = failure
        if let rule { copy.rule = rule }
        return copy
    }

    /// The same facts about a subject and records of theirs.
    func about(_ subject: SubjectReference, _ records: [RecordReference] = []) -> EntryFacts {
        var copy = self
        copy.subject = subject
        copy.records = records
        return copy
    }

    func partA(time: UInt64, mark: StoreMark, keys: [KeyEpoch]) -> PartA {
        var actor = Actor(uid: uid, roles: roles)
        if let session {
            actor = Actor(
                principal: session.principal, name: session.name, uid: session.uid,
                fingerprint: session.fingerprint.digest,
                roles: roles.isEmpty ? Array(session.roles) : roles)
        }
        var part = PartA(time: time, action: action, outcome: outcome, actor: actor)
        part.session = session?.id
        part.request = request
        part.compartment = compartment
        part.kind = kind
        part.purpose = purpose
        part.policyVersion = policyVersion
        part.rule = rule
        part.failure = failure
        part.reference = outcome == .success ? "" : reference
        part.results = results
        part.keys = keys
        part.store = StorePosition(counter: mark.counter, digest: mark.digest)
        part.detail = detail
        return part
    }

    var partB: PartB { PartB(subject: subject, records: records) }
}

extension RequestID {
    /// Characters of a reference: 48 random bits, so that no two requests of a log share one.
    static let referenceCount = 10

    /// The start of the text form: short enough to be read out over the telephone.
    var reference: String { String(text.prefix(Self.referenceCount)) }

    /// The one spelling of a reference as somebody typed it: any case, hyphens skipped, `O` read as 0,
    /// `I` and `L` as 1; nil if it is none.
    static func reference(typed text: String) -> String? {
        guard let symbols = try? Crockford.parse(text), symbols.count == referenceCount else {
            return nil
        }
        return Crockford.format(symbols)
    }
}
