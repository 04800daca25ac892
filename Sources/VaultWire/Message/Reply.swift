package import VaultCoding

/// Writes replies: one message from service to client, always with a `parameters` object, because
/// a client in use refuses null there.
package enum ReplyWriter {
    /// A reply, without its NUL.
    /// - Parameters:
    ///   - parameters: what the method returns.
    ///   - continues: whether more replies follow; only for a call with `more`.
    package static func reply(_ parameters: some WireObject, continues: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        bytes.append(contentsOf: #"{"parameters":"#.utf8)
        parameters.append(to: &bytes)
        close(&bytes, continues)
        return bytes
    }

    /// A reply whose parameters are already bytes, without its NUL.
    /// - Parameters:
    ///   - parameters: one JSON object.
    ///   - continues: whether more replies follow; only for a call with `more`.
    package static func reply(raw parameters: JSONBytes, continues: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parameters.bytes.count + 40)
        bytes.append(contentsOf: #"{"parameters":"#.utf8)
        bytes.append(contentsOf: parameters.bytes)
        close(&bytes, continues)
        return bytes
    }

    /// An error reply, without its NUL. An error that the interface does not declare must not
    /// appear on the wire; it is told as `Unavailable` there, with its name as the cause.
    package static func error(_ error: VaultWireError, in interface: Interface) -> [UInt8] {
        let declared = error.declared(in: interface)
        var bytes = Array(#"{"error":"#.utf8)
        JSONWriter.append(string: declared.fullName(in: interface), to: &bytes)
        bytes.append(contentsOf: #","parameters":{"#.utf8)
        for (index, field) in declared.fields.filter(\.value.isPresent).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONWriter.append(string: field.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            field.value.append(to: &bytes)
        }
        bytes.append(contentsOf: "}}".utf8)
        return bytes
    }

    private static func close(_ bytes: inout [UInt8], _ continues: Bool) {
        bytes.append(contentsOf: (continues ? #","continues":true}"# : "}").utf8)
    }
}

/// A reply as a client reads it.
package struct Reply: Sendable, Equatable {
    /// What the method returned, or what the error says; empty if absent.
    package let parameters: JSON.Object
    /// Whether more replies follow.
    package let continues: Bool
    /// Full name of the error; nil for success.
    package let error: String?

    /// Reads one message, without its NUL.
    /// - Throws: `WireError`; the connection must then be closed.
    package init(
        parsing message: [UInt8], limits: MessageLimits = .standard
    ) throws(WireError) {
        var parameters = JSON.Object()
        var continues = false
        var error: String?
        for (key, value) in try JSON.Object(message: message, limits: limits).members {
            switch key {
            case "parameters": parameters = try value.asParameters()
            case "continues": continues = try value.asFlag("continues")
            case "error":
                guard let name = value.string else { throw .wrongType(key: "error") }
                error = name
            default: throw .unknownKey
            }
        }
        guard error == nil || !continues else { throw .conflictingFlags }
        self.parameters = parameters
        self.continues = continues
        self.error = error
    }

    /// What came back for a call of a method: its reply, or the error that the service told.
    ///
    /// - Throws: `WireError.field` if the parameters do not fit the method,
    ///   `WireError.unknownError` if the error is none that is declared.
    package func result<M: WireMethod>(
        of method: M.Type
    ) throws(WireError) -> Result<M.Reply, VaultWireError> {
        guard let error else { return .success(try M.Reply(reply: parameters)) }
        guard let known = VaultWireError(fullName: error, parameters: parameters) else {
            throw .unknownError
        }
        return .failure(known)
    }
}

extension Reply: CustomStringConvertible, CustomReflectable {
    /// The error's name only: parameters may be secret or personal.
    package var description: String { "Reply(\(error ?? (continues ? "continues" : "final")))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
