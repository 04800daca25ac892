import VaultAccess
import VaultCoding
package import VaultEngine
import VaultRecords
import VaultText
package import VaultWire

/// What the daemon knows of a call that an engine error does not say.
package struct ErrorContext: Sendable {
    /// Why there is no login: none, expired, ended, changed or foreign.
    package var loginReason: String
    /// Whose words a fingerprint mismatch is about: vault, principal or other.
    package var whose: String
    /// Codes of the purposes that the caller may state.
    package var purposes: [String]
    /// What is done already when a principal is not in the state for it: enrolled or disabled; nil
    /// if it may be either.
    package var done: String?

    /// A context; the standard one is of a call that names no words and no purposes.
    package init(
        loginReason: String = "none", whose: String = "principal", purposes: [String] = [],
        done: String? = nil
    ) {
        self.loginReason = loginReason
        self.whose = whose
        self.purposes = purposes
        self.done = done
    }
}

extension VaultWireError {
    /// The wire error of an engine error. Total: a new engine error has to choose.
    package init(_ error: EngineError, _ context: ErrorContext = ErrorContext()) {
        self =
            switch error {
            case .sealed: .sealed
            case .alreadyUnsealed: .alreadyDone(what: "unsealed")
            case .notFounded: .notFounded
            case .alreadyFounded: .alreadyDone(what: "founded")
            case .alreadyRotating: .alreadyDone(what: "rotation")
            case .loginNeeded: .loginNeeded(reason: context.loginReason)
            case .loginChanged: .loginNeeded(reason: "changed")
            case .foreignLogin: .loginNeeded(reason: "foreign")
            case .wrongSecret: .wrongSecret
            case .mayNotUnseal: .permissionDenied
            case .tooManyRequests(let wait): .tooManyRequests(retry: Int64(clamping: wait))
            case .purposeNeeded: .purposeNeeded(purposes: context.purposes)
            // At a login: whoever has keys and no grant is told who grants.
            case .denied(let reference, "not-granted"):
                .conflict(what: "not-granted", current: reference)
            // And whoever was re-enlisted, that they have to enrol.
            case .denied(let reference, "code-out"):
                .conflict(what: "code-out", current: reference)
            // Where the reason is no right that the caller lacks.
            case .denied(let reference, DenialRule.grantSeparation.rawValue):
                .conflict(what: "separation", current: reference)
            case .denied(let reference, DenialRule.selfGrant.rawValue),
                .denied(let reference, "not-oneself"):
                .conflict(what: "oneself", current: reference)
            case .denied(let reference, _): .denied(reference: reference)
            case .notFound(let reference): .notFound(reference: reference)
            case .grantEnded(let time):
                .conflict(what: "grant-ended", current: String(time))
            case .invalidFields(let problems): .invalidFields(problems.map(WireFieldProblem.init))
            case .invalidArgument(let name, let problem):
                .invalidFields([
                    WireFieldProblem(
                        field: name, problem: problem,
                        expected: RequestProblemMessages.rule(problem)?.text(in: .english))
                ])
            case .unknownKind: .invalidFields([.unknownKind])
            case .conflict(let reason): Self(reason, context)
            case .idempotencyReused: .idempotencyReused
            case .outcomePending(let reference): .outcomePending(reference: reference)
            case .quarantined(let reference): .quarantined(reference: reference)
            case .unavailable(let obstacle, let detail):
                .unavailable(
                    cause: obstacle.rawValue,
                    remedy: ObstacleMessages(obstacle).remedy.text(in: .english),
                    detail: detail.isEmpty ? nil : detail)
            case .damaged(let file, let detail, let remedy):
                .integrityFailure(
                    code: "files.damaged", place: file, found: detail, remedy: remedy)
            case .internalError(let reference):
                .unavailable(
                    cause: "internal.\(reference)",
                    remedy: ObstacleMessages.reportFault.text(in: .english))
            }
    }

    private init(_ reason: ConflictReason, _ context: ErrorContext) {
        self =
            switch reason {
            case .baseVersion(let current): .conflict(what: "version", current: String(current))
            case .nameTaken: .conflict(what: "name", current: "")
            case .uidTaken: .conflict(what: "uid", current: "")
            case .principalState:
                if let done = context.done {
                    .alreadyDone(what: done)
                } else {
                    .conflict(what: "state", current: "")
                }
            case .noRotation: .conflict(what: "no-rotation", current: "")
            case .rowsRemain: .conflict(what: "rows-remain", current: "")
            case .lastOfRole(let role): .conflict(what: "last", current: role.rawValue)
            case .lastUnsealer(let uid):
                .conflict(what: "last-unsealer", current: String(uid))
            case .fingerprint: .fingerprintMismatch(whose: context.whose)
            case .stale: .conflict(what: "draft", current: "")
            }
    }
}

extension ObstacleMessages {
    /// The sentences of an obstacle. Total: a new one has to choose.
    init(_ obstacle: Obstacle) {
        self =
            switch obstacle {
            case .diskFull: .diskFull
            case .logUnavailable: .logUnavailable
            case .storeUnavailable: .storeUnavailable
            case .fileRefused: .fileRefused
            case .filesUncertain: .filesUncertain
            case .keyUnusable: .keyUnusable
            case .busy: .busy
            }
    }
}

extension WireFieldProblem {
    init(_ problem: FieldProblem) {
        self.init(
            field: problem.path.description, problem: problem.fault.rawValue,
            expected: problem.expected.isEmpty ? nil : problem.expected)
    }

    /// The answer to a kind that nobody defined.
    static let unknownKind = WireFieldProblem(
        field: "kind", problem: FieldFault.notAnOption.rawValue,
        expected: "one of "
            + RecordKind.allCases.filter { $0 != .registrySubject }.map(\.name)
            .joined(separator: ", "))
}
