package import VaultCoding

/// The part of an entry that auditors open to others: who, when, what, why, with what outcome.
///
/// Nothing here names a subject. Which fields an action fills is decided where the entry is made;
/// the rest stay empty. The encoding is canonical: `encode(parse(x)) == x`.
package struct PartA: Sendable, Equatable {
    /// When it was decided, microseconds since 1970. The leaf has the time of the append.
    package var time: UInt64
    /// What was asked or happened.
    package var action: Action
    /// What came of it.
    package var outcome: Outcome
    /// Who acted; empty for the daemon itself.
    package var actor: Actor
    /// The login, if there was one.
    package var session: SessionID?
    /// The request; entries of one request share it.
    package var request: RequestID?
    /// The compartment of what was asked for.
    package var compartment: Compartment?
    /// The kind of record, such as `registry.subject`; at most 256 bytes, as all short texts.
    package var kind: String
    /// The purpose given.
    package var purpose: PurposeOfUse?
    /// A code for the reason, where a list of them applies.
    package var reasonCode: String
    /// The number of a ticket or letter.
    package var ticket: String
    /// The legal basis.
    package var legalBasis: String
    /// A reference to the consent relied on.
    package var consent: String
    /// A reference to the approved request that allowed this.
    package var approval: String
    /// Whether the rules were widened by break-glass.
    package var breakGlass: Bool
    /// The version of the policy that decided.
    package var policyVersion: UInt32
    /// The number of the newest statement then: what the directory said. 0 while sealed.
    package var statement: UInt64
    /// The rule that granted or denied.
    package var rule: String
    /// The stable code of the error, empty on success.
    package var failure: String
    /// The reference code that the caller was shown.
    package var reference: String
    /// How many results the reply had.
    package var results: UInt32
    /// The keys in use, by scope: `storage`, a compartment's name, `audit`.
    package var keys: [KeyEpoch]
    /// The newest durable state of the store when this was finished.
    package var store: StorePosition
    /// What only some actions say.
    package var detail: EntryDetail?

    /// An entry about `action`; everything else is empty until set.
    package init(time: UInt64, action: Action, outcome: Outcome, actor: Actor = Actor()) {
        self.time = time
        self.action = action
        self.outcome = outcome
        self.actor = actor
        kind = ""
        reasonCode = ""
        ticket = ""
        legalBasis = ""
        consent = ""
        approval = ""
        breakGlass = false
        policyVersion = 0
        statement = 0
        rule = ""
        failure = ""
        reference = ""
        results = 0
        keys = []
        store = StorePosition()
    }
}

/// What came of an action.
package enum Outcome: UInt8, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// Refused by a rule.
    case denied = 4
    /// The request could not be done: the caller's or the data's fault.
    case failed = 8
    /// The vault could not do it: the machine's fault.
    case unavailable = 12
}

/// Who acted, as of then.
package struct Actor: Sendable, Equatable {
    /// The principal, if one was recognised.
    package var principal: PrincipalID?
    /// The principal's name.
    package var name: String
    /// The kernel's uid of the peer.
    package var uid: UInt32?
    /// The fingerprint of the principal's keys.
    package var fingerprint: Digest?
    /// The acting roles, each once, in the order of their declaration.
    package var roles: [Role]
    /// The organisational unit.
    package var unit: String

    /// From its parts; the daemon itself unless told. `roles` are put in order.
    package init(
        principal: PrincipalID? = nil, name: String = "", uid: UInt32? = nil,
        fingerprint: Digest? = nil, roles: some Sequence<Role> = [], unit: String = ""
    ) {
        self.principal = principal
        self.name = name
        self.uid = uid
        self.fingerprint = fingerprint
        self.roles = Set(roles).sorted()
        self.unit = unit
    }
}

/// A key's number in its scope.
package struct KeyEpoch: Sendable, Equatable {
    /// `storage`, a compartment's name, or `audit`.
    package var scope: String
    /// The epoch or generation.
    package var number: UInt32

    /// From its parts.
    package init(scope: String, number: UInt32) {
        self.scope = scope
        self.number = number
    }
}

/// The newest durable state of the store: how many commits it has had, and the digest of all rows.
package struct StorePosition: Sendable, Equatable {
    /// The number of commits.
    package var counter: UInt64
    /// The store digest.
    package var digest: Digest

    /// From its parts; of an empty store unless told.
    package init(counter: UInt64 = 0, digest: Digest = .zero) {
        self.counter = counter
        self.digest = digest
    }
}
