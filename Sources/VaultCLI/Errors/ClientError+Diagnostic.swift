import VaultCoding
import VaultRecords
import VaultText
import VaultWire

extension ClientError {
    /// What to say. Total: a new error cannot be without words.
    var diagnostic: Diagnostic {
        switch self {
        case .usage(let problem): problem.diagnostic
        case .input(let problem): problem.diagnostic
        case .prompt(let error): error.diagnostic
        case .connection(let error): error.diagnostic
        case .service(let error): error.diagnostic
        case .wrongSecret(.slot): WrongSecretMessages.unseal
        case .wrongSecret(.code): WrongSecretMessages.code
        case .mayNotUnseal(let uid): WrongSecretMessages.mayNotUnseal(uid: uid)
        case .loginNeeded(.none(let login)): ClientServiceMessages.notLoggedIn(login)
        case .loginNeeded(.stale(let reason)): ClientServiceMessages.loginOver(reason)
        case .platform(let error): PlatformMessages.diagnostic(error)
        case .noRuntimeDirectory(let tried, let user):
            ClientServiceMessages.noRuntimeDirectory(tried, user: user)
        case .evidence(let problem): problem.diagnostic
        }
    }

    /// How the program ends. Total.
    var status: ExitStatus {
        switch self {
        case .usage: .usage
        case .input(let problem): problem.status
        case .prompt, .platform: .failure
        case .connection(.callTooLong): .failure
        case .connection: .unavailable
        case .service(let error): error.status
        case .wrongSecret, .mayNotUnseal: .refused
        case .loginNeeded: .loginNeeded
        case .noRuntimeDirectory: .failure
        case .evidence: .invalid
        }
    }

    /// A stable name for programs.
    var code: String {
        switch self {
        case .usage: "usage"
        case .input: "input"
        case .prompt: "prompt"
        case .connection: "connection"
        case .service(let error): error.name.rawValue
        case .wrongSecret: VaultWireError.Name.wrongSecret.rawValue
        case .mayNotUnseal: VaultWireError.Name.permissionDenied.rawValue
        case .loginNeeded: VaultWireError.Name.loginNeeded.rawValue
        case .platform: "system"
        case .noRuntimeDirectory: "no-runtime-directory"
        case .evidence: "evidence"
        }
    }
}

extension UsageProblem {
    var diagnostic: Diagnostic {
        switch self {
        case .parser(let text, let command, let meant):
            ClientInputMessages.usage(text, command: command, meant: meant)
        case .unknownCommand(let word, let command):
            HelpMessages.unknownCommand(word, program: command)
        case .notAPart(let typed): ClientSampleMessages.notAPart(typed)
        case .unknownPurpose(let typed):
            ClientInputMessages.unknownPurpose(
                typed,
                known: CommonMessages.list(
                    PurposeOfUse.allCases.map { TitleMessages.purpose($0.rawValue) }))
        case .unknownKind(let typed):
            ClientInputMessages.unknownKind(
                typed,
                known: TitleMessages.choices(RecordKind.allCases.map(\.name), TitleMessages.kind))
        case .unknownLanguage(let typed): CommonMessages.unknownLanguage(typed)
        case .clientDataAsArgument: ClientInputMessages.clientDataAsArgument
        case .malformedIdentifier(let typed): ClientInputMessages.malformedIdentifier(typed)
        case .malformedReference(let typed): ClientAuditMessages.malformedReference(typed)
        case .outOfRange(let option, let range):
            ClientInputMessages.outOfRange(option, range.lowerBound, range.upperBound)
        case .excludes(let one, let other): ClientInputMessages.excludes(one, other)
        case .standardInputTwice: ClientInputMessages.standardInputTwice
        case .notADate(let option): ClientInputMessages.notADate(option)
        case .unknownRole(let typed):
            ClientInputMessages.unknownRole(
                typed,
                known: TitleMessages.choices(Role.allCases.map(\.rawValue), TitleMessages.role))
        case .unknownCompartment(let typed):
            ClientInputMessages.unknownCompartment(
                typed,
                known: TitleMessages.choices(
                    Compartment.allCases.map(\.rawValue), TitleMessages.compartment))
        case .missing(let option): ClientInputMessages.missing(option)
        case .personIsThere: RecordFormMessages.personIsThere
        case .shell(let problem): problem.diagnostic
        }
    }
}

