import VaultCoding
import VaultWire

/// A principal as it was named on the command line.
struct NamedPrincipal {
    /// Its identifier.
    var id: String
    /// Its name, or what was typed where nothing had to be looked up.
    var name: String
}

extension Client {
    /// The principal of a name, an identifier, or a beginning of an identifier that is unique.
    /// - Throws: `ClientError.input` where there is none, or more than one.
    func principal(_ typed: String) throws(ClientError) -> NamedPrincipal {
        if let whole = try? PrincipalID(text: typed) {
            return NamedPrincipal(id: whole.text, name: whole.text)
        }
        let listed = try listedPrincipal(typed)
        return NamedPrincipal(id: listed.id, name: listed.name)
    }

    /// The same with all that the list says of the principal.
    func listedPrincipal(_ typed: String) throws(ClientError) -> WirePrincipal {
        let principals = try read(DirectoryListPrincipals.self, NoFields()).principals
        if let named = principals.first(where: { $0.name == typed }) { return named }
        let start = typed.uppercased().filter { $0 != "-" }
        let found = principals.filter { !start.isEmpty && $0.id.hasPrefix(start) }
        guard let only = found.first else { throw .input(.unknownPrincipal(typed)) }
        guard found.count == 1 else { throw .input(.ambiguousPrincipal(typed)) }
        return only
    }
}
