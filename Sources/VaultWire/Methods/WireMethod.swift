/// A method of an interface: its name and its Swift types, one type per method.
package protocol WireMethod: Sendable {
    associatedtype Parameters: WireObject
    associatedtype Reply: WireObject
    /// The interface that declares it.
    static var interface: Interface { get }
    /// Its name within the interface.
    static var member: String { get }
    /// Whether it answers with several replies.
    static var streaming: Streaming { get }
}

extension WireMethod {
    /// Full name, such as `io.carevault.Vault.Unseal`.
    package static var name: String { "\(interface.rawValue).\(member)" }
    package static var streaming: Streaming { .never }
}

/// Every method of every interface.
package enum WireMethods {
    /// In the order of the interface files.
    package static let all: [any WireMethod.Type] =
        serviceMethods + vaultMethods + sessionMethods + directoryMethods + subjectsMethods
        + recordsMethods + keysMethods + auditMethods

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The method of a full name.
    /// - Throws: `VaultWireError.interfaceNotFound` or `VaultWireError.methodNotFound`.
    package static func find(_ name: String) throws(VaultWireError) -> any WireMethod.Type {
        if let method = byName[name] { return method }
        let interface = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        guard Interface(rawValue: interface) != nil else {
            throw .interfaceNotFound(interface: echo(interface))
        }
        throw .methodNotFound(method: echo(name))
    }

    /// A stranger's name as an error repeats it: cut, so that no long name comes back longer.
    static func echo(_ name: String) -> String { String(name.prefix(100)) }
}
