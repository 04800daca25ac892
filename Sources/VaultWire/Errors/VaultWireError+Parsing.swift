package import VaultCoding

extension VaultWireError {
    /// The error of a reply; nil if no interface here declares it so.
    /// - Parameters:
    ///   - fullName: such as `io.carevault.Records.NotFound`.
    ///   - parameters: its parameters; further ones are passed over.
    package init?(fullName: String, parameters: JSON.Object) {
        guard let dot = fullName.lastIndex(of: "."),
            let interface = Interface(rawValue: String(fullName[..<dot])),
            let name = Name(rawValue: String(fullName[fullName.index(after: dot)...])),
            name.isStandard == (interface == .service),
            let error = Self(name: name, reading: ErrorReader(object: parameters))
        else { return nil }
        self = error
    }

    private init?(name: Name, reading reader: ErrorReader) {
        let error: VaultWireError? =
            switch name {
            case .interfaceNotFound: reader.one("interface") { .interfaceNotFound(interface: $0) }
            case .methodNotFound: reader.one("method") { .methodNotFound(method: $0) }
            case .methodNotImplemented: reader.one("method") { .methodNotImplemented(method: $0) }
            case .invalidParameter: reader.one("parameter") { .invalidParameter(parameter: $0) }
            case .permissionDenied: .permissionDenied
            case .expectedMore: .expectedMore
            case .sealed: .sealed
            case .notFounded: .notFounded
            case .loginNeeded: reader.one("reason") { .loginNeeded(reason: $0) }
            case .wrongSecret: .wrongSecret
            case .tooManyRequests: reader.one("retry_us") { .tooManyRequests(retry: $0) }
            case .denied: reader.one("reference") { .denied(reference: $0) }
            case .notFound: reader.one("reference") { .notFound(reference: $0) }
            case .invalidFields: reader.one("problems") { .invalidFields($0) }
            case .purposeNeeded: reader.one("purposes") { .purposeNeeded(purposes: $0) }
            case .conflict: reader.two("what", "current") { .conflict(what: $0, current: $1) }
            case .alreadyDone: reader.one("what") { .alreadyDone(what: $0) }
            case .idempotencyReused: .idempotencyReused
            case .staleSession: reader.one("compartment") { .staleSession(compartment: $0) }
            case .fingerprintMismatch: reader.one("whose") { .fingerprintMismatch(whose: $0) }
            case .outcomePending: reader.one("reference") { .outcomePending(reference: $0) }
            case .quarantined: reader.one("reference") { .quarantined(reference: $0) }
            case .unavailable:
                reader.two("cause", "remedy") {
                    .unavailable(cause: $0, remedy: $1, detail: reader.value("detail"))
                }
            case .integrityFailure: reader.integrityFailure()
            }
        guard let error else { return nil }
        self = error
    }
}

private struct ErrorReader {
    let object: JSON.Object

    func value<Value: WireValue>(_ key: String) -> Value? {
        object[key].flatMap { Value.decode($0, strict: false) }
    }

    func one<Value: WireValue>(
        _ key: String, _ make: (Value) -> VaultWireError
    ) -> VaultWireError? {
        value(key).map(make)
    }

    func two(
        _ first: String, _ second: String, _ make: (String, String) -> VaultWireError
    ) -> VaultWireError? {
        guard let first: String = value(first), let second: String = value(second) else {
            return nil
        }
        return make(first, second)
    }

    func integrityFailure() -> VaultWireError? {
        guard let code: String = value("code"), let place: String = value("place"),
            let found: String = value("found"), let remedy: String = value("remedy")
        else { return nil }
        return .integrityFailure(code: code, place: place, found: found, remedy: remedy)
    }
}

extension VaultWireError {
    /// The wire error for contents that do not fit the interface; nil where no reply is possible
    /// and the connection has to be closed. Total: a new `WireError` has to choose.
    package init?(_ error: WireError) {
        switch error {
        case .field(let name): self = .invalidParameter(parameter: name)
        case .messageTooLong, .emptyMessage, .notJSON, .notAnObject, .unknownKey, .wrongType,
            .noMethod, .conflictingFlags, .unknownError:
            return nil
        }
    }
}
