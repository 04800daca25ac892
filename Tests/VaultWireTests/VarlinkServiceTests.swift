import Testing
import VaultCoding
import VaultWire

@Suite struct VarlinkServiceTests {
    private let service = VarlinkService(
        vendor: "CareVault", product: "carevaultd", version: "1", url: "https://example.org")

    private func answer(_ text: String) throws -> Reply? {
        let call = try Call(parsing: Array(text.utf8).span)
        return try service.answer(call).map { bytes throws(WireError) in try Reply(parsing: bytes) }
    }

    @Test func infoNamesEveryInterfaceSorted() throws {
        let reply = try #require(try answer(#"{"method":"org.varlink.service.GetInfo"}"#))
        let info = try reply.result(of: ServiceGetInfo.self).get()
        #expect(info.interfaces.count == Interface.allCases.count)
        #expect(info.interfaces == info.interfaces.sorted())
        #expect(info.interfaces.contains("org.varlink.service"))
        #expect(info.vendor == "CareVault" && info.version == "1")
    }

    @Test(arguments: Interface.allCases)
    func everyInterfaceIsDescribed(interface: Interface) throws {
        let call = Call.format(
            ServiceGetInterfaceDescription.self, .init(interface: interface.rawValue))
        let reply = try #require(try answer(String(decoding: call, as: UTF8.self)))
        let text = try reply.result(of: ServiceGetInterfaceDescription.self).get().description
        #expect(Array(text.utf8) == interface.text)
    }

    @Test(arguments: [
        ("{\"method\":\"nodot\"}", VaultWireError.interfaceNotFound(interface: "nodot")),
        ("{\"method\":\"com.x.Y\"}", .interfaceNotFound(interface: "com.x")),
        ("{\"method\":\"\"}", .interfaceNotFound(interface: "")),
        (
            "{\"method\":\"io.carevault.Vault.Nope\"}",
            .methodNotFound(method: "io.carevault.Vault.Nope")
        ),
        (
            "{\"method\":\"io.carevault.Vault.GetStatus\",\"upgrade\":true}",
            .methodNotImplemented(method: "io.carevault.Vault.GetStatus")
        ),
        ("{\"method\":\"io.carevault.Audit.Export\"}", .expectedMore),
        (
            "{\"method\":\"org.varlink.service.GetInfo\",\"parameters\":{\"x\":1}}",
            .invalidParameter(parameter: "x")
        ),
        (
            "{\"method\":\"org.varlink.service.GetInterfaceDescription\"}",
            .invalidParameter(parameter: "interface")
        ),
        (
            "{\"method\":\"org.varlink.service.GetInterfaceDescription\","
                + "\"parameters\":{\"interface\":\"com.x\"}}",
            .interfaceNotFound(interface: "com.x")
        ),
    ])
    func whatDoesNotExistIsSaid(text: String, error: VaultWireError) throws {
        let reply = try #require(try answer(text))
        #expect(try reply.result(of: ServiceGetInfo.self) == .failure(error))
    }

    @Test func callsOfTheVaultAreLeftToIt() throws {
        #expect(try answer(#"{"method":"io.carevault.Vault.GetStatus"}"#) == nil)
        #expect(try answer(#"{"method":"io.carevault.Audit.Export","more":true}"#) == nil)
        #expect(try answer(#"{"method":"io.carevault.Vault.GetStatus","more":true}"#) == nil)
    }
}