extension InputProblem {
    var diagnostic: Diagnostic {
        switch self {
        case .record(let problems):
            Diagnostic(
                severity: .error, message: ClientInputMessages.wrongRecord,
                hints: problems.map(\.message))
        case .json(let offset): ClientInputMessages.notJSON(at: offset)
        case .notAnObject: ClientInputMessages.notAnObject
        case .empty(let source): ClientInputMessages.empty(source)
        case .notText(let source): ClientInputMessages.notText(source)
        case .wordCount(let expected, let found):
            ClientInputMessages.wordCount(expected: expected, found: found)
        case .unknownWord(let place, let typed): ClientInputMessages.unknownWord(place, typed)
        case .notAKeyFile(let source): ClientInputMessages.notAKeyFile(source)
        case .numberInUse: RecordFormMessages.notAdded
        case .dropped: .error(FormMessages.dropped)
        case .unchanged: .error(FormMessages.unchanged)
        case .uncertain: RecordFormMessages.uncertain(.error)
        case .noEditor: RecordFormMessages.noEditor
        case .editorFailed(let command, let status):
            RecordFormMessages.editorFailed(command, status: status)
        case .notAProgressFile(let source): LoadMessages.notAProgressFile(source)
        case .notACheckpoint(let source): ClientInputMessages.notACheckpoint(source)
        case .evidenceAsCheckpoint(let source):
            ClientInputMessages.evidenceAsCheckpoint(source)
        case .notEvidence(let source, let found): VerifyMessages.notEvidence(source, found)
        case .unknownPrincipal(let typed): ClientInputMessages.unknownPrincipal(typed)
        case .ambiguousPrincipal(let typed): ClientInputMessages.ambiguousPrincipal(typed)
        case .unknownReference(let reference): ClientAuditMessages.unknownReference(reference)
        case .notEnrolled(let name): ClientDirectoryMessages.notEnrolled(name)
        case .isDisabled(let name): ClientDirectoryMessages.isDisabled(name)
        case .founderMissing(let role): ClientInputMessages.founderMissing(role)
        case .notAFounder: ClientInputMessages.notAFounder
        case .noTerminalForSecret: ClientInputMessages.noTerminalForSecret
        case .noTerminalForWords: ClientInputMessages.noTerminalForWords
        }
    }

    var status: ExitStatus {
        switch self {
        case .unknownPrincipal, .ambiguousPrincipal, .unknownReference: .refused
        case .uncertain: .unavailable
        case .record, .json, .notAnObject, .empty, .notText, .wordCount, .unknownWord,
            .notAKeyFile, .notAProgressFile, .numberInUse, .dropped, .unchanged, .noEditor,
            .editorFailed,
            .notACheckpoint, .evidenceAsCheckpoint, .notEvidence, .notEnrolled, .isDisabled,
            .founderMissing, .notAFounder,
            .noTerminalForSecret,
            .noTerminalForWords:
            .failure
        }
    }
}

extension LocatedProblem {
    /// A problem that the service found; its code in words where they are known.
    init(_ problem: WireFieldProblem, kind: String? = nil) {
        let words = FieldFault(rawValue: problem.problem)?.words ?? problem.problem
        self.init(
            line: nil, field: problem.field, problem: words, expected: problem.expected,
            code: problem.problem, kind: kind)
    }

    var message: Message {
        if let rule = code.flatMap({ RequestProblemMessages.rule($0) }) {
            // Of the request as a whole there is no field to name.
            return RecordProblemMessages.problem(
                line: line, field: field == "request" ? nil : field, rule, expected: nil)
        }
        return RecordProblemMessages.problem(
            line: line, field: field.map { ArgumentMessages.option($0) ?? $0 },
            code.flatMap { ArgumentMessages.problem($0) } ?? code.flatMap {
                RecordProblemMessages.fault($0)
            } ?? Message(verbatim: problem),
            expected: expected.map {
                FieldWords.expected(code, field, kind: kind, english: $0)
            })
    }
}

extension EvidenceProblem {
    var diagnostic: Diagnostic {
        switch self {
        case .badSignature(let source): ClientInputMessages.badSignature(source)
        case .shrunk(let seen, let found): ClientInputMessages.shrunk(seen: seen, found: found)
        case .forked(let size): ClientInputMessages.forked(size: size)
        case .otherLog(let source): ClientInputMessages.otherLog(source)
        }
    }
}

extension ConnectionError {
    var diagnostic: Diagnostic {
        switch self {
        case .unreachable(let error): PlatformMessages.diagnostic(error)
        case .lost(let path): ClientServiceMessages.connectionLost(path)
        case .timedOut(let path, let seconds):
            ClientServiceMessages.timedOut(path, seconds: seconds)
        case .garbled(let path): ClientServiceMessages.garbled(path)
        case .callTooLong(let limit): ClientServiceMessages.callTooLong(limit: limit)
        }
    }
}
