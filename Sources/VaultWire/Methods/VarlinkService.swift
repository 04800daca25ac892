package import VaultCoding

/// Answers `org.varlink.service`, which every service implements (varlink.org, "Service").
package struct VarlinkService: Sendable {
    private let info: ServiceGetInfo.Reply

    /// - Parameters:
    ///   - vendor: who makes the service.
    ///   - product: its name.
    ///   - version: its version.
    ///   - url: where to read more.
    package init(vendor: String, product: String, version: String, url: String) {
        info = ServiceGetInfo.Reply(
            vendor: vendor, product: product, version: version, url: url,
            interfaces: Interface.allCases.map(\.rawValue).sorted())
    }

    /// The complete reply, without its NUL, to a call that needs no vault: of this interface, or
    /// of a method that does not exist or wants another flag. Nil for a call that the vault has to
    /// answer.
    package func answer(_ call: Call) -> [UInt8]? {
        do throws(VaultWireError) {
            let method = try WireMethods.find(call.method)
            // Nothing here hands the connection over to another protocol.
            guard !call.upgrade else { throw .methodNotImplemented(method: method.name) }
            guard call.more || method.streaming != .required else { throw .expectedMore }
            guard method.interface == .service else { return nil }
            return try answer(method, call.parameters)
        } catch {
            return ReplyWriter.error(error, in: .service)
        }
    }

    private func answer(
        _ method: any WireMethod.Type, _ parameters: JSON.Object
    ) throws(VaultWireError) -> [UInt8] {
        if method == ServiceGetInfo.self {
            _ = try ServiceGetInfo.Parameters(checking: parameters)
            return ReplyWriter.reply(info)
        }
        let asked = try ServiceGetInterfaceDescription.Parameters(checking: parameters).interface
        guard let interface = Interface(rawValue: asked) else {
            throw .interfaceNotFound(interface: WireMethods.echo(asked))
        }
        let text = String(decoding: interface.text, as: UTF8.self)
        return ReplyWriter.reply(ServiceGetInterfaceDescription.Reply(description: text))
    }
}

extension WireObject {
    /// Reads the parameters of a call; what does not fit is told as `InvalidParameter`.
    package init(checking parameters: JSON.Object) throws(VaultWireError) {
        do throws(WireError) {
            try self.init(parameters: parameters)
        } catch {
            throw VaultWireError(error) ?? .invalidParameter(parameter: "parameters")
        }
    }
}
