import VaultCoding
import VaultEngine
import VaultSocket
import VaultWire

/// One call of a method on its way to its answer.
struct Exchange<Method: WireMethod>: Sendable {
    /// What the caller said.
    let parameters: Method.Parameters
    /// On which connection.
    let connection: ConnectionState
    /// Where the answer goes.
    let responder: Responder
    /// What errors of this method mean.
    let terms: Route.Terms

    /// The vault.
    var vault: Vault { connection.context.vault }
    /// Who calls, as the kernel says.
    var caller: Caller { connection.caller }

    /// The login of the connection. Throws `sealed` or `loginNeeded`.
    func session() throws(EngineError) -> Session { try connection.session() }

    /// Answers.
    func reply(_ reply: Method.Reply) { responder.reply(ReplyWriter.reply(reply)) }

    /// Answers with an error of the engine.
    func fail(_ error: EngineError) {
        let context = connection.errorContext(terms)
        // Over for good: the next login on this connection starts from nothing.
        if [.loginNeeded, .loginChanged, .foreignLogin, .sealed].contains(error) {
            connection.refused()
            connection.untie()
        }
        if case .invalidArgument(let name, _) = error, !Method.declaresFields {
            fail(.invalidParameter(parameter: name))
        } else {
            fail(VaultWireError(error, context))
        }
    }

    /// Answers with an error of the wire.
    func fail(_ error: VaultWireError) { responder.fail(error, in: Method.interface) }

    /// A completion for the engine that answers with what `make` makes of the result.
    func answer<Value>(
        _ make: @escaping @Sendable (Value) -> Method.Reply
    ) -> Answer<Value> {
        { result in
            switch result {
            case .success(let value): reply(make(value))
            case .failure(let error): fail(error)
            }
        }
    }
}

extension WireMethod {
    /// Whether its interface can say what is wrong with a field.
    fileprivate static var declaresFields: Bool {
        let name = VaultWireError.Name.invalidFields.rawValue
        return interface.description.errors[name] != nil
    }
}

/// Reads the text forms of parameters; what does not fit is an invalid argument of that name.
enum Argument {
    /// An identifier.
    static func identifier<Kind>(
        _ text: String, _ name: String
    ) throws(EngineError) -> Identifier<Kind> {
        do {
            return try Identifier<Kind>(text: text)
        } catch {
            throw .invalidArgument(name: name, problem: "is not an identifier")
        }
    }

    /// A purpose of use, by code or plain name; nil for none.
    static func purpose(_ text: String?) throws(EngineError) -> PurposeOfUse? {
        guard let text else { return nil }
        guard let purpose = PurposeOfUse(rawValue: text) ?? PurposeOfUse(typed: text) else {
            throw .invalidArgument(name: "purpose", problem: "is not a purpose of use")
        }
        return purpose
    }

    /// A number within bounds; `absent` for none.
    static func count(
        _ number: Int64?, _ name: String, in range: ClosedRange<Int64>, absent: Int64
    ) throws(EngineError) -> Int {
        let number = number ?? absent
        guard range.contains(number) else {
            throw .invalidArgument(name: name, problem: "is not in \(range)")
        }
        return Int(number)
    }

    /// A version, from 1.
    static func version(_ number: Int64, _ name: String) throws(EngineError) -> UInt32 {
        guard let version = UInt32(exactly: number), version > 0 else {
            throw .invalidArgument(name: name, problem: "is not a version")
        }
        return version
    }

    /// A sequence of the log or a size of it.
    static func sequence(_ number: Int64?, _ name: String) throws(EngineError) -> UInt64? {
        guard let number else { return nil }
        guard let sequence = UInt64(exactly: number) else {
            throw .invalidArgument(name: name, problem: "is negative")
        }
        return sequence
    }
}
