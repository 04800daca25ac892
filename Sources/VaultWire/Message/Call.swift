package import VaultCoding

/// A call: one message from client to service (varlink.org, "Method Call").
package struct Call: Sendable, Equatable {
    /// Full name, such as `io.carevault.Vault.Unseal`; not looked up yet.
    package let method: String
    /// The parameters; empty if the call has none.
    package let parameters: JSON.Object
    /// No reply is wanted, not even an error.
    package let oneway: Bool
    /// Several replies are welcome.
    package let more: Bool
    /// The connection should leave the protocol after the reply; no method here supports that.
    package let upgrade: Bool

    /// - Parameters:
    ///   - method: full name.
    ///   - parameters: the parameters.
    ///   - oneway: no reply is wanted.
    ///   - more: several replies are welcome.
    package init(
        method: String, parameters: JSON.Object = JSON.Object(), oneway: Bool = false,
        more: Bool = false
    ) {
        self.method = method
        self.parameters = parameters
        self.oneway = oneway
        self.more = more
        upgrade = false
    }

    /// Reads one message, without its NUL.
    ///
    /// `parameters` may be absent, null or an object; flags may be absent, null or a boolean. The
    /// copy of the bytes that parsing needs is overwritten, for the message may hold a secret.
    ///
    /// - Throws: `WireError`; the connection must then be closed, for what the other side takes for
    ///   the message is unknown.
    package init(
        parsing message: borrowing Span<UInt8>, limits: MessageLimits = .standard
    ) throws(WireError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.count)
        for index in message.indices { bytes.append(message[index]) }
        defer { for index in bytes.indices { bytes[index] = 0 } }
        try self.init(JSON.Object(message: bytes, limits: limits))
    }

    private init(_ object: JSON.Object) throws(WireError) {
        var method: String?
        var parameters = JSON.Object()
        var flags: (oneway: Bool, more: Bool, upgrade: Bool) = (false, false, false)
        for (key, value) in object.members {
            switch key {
            case "method":
                guard let name = value.string else { throw .wrongType(key: "method") }
                method = name
            case "parameters": parameters = try value.asParameters()
            case "oneway": flags.oneway = try value.asFlag("oneway")
            case "more": flags.more = try value.asFlag("more")
            case "upgrade": flags.upgrade = try value.asFlag("upgrade")
            default: throw .unknownKey
            }
        }
        guard let method else { throw .noMethod }
        guard !flags.oneway || (!flags.more && !flags.upgrade), !flags.more || !flags.upgrade else {
            throw .conflictingFlags
        }
        self.method = method
        self.parameters = parameters
        (oneway, more, upgrade) = flags
    }

    /// The message, without its NUL.
    package func format() -> [UInt8] {
        var bytes = Array(#"{"method":"#.utf8)
        JSONWriter.append(string: method, to: &bytes)
        bytes.append(contentsOf: #","parameters":"#.utf8)
        parameters.append(to: &bytes)
        bytes.appendFlags(oneway: oneway, more: more)
        return bytes
    }

    /// The message of a call of a known method, without its NUL.
    package static func format<M: WireMethod>(
        _ method: M.Type, _ parameters: M.Parameters, oneway: Bool = false, more: Bool = false
    ) -> [UInt8] {
        var bytes = Array(#"{"method":"#.utf8)
        JSONWriter.append(string: method.name, to: &bytes)
        bytes.append(contentsOf: #","parameters":"#.utf8)
        parameters.append(to: &bytes)
        bytes.appendFlags(oneway: oneway, more: more)
        return bytes
    }
}

extension Call: CustomStringConvertible, CustomReflectable {
    /// Method and flags only: parameters may be secret or personal, and the name is a stranger's
    /// text unless it is known.
    package var description: String {
        let known = (try? WireMethods.find(method))?.name ?? "unknown method"
        return "Call(\(known)\(oneway ? ", oneway" : "")\(more ? ", more" : ""))"
    }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSON.Value {
    func asParameters() throws(WireError) -> JSON.Object {
        switch self {
        case .null: return JSON.Object()
        case .object(let object): return object
        default: throw .wrongType(key: "parameters")
        }
    }

    func asFlag(_ key: String) throws(WireError) -> Bool {
        switch self {
        case .null: return false
        case .bool(let flag): return flag
        default: throw .wrongType(key: key)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendFlags(oneway: Bool, more: Bool) {
        if oneway { append(contentsOf: #","oneway":true"#.utf8) }
        if more { append(contentsOf: #","more":true"#.utf8) }
        append(UInt8(ascii: "}"))
    }
}
