/// Every error that may appear on the wire, with its parameters.
///
/// The first six belong to `org.varlink.service`; the others are declared by each interface that
/// returns them, under the same name and with the same fields everywhere. They carry codes; the
/// sentences for people stand in the client's catalogue. What each one means, and the unit of each
/// field, is said in the interface files.
package enum VaultWireError: Error, Sendable, Equatable {
    case interfaceNotFound(interface: String)
    case methodNotFound(method: String)
    case methodNotImplemented(method: String)
    case invalidParameter(parameter: String)
    case permissionDenied
    case expectedMore

    case sealed
    case notFounded
    /// `reason`: none, expired, ended, changed or foreign.
    case loginNeeded(reason: String)
    case wrongSecret
    /// `retry`: wait before the next try, in microseconds.
    case tooManyRequests(retry: Int64)
    case denied(reference: String)
    case notFound(reference: String)
    case invalidFields([WireFieldProblem])
    case purposeNeeded(purposes: [String])
    /// `what`: version, draft, name, uid, index or row.
    case conflict(what: String, current: String)
    /// `what`: unsealed, sealed, enrolled, disabled, enabled, granted, founded, signed or
    /// rotation.
    case alreadyDone(what: String)
    case idempotencyReused
    case staleSession(compartment: String)
    /// `whose`: vault, principal or other.
    case fingerprintMismatch(whose: String)
    case outcomePending(reference: String)
    case quarantined(reference: String)
    case unavailable(cause: String, remedy: String, detail: String? = nil)
    case integrityFailure(code: String, place: String, found: String, remedy: String)
}

extension VaultWireError {
    /// Name within the interface, such as `NotFound`.
    package enum Name: String, Sendable, CaseIterable {
        case interfaceNotFound = "InterfaceNotFound"
        case methodNotFound = "MethodNotFound"
        case methodNotImplemented = "MethodNotImplemented"
        case invalidParameter = "InvalidParameter"
        case permissionDenied = "PermissionDenied"
        case expectedMore = "ExpectedMore"
        case sealed = "Sealed"
        case notFounded = "NotFounded"
        case loginNeeded = "LoginNeeded"
        case wrongSecret = "WrongSecret"
        case tooManyRequests = "TooManyRequests"
        case denied = "Denied"
        case notFound = "NotFound"
        case invalidFields = "InvalidFields"
        case purposeNeeded = "PurposeNeeded"
        case conflict = "Conflict"
        case alreadyDone = "AlreadyDone"
        case idempotencyReused = "IdempotencyReused"
        case staleSession = "StaleSession"
        case fingerprintMismatch = "FingerprintMismatch"
        case outcomePending = "OutcomePending"
        case quarantined = "Quarantined"
        case unavailable = "Unavailable"
        case integrityFailure = "IntegrityFailure"

        /// Whether `org.varlink.service` declares it.
        package var isStandard: Bool {
            switch self {
            case .interfaceNotFound, .methodNotFound, .methodNotImplemented, .invalidParameter,
                .permissionDenied, .expectedMore:
                true
            default: false
            }
        }
    }

    /// Name within the interface.
    package var name: Name {
        switch self {
        case .interfaceNotFound: .interfaceNotFound
        case .methodNotFound: .methodNotFound
        case .methodNotImplemented: .methodNotImplemented
        case .invalidParameter: .invalidParameter
        case .permissionDenied: .permissionDenied
        case .expectedMore: .expectedMore
        case .sealed: .sealed
        case .notFounded: .notFounded
        case .loginNeeded: .loginNeeded
        case .wrongSecret: .wrongSecret
        case .tooManyRequests: .tooManyRequests
        case .denied: .denied
        case .notFound: .notFound
        case .invalidFields: .invalidFields
        case .purposeNeeded: .purposeNeeded
        case .conflict: .conflict
        case .alreadyDone: .alreadyDone
        case .idempotencyReused: .idempotencyReused
        case .staleSession: .staleSession
        case .fingerprintMismatch: .fingerprintMismatch
        case .outcomePending: .outcomePending
        case .quarantined: .quarantined
        case .unavailable: .unavailable
        case .integrityFailure: .integrityFailure
        }
    }

    /// The parameters in the order of the interface files.
    package var fields: [(name: String, value: any WireValue)] {
        switch self {
        case .interfaceNotFound(let interface): [("interface", interface)]
        case .methodNotFound(let method), .methodNotImplemented(let method): [("method", method)]
        case .invalidParameter(let parameter): [("parameter", parameter)]
        case .loginNeeded(let reason): [("reason", reason)]
        case .tooManyRequests(let retry): [("retry_us", retry)]
        case .denied(let reference), .notFound(let reference), .outcomePending(let reference),
            .quarantined(let reference):
            [("reference", reference)]
        case .invalidFields(let problems): [("problems", problems)]
        case .purposeNeeded(let purposes): [("purposes", purposes)]
        case .conflict(let what, let current): [("what", what), ("current", current)]
        case .alreadyDone(let what): [("what", what)]
        case .staleSession(let compartment): [("compartment", compartment)]
        case .fingerprintMismatch(let whose): [("whose", whose)]
        case .unavailable(let cause, let remedy, let detail):
            [("cause", cause), ("remedy", remedy), ("detail", detail)]
        case .integrityFailure(let code, let place, let found, let remedy):
            [("code", code), ("place", place), ("found", found), ("remedy", remedy)]
        case .permissionDenied, .expectedMore, .sealed, .notFounded, .wrongSecret,
            .idempotencyReused:
            []
        }
    }

    /// Full name on the wire, such as `io.carevault.Records.NotFound`.
    package func fullName(in interface: Interface) -> String {
        let owner = name.isStandard ? Interface.service : interface
        return "\(owner.rawValue).\(name.rawValue)"
    }

    /// This error if the interface declares it, else `unavailable` with its name as the cause.
    package func declared(in interface: Interface) -> VaultWireError {
        let isDeclared = name.isStandard || interface.description.errors[name.rawValue] != nil
        guard !isDeclared else { return self }
        return .unavailable(
            cause: "undeclared.\(name.rawValue)", remedy: "Report this as a fault of the service.")
    }
}
