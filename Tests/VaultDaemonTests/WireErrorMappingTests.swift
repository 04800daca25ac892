import Testing
import VaultAccess
import VaultCoding
import VaultEngine
import VaultRecords
import VaultStatements
import VaultText
import VaultWire

@testable import VaultDaemon

@Suite struct WireErrorMappingTests {
    /// Every engine error and what it becomes. A case that is missing here shows in the count.
    static let table: [(EngineError, VaultWireError)] = [
        (.sealed, .sealed),
        (.alreadyUnsealed, .alreadyDone(what: "unsealed")),
        (.notFounded, .notFounded),
        (.alreadyFounded, .alreadyDone(what: "founded")),
        (.alreadyRotating, .alreadyDone(what: "rotation")),
        (.loginNeeded, .loginNeeded(reason: "none")),
        (.wrongSecret, .wrongSecret),
        (.mayNotUnseal, .permissionDenied),
        (.tooManyRequests(retryMicroseconds: 7), .tooManyRequests(retry: 7)),
        (.purposeNeeded, .purposeNeeded(purposes: [])),
        (.loginChanged, .loginNeeded(reason: "changed")),
        (.denied(reference: "R", rule: "secret-rule"), .denied(reference: "R")),
        (
            .denied(reference: "R", rule: "not-granted"),
            .conflict(what: "not-granted", current: "R")
        ),
        (.denied(reference: "R", rule: "code-out"), .conflict(what: "code-out", current: "R")),
        (.denied(reference: "R", rule: "not-oneself"), .conflict(what: "oneself", current: "R")),
        (
            .denied(reference: "R", rule: DenialRule.selfGrant.rawValue),
            .conflict(what: "oneself", current: "R")
        ),
        (
            .denied(reference: "R", rule: DenialRule.grantSeparation.rawValue),
            .conflict(what: "separation", current: "R")
        ),
        (.notFound(reference: "R"), .notFound(reference: "R")),
        (
            .invalidFields([
                FieldProblem(
                    path: .record.field("names").element(2), fault: .tooLong, expected: "x")
            ]),
            .invalidFields([
                WireFieldProblem(field: "names[2]", problem: "too-long", expected: "x")
            ])
        ),
        (
            .invalidArgument(name: "subject", problem: "is not an identifier"),
            .invalidFields([
                WireFieldProblem(field: "subject", problem: "is not an identifier")
            ])
        ),
        (.conflict(.baseVersion(current: 3)), .conflict(what: "version", current: "3")),
        (.conflict(.nameTaken), .conflict(what: "name", current: "")),
        (.conflict(.uidTaken), .conflict(what: "uid", current: "")),
        (.conflict(.principalState), .conflict(what: "state", current: "")),
        (.foreignLogin, .loginNeeded(reason: "foreign")),
        (.conflict(.noRotation), .conflict(what: "no-rotation", current: "")),
        (.conflict(.rowsRemain), .conflict(what: "rows-remain", current: "")),
        (.conflict(.lastOfRole(.auditor)), .conflict(what: "last", current: "auditor")),
        (
            .conflict(.lastUnsealer(uid: 1001)),
            .conflict(what: "last-unsealer", current: "1001")
        ),
        (.conflict(.fingerprint), .fingerprintMismatch(whose: "principal")),
        (.conflict(.stale), .conflict(what: "draft", current: "")),
        (.idempotencyReused, .idempotencyReused),
        (.outcomePending(reference: "R"), .outcomePending(reference: "R")),
        (.quarantined(reference: "R"), .quarantined(reference: "R")),
        (
            .unavailable(.logUnavailable, detail: "d"),
            .unavailable(
                cause: "log.unavailable", remedy: "an operator looks at: carevault status",
                detail: "d")
        ),
        (
            .unavailable(.busy),
            .unavailable(cause: "vault.busy", remedy: "try again in a moment")
        ),
        (
            .damaged(file: "f", detail: "d", remedy: "r"),
            .integrityFailure(code: "files.damaged", place: "f", found: "d", remedy: "r")
        ),
        (
            .internalError(reference: "R"),
            .unavailable(
                cause: "internal.R",
                remedy: "report this as a fault of the service, with the code")
        ),
    ]

    @Test func everyObstacleHasItsSentences() {
        #expect(Obstacle.allCases.map(\.rawValue) == ObstacleMessages.allCases.map(\.rawValue))
        for obstacle in Obstacle.allCases {
            let words = ObstacleMessages(obstacle)
            #expect(words.rawValue == obstacle.rawValue)
            for message in [words.cause, words.remedy] {
                #expect(message.text(in: .english) != message.text(in: .simplifiedChinese))
            }
        }
    }

    /// An auditor who looks up a reference reads why in words.
    @Test func everyRuleThatDeniesHasItsReason() {
        let denials = Set(DenialRule.allCases.map(\.rawValue))
        let known = Set(ClientAuditMessages.reasons.keys.filter { $0.hasPrefix("deny:") })
        #expect(known == denials)
        for (code, reason) in ClientAuditMessages.reasons {
            #expect(reason.text(in: .english) != reason.text(in: .simplifiedChinese), "\(code)")
        }
    }

    /// Whoever is refused by a rule of the chain reads the rule, in their language.
    @Test func everyRuleOfStatementsHasItsWords() {
        #expect(
            Set(RequestProblemMessages.statements.keys) == Set(BodyRule.allCases.map(\.rawValue)))
        for rule in BodyRule.allCases {
            let words = RequestProblemMessages.rule(rule.rawValue)
            #expect(words?.text(in: .english) == rule.sentence)
            #expect(words?.text(in: .simplifiedChinese) != rule.sentence)
        }
        #expect(
            VaultWireError(.invalidArgument(name: "request", problem: "ends-later"))
                == .invalidFields([
                    .init(
                        field: "request", problem: "ends-later",
                        expected: "a grant ends after it begins")
                ]))
    }

    @Test(arguments: table.indices) func mapsEveryError(_ row: Int) {
        #expect(VaultWireError(Self.table[row].0) == Self.table[row].1)
    }

    @Test func listsTheKindsForAnUnknownOne() throws {
        guard case .invalidFields(let problems) = VaultWireError(.unknownKind) else {
            Issue.record("not a field problem")
            return
        }
        #expect(problems.map(\.field) == ["kind"])
        #expect(problems[0].expected?.contains("medical.expense") == true)
    }

    @Test func speaksTheTermsOfTheMethod() {
        let terms = ErrorContext(
            loginReason: "expired", whose: "vault", purposes: ["TREAT"], done: "enrolled")
        #expect(VaultWireError(.loginNeeded, terms) == .loginNeeded(reason: "expired"))
        #expect(
            VaultWireError(.conflict(.fingerprint), terms) == .fingerprintMismatch(whose: "vault"))
        #expect(VaultWireError(.purposeNeeded, terms) == .purposeNeeded(purposes: ["TREAT"]))
        #expect(
            VaultWireError(.conflict(.principalState), terms) == .alreadyDone(what: "enrolled"))
    }

    @Test func keepsLargeWaitsInRange() {
        #expect(
            VaultWireError(.tooManyRequests(retryMicroseconds: .max))
                == .tooManyRequests(retry: .max))
    }

    /// The rule that denied stays inside: it would tell what exists.
    @Test func tellsNoRule() {
        let error = VaultWireError(.denied(reference: "R", rule: "secret-rule"))
        #expect(!error.fields.contains { "\($0.value)".contains("secret-rule") })
    }
}
