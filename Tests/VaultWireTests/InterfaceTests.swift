import Testing
import VaultCoding
import VaultWire

/// The interface files and the Swift types say the same; so a change of one shows here.
@Suite struct InterfaceTests {
    @Test(arguments: Interface.allCases)
    func theFileDeclaresTheInterfaceOfItsName(interface: Interface) throws {
        let description = try InterfaceDescription(parsing: interface.text)
        #expect(description.name == interface.rawValue)
        #expect(!description.methods.isEmpty)
        #expect(!interface.text.contains(0x0D))
    }

    @Test(arguments: Interface.allCases)
    func everyMethodHasItsSwiftTypesAndNoOther(interface: Interface) {
        let swift = WireMethods.all.filter { $0.interface == interface }
        #expect(interface.description.methods.map(\.name) == swift.map { $0.member })
    }

    @Test func everyFieldOfEveryMethodFits() throws {
        var fields = 0
        for method in WireMethods.all {
            let declared = try #require(
                method.interface.description.methods.first { $0.name == method.member })
            let (parameters, reply) = shapes(method)
            #expect(declared.parameters == parameters, "\(method.name)")
            #expect(declared.reply == reply, "\(method.name)")
            #expect(declared.streaming == method.streaming, "\(method.name)")
            fields += parameters.count + reply.count
        }
        #expect(WireMethods.all.count == 44)
        #expect(fields > 100)
    }

    @Test(arguments: Interface.allCases)
    func everyNamedTypeFitsAndIsUsed(interface: Interface) {
        var types: [String: WireType] = [:]
        for method in WireMethods.all where method.interface == interface {
            declare(method, into: &types)
        }
        if interface.description.errors["InvalidFields"] != nil {
            WireFieldProblem.declare(into: &types)
        }
        #expect(interface.description.types == types)
    }

    @Test(arguments: Interface.allCases)
    func everyErrorHasItsCaseAndGoesThereAndBack(interface: Interface) throws {
        for (name, fields) in interface.description.errors {
            var sample = JSON.Object()
            for field in fields { sample[field.name] = try value(field.type) }
            let error = try #require(
                VaultWireError(fullName: "\(interface.rawValue).\(name)", parameters: sample),
                "\(interface.rawValue).\(name)")
            #expect(error.name.rawValue == name)
            #expect(
                error.fields.map { WireField($0.name, type(of: $0.value).wireType) } == fields)
            #expect(error.declared(in: interface) == error)
            let reply = try Reply(parsing: ReplyWriter.error(error, in: interface))
            #expect(reply.error == "\(interface.rawValue).\(name)")
            #expect(reply.parameters == sample)
            for field in fields {
                var without = sample
                without[field.name] = nil
                let incomplete = VaultWireError(
                    fullName: "\(interface.rawValue).\(name)", parameters: without)
                guard case .nullable = field.type else {
                    #expect(incomplete == nil)
                    continue
                }
                let shorter = try Reply(
                    parsing: ReplyWriter.error(try #require(incomplete), in: interface))
                #expect(shorter.parameters == without)
            }
        }
    }

    @Test func everyErrorIsDeclaredSomewhereAndMeansTheSameEverywhere() {
        for name in VaultWireError.Name.allCases {
            let owners = Interface.allCases.filter {
                $0.description.errors[name.rawValue] != nil
            }
            #expect(!owners.isEmpty, "\(name)")
            #expect(name.isStandard == (owners == [.service]))
            let spellings = Set(
                owners.map { owner in
                    String(describing: owner.description.errors[name.rawValue])
                        + (owner.description.documentation[name.rawValue] ?? "")
                })
            #expect(spellings.count == 1, "\(name)")
        }
        for interface in Interface.allCases where interface != .service {
            #expect(interface.description.errors["Unavailable"] != nil)
        }
    }

    @Test func anUndeclaredErrorIsToldAsUnavailable() throws {
        let bytes = ReplyWriter.error(.staleSession(compartment: "medical"), in: .vault)
        let reply = try Reply(parsing: bytes)
        #expect(reply.error == "io.carevault.Vault.Unavailable")
        #expect(reply.parameters["cause"] == "undeclared.StaleSession")
        let standard = ReplyWriter.error(.invalidParameter(parameter: "x"), in: .vault)
        #expect(try Reply(parsing: standard).error == "org.varlink.service.InvalidParameter")
    }

    @Test(arguments: Interface.allCases.filter { $0 != .service })
    func everyDeclarationAndFieldIsDocumented(interface: Interface) {
        let description = interface.description
        func expect(_ fields: [WireField], _ owner: String) {
            for field in fields { #expect(description.documentation[owner + field.name] != nil) }
        }
        #expect(description.documentation[""] != nil)
        for (name, type) in description.types {
            #expect(description.documentation[name] != nil)
            if case .structure(let fields) = type { expect(fields, name + ".") }
        }
        for (name, fields) in description.errors {
            #expect(description.documentation[name] != nil)
            expect(fields, name + ".")
        }
        for method in description.methods {
            #expect(description.documentation[method.name] != nil)
            expect(method.parameters, method.name + ".")
            expect(method.reply, method.name + ">")
        }
    }

    @Test func timesSayTheirUnit() {
        for interface in Interface.allCases {
            for (key, text) in interface.description.documentation where key.hasSuffix("_us") {
                #expect(text.contains("microseconds"), "\(key)")
            }
        }
    }

    @Test func whatOpensSomethingIsMarkedSecret() {
        var secret: Set<String> = []
        for method in WireMethods.all { secret.formUnion(secretFields(method)) }
        #expect(
            secret == [
                "Unseal.secret", "BeginEnrolment.code", "BeginEnrolment.secret",
                "CompleteEnrolment.secret", "Login.secret", "Login.token", "Resume.token",
                "Enlist.code", "ReEnlist.code", "BeginSecretChange.secret",
                "CompleteSecretChange.secret",
            ])
    }
}

private func shapes<M: WireMethod>(_: M.Type) -> (parameters: [WireField], reply: [WireField]) {
    (M.Parameters.wireFields, M.Reply.wireFields)
}

private func declare<M: WireMethod>(_: M.Type, into types: inout [String: WireType]) {
    M.Parameters.declare(into: &types)
    M.Reply.declare(into: &types)
}

private func secretFields<M: WireMethod>(_: M.Type) -> [String] {
    let names =
        M.Parameters.members.filter(\.isSecret).map(\.name)
        + M.Reply.members.filter(\.isSecret).map(\.name)
    return names.map { "\(M.member).\($0)" }
}

/// A value of a type, for trying it out.
private func value(_ type: WireType) throws -> JSON.Value {
    switch type {
    case .string: "text"
    case .int: 7
    case .nullable(let some): try value(some)
    case .array(.string): ["a", "b"]
    case .array(.named("FieldProblem")): [["field": "names", "problem": "missing"]]
    default: throw UnexpectedType(type: type)
    }
}

private struct UnexpectedType: Error {
    let type: WireType
}
