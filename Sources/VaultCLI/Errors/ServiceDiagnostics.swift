import VaultCoding
import VaultText
import VaultWire

extension VaultWireError {
    /// What to say when the service answers with this error. Total.
    var diagnostic: Diagnostic {
        switch self {
        case .interfaceNotFound(let name), .methodNotFound(let name),
            .methodNotImplemented(let name), .invalidParameter(let name):
            ClientServiceMessages.unknownCall(name)
        case .expectedMore: ClientServiceMessages.unknownCall("more")
        case .permissionDenied: ClientServiceMessages.denied(nil)
        case .sealed: ClientServiceMessages.sealed
        case .notFounded: ClientServiceMessages.notFounded
        case .loginNeeded(let reason):
            reason == "none"
                ? ClientServiceMessages.notLoggedIn(nil) : ClientServiceMessages.loginOver(reason)
        case .wrongSecret: WrongSecretMessages.own
        case .tooManyRequests(let retry):
            ClientServiceMessages.tooManyRequests(seconds: UInt64(max(0, retry)) / 1_000_000 + 1)
        case .denied(let reference): ClientServiceMessages.denied(reference)
        case .notFound(let reference): ClientServiceMessages.notFound(reference)
        case .invalidFields(let problems):
            Diagnostic(
                severity: .error, message: ClientServiceMessages.invalidFields,
                hints: problems.map { LocatedProblem($0).message })
        case .purposeNeeded(let purposes):
            ClientServiceMessages.purposeNeeded(purposes)
        case .conflict(let what, let current):
            ClientServiceMessages.conflict(what, current: current)
        case .alreadyDone(let what): ClientServiceMessages.alreadyDone(what)
        case .idempotencyReused: ClientServiceMessages.idempotencyReused
        case .staleSession(let compartment): ClientServiceMessages.staleSession(compartment)
        case .fingerprintMismatch(let whose): ClientServiceMessages.fingerprintMismatch(whose)
        case .outcomePending(let reference): ClientServiceMessages.outcomePending(reference)
        case .quarantined(let reference): ClientServiceMessages.quarantined(reference)
        case .unavailable(let cause, let remedy, let detail):
            ClientServiceMessages.unavailable(cause: cause, remedy: remedy, detail: detail)
        case .integrityFailure(_, let place, let found, let remedy):
            ClientServiceMessages.integrityFailure(place: place, found: found, remedy: remedy)
        }
    }

    /// How the program ends. Total.
    var status: ExitStatus {
        switch self {
        case .sealed: .sealed
        case .loginNeeded, .staleSession: .loginNeeded
        case .denied, .notFound, .permissionDenied, .wrongSecret: .refused
        case .conflict("grant-ended", _), .conflict("not-granted", _), .conflict("code-out", _),
            .conflict("separation", _), .conflict("oneself", _):
            .refused
        case .purposeNeeded: .usage
        case .tooManyRequests, .unavailable, .outcomePending: .unavailable
        case .interfaceNotFound, .methodNotFound, .methodNotImplemented, .invalidParameter,
            .expectedMore, .notFounded, .invalidFields, .conflict, .alreadyDone,
            .idempotencyReused, .fingerprintMismatch, .quarantined, .integrityFailure:
            .failure
        }
    }
}
