import VaultText
import VaultWire

/// Whom to ask, as the office set it: told with errors that nobody mends alone.
enum OfficeContact {
    /// The hint; nil where the error does not call for it, or nobody set a contact.
    ///
    /// Asked on a connection of its own: the one that failed may be of no use any more.
    static func hint(
        for error: ClientError, _ context: ClientContext, _ options: CommonOptions
    ) -> Message? {
        guard error.needsSomebody,
            let status = try? Connection(context.socketPath(options)).call(
                VaultGetStatus.self, NoFields(), seconds: patience),
            let contact = status.contact, !contact.isEmpty
        else { return nil }
        return ClientSecretMessages.contact(contact)
    }

    /// Seconds to wait for it: the error itself is what people wait for.
    private static let patience = 2
}

extension ClientError {
    /// Whether somebody else has to help: an operator who unseals, or somebody who enlists or grants
    /// again after a secret was lost or a grant has ended.
    fileprivate var needsSomebody: Bool {
        switch self {
        case .wrongSecret, .mayNotUnseal: return true
        default: break
        }
        guard case .service(let error) = self else { return false }
        return switch error {
        case .sealed, .wrongSecret, .tooManyRequests: true
        case .conflict(let what, _): what == "grant-ended" || what == "not-granted"
        default: false
        }
    }

    /// The diagnostic with whom to ask.
    func diagnostic(adding help: Message?) -> Diagnostic {
        guard let help else { return diagnostic }
        return diagnostic.adding(hint: help)
    }
}
