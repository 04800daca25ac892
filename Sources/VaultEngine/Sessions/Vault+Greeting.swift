import VaultCoding
import VaultKeyring
import VaultStatements

/// What somebody is told who logs in.
package struct LoginGreeting: Sendable {
    /// One thing that waits.
    package struct Notice: Sendable, Equatable {
        /// What waits; stable names.
        package enum Code: String, Sendable {
            /// People who have a code and no keys. For operators.
            case enlisted = "enlisted-not-enrolled"
            /// People who have keys and no grant. For those who may grant.
            case enrolled = "enrolled-not-granted"
            /// Grants of the own group that end soon. For those who may grant.
            case grantsEnding = "grants-ending"
            /// The own grant ends soon.
            case ownGrantEnding = "own-grant-ending"
            /// No auditor took a checkpoint for long. For auditors.
            case unpinned = "log-unpinned"
            /// The founding waits for this founder's signature.
            case founding = "founding-waiting"
        }

        /// What waits.
        package let code: Code
        /// Who or how many entries it is about: names, or a number of entries; may be empty.
        package let about: [String]
        /// When it is due, or was due, microseconds since 1970; nil where there is no date.
        package let due: UInt64?
    }

    /// When the person logged in before, microseconds since 1970; nil the first time.
    package let lastLogin: UInt64?
    /// Wrong secrets of theirs since then, counted while the vault was unsealed.
    package let failedTries: Int
    /// What waits for them.
    package let notices: [Notice]

    /// How long before its end a grant is spoken of, microseconds: 30 days, time for the person who
    /// grants to be back from leave.
    package static let foresight: UInt64 = 30 * 86_400_000_000
}

extension Vault {
    /// What waits for somebody who has just logged in.
    package func greeting(_ session: Session) throws(EngineError) -> LoginGreeting {
        let core = try core()
        return LoginGreeting(
            lastLogin: session.lastLogin, failedTries: session.failedTries,
            notices: core.notices(for: session))
    }
}

extension Core {
    fileprivate func notices(for session: Session) -> [LoginGreeting.Notice] {
        let keyring = keyring
        let directory = keyring.directory
        let now = world.clock()
        var notices: [LoginGreeting.Notice] = []
        if let seat = session.seat, waitsToSign(seat, keyring) {
            notices.append(.init(code: .founding, about: [], due: nil))
        }
        let own = directory.principal(session.principal)
        if let ends = own?.ends, isSoon(ends, now) {
            notices.append(.init(code: .ownGrantEnding, about: [], due: ends))
        }
        let mayGrant = !session.roles.isDisjoint(with: [.custodian, .auditor])
        if session.roles.contains(.operator) || (mayGrant && directory.isFounded) {
            notices += newcomers(keyring, session.roles)
        }
        if mayGrant { notices += endings(directory, session, now) }
        let tail = unpinnedTail
        if session.roles.contains(.auditor), tail.entries > 0, tail.age > HealthLimits.unpinnedAge {
            notices.append(
                .init(code: .unpinned, about: ["\(tail.entries)"], due: now - min(now, tail.age)))
        }
        return notices
    }

    /// Whether both founders have enrolled, and the one in this seat has not signed.
    private func waitsToSign(_ seat: FoundingSeat, _ keyring: Keyring) -> Bool {
        guard !keyring.directory.isFounded, let proposal = try? self.proposal(keyring) else {
            return false
        }
        return proposal.halfSignedBy != seat
    }

    private func newcomers(_ keyring: Keyring, _ roles: Set<Role>) -> [LoginGreeting.Notice] {
        let waiting = keyring.directory.principals.values.filter {
            !$0.isDisabled && $0.grant == nil
        }
        var enlisted: [String] = []
        var enrolled: [String] = []
        for person in waiting.sorted(by: { $0.enlistedBy < $1.enlistedBy }) {
            if self.enrolled(person, keyring) != nil {
                enrolled.append(person.name)
            } else {
                enlisted.append(person.name)
            }
        }
        var notices: [LoginGreeting.Notice] = []
        if roles.contains(.operator), !enlisted.isEmpty {
            notices.append(.init(code: .enlisted, about: enlisted, due: nil))
        }
        if !roles.contains(.operator), !enrolled.isEmpty {
            notices.append(.init(code: .enrolled, about: enrolled, due: nil))
        }
        return notices
    }

    /// Grants that this login may renew and that end soon, or ended within the same time.
    private func endings(
        _ directory: Directory, _ session: Session, _ now: UInt64
    ) -> [LoginGreeting.Notice] {
        let grantsCare = session.roles.contains(.custodian)
        let ending = directory.principals.values.filter { person in
            guard !person.isDisabled, person.id != session.principal, let grant = person.grant,
                let ends = grant.ends, (grant.group == .care) == grantsCare
            else { return false }
            return isSoon(ends, now) || (ends <= now && now - ends < LoginGreeting.foresight)
        }.sorted { ($0.ends ?? 0, $0.name) < ($1.ends ?? 0, $1.name) }
        guard let first = ending.first else { return [] }
        return [.init(code: .grantsEnding, about: ending.map(\.name), due: first.ends)]
    }

    private func isSoon(_ ends: UInt64, _ now: UInt64) -> Bool {
        ends > now && ends - now < LoginGreeting.foresight
    }
}
