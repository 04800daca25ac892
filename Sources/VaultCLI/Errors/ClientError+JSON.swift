import VaultCoding
import VaultText
import VaultWire

extension ClientError {
    /// The answer for programs: `error` with a stable code, the message in English, the exit code,
    /// and what the service said.
    /// - Parameter help: whom to ask, if that is known.
    func json(adding help: Message?) -> String {
        let diagnostic = diagnostic(adding: help)
        var error = JSON.Object()
        error["code"] = .string(code)
        error["message"] = .string(diagnostic.message.text(in: .english))
        error["hints"] = .array(diagnostic.hints.map { .string($0.text(in: .english)) })
        error["exit"] = .int(Int64(status.rawValue))
        if case .service(let service) = self {
            for field in service.fields {
                var bytes: [UInt8] = []
                field.value.append(to: &bytes)
                error[field.name] = try? JSON.parse(bytes)
            }
        }
        var object = JSON.Object()
        object["error"] = .object(error)
        return JSONLine.text(object)
    }
}
