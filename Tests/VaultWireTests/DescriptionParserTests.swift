import Testing
import VaultWire

private func parse(_ text: String) throws(DescriptionError) -> InterfaceDescription {
    try InterfaceDescription(parsing: Array(text.utf8))
}

@Suite struct DescriptionParserTests {
    @Test func everyConstructOfTheCommonSubset() throws {
        let description = try parse(
            """
            # About.
            interface io.carevault-test.X2

            # unrelated remark

            # A struct.
            type Thing (
              # How many.
              count: int,
              tags: []string,
              more: ?[]Colour,
              by_name: [string](a: float, b: object)
            )

            type Colour (red, green)
            # Does.
            # [Supports 'more' flag]
            method Do(thing: Thing, ok: bool)->()

            error Bad ()
            error Worse (why: string)
            """)
        #expect(description.name == "io.carevault-test.X2")
        #expect(
            description.types["Thing"]
                == .structure([
                    WireField("count", .int), WireField("tags", .array(.string)),
                    WireField("more", .nullable(.array(.named("Colour")))),
                    WireField(
                        "by_name",
                        .map(.structure([WireField("a", .float), WireField("b", .object)]))),
                ]))
        #expect(description.types["Colour"] == .enumeration(["red", "green"]))
        #expect(description.methods.map(\.name) == ["Do"])
        #expect(description.methods[0].streaming == .supported)
        #expect(description.errors == ["Bad": [], "Worse": [WireField("why", .string)]])
        #expect(description.documentation[""] == "About.")
        #expect(description.documentation["Thing"] == "A struct.")
        #expect(description.documentation["Thing.count"] == "How many.")
        #expect(description.documentation["Do"] == "Does.\n[Supports 'more' flag]")
    }

    @Test(arguments: [
        ("", DescriptionError.Problem.expected("interface")),
        ("interface x", .expected("interface name")),
        ("interface 1o.x", .unexpectedCharacter),
        ("interface io.x-", .expected("interface name")),
        ("interface c-v.x", .expected("interface name")),
        ("interface io.x\r\n", .unexpectedCharacter),
        ("interface io.x\ntype T ()", .tooFew),
        ("interface io.x\ntype T (one)", .tooFew),
        ("interface io.x\ntype T (a, a)", .duplicateName),
        ("interface io.x\ntype T (a: int, a: int)", .duplicateName),
        ("interface io.x\ntype T (a: int,)", .expected("field name")),
        ("interface io.x\ntype T (a, b,)", .expected("enum name")),
        ("interface io.x\ntype T (a_: int)", .expected("field name")),
        ("interface io.x\ntype T (a__b: int)", .expected("field name")),
        ("interface io.x\ntype t (a: int)", .expected("member name")),
        ("interface io.x\ntype T (a: any)", .expected("type")),
        ("interface io.x\ntype T (a: U)", .undefinedType),
        ("interface io.x\ntype T (a: io.y.U)", .expected("type")),
        ("interface io.x\ntype T (a: ??int)", .nestedContainer),
        ("interface io.x\ntype T (a: [][]int)", .nestedContainer),
        ("interface io.x\ntype T (a: []?int)", .nestedContainer),
        ("interface io.x\ntype T (a: [string][]int)", .nestedContainer),
        ("interface io.x\ntype T (a: [string]())", .tooFew),
        ("interface io.x\ntype T (a: [int]int)", .unexpectedCharacter),
        ("interface io.x\ntype T (\n a: int\n # after\n)", .misplacedComment),
        ("interface io.x\ntype T (a: int)\n# after", .misplacedComment),
        ("interface io.x\nerror E", .expected("(")),
        ("interface io.x\nmethod M()", .expected("->")),
        ("interface io.x\nmethod M() -> int", .expected("(")),
        ("interface io.x\ntype A (a: int)\nerror A ()", .duplicateName),
        ("interface io.x\nmethod A() -> ()\nerror A ()", .duplicateName),
        ("interface io.x\nthing A ()", .expected("type, method or error")),
        ("interface io.x\n)", .expected("type, method or error")),
    ])
    func refused(text: String, problem: DescriptionError.Problem) {
        #expect {
            try parse(text)
        } throws: {
            ($0 as? DescriptionError)?.problem == problem
        }
    }

    @Test func deepNestingIsRefusedNotFollowed() {
        let deep = String(repeating: "(a: ", count: 40_000)
        #expect {
            try parse("interface io.x\ntype T " + deep)
        } throws: {
            ($0 as? DescriptionError)?.problem == .tooDeep
        }
    }

    @Test func theLineIsNamed() {
        #expect(throws: DescriptionError(problem: .undefinedType, line: 4)) {
            try parse("interface io.x\n\n# doc\nerror E (a: Missing)\nerror F ()")
        }
    }

    @Test func noOneByteChangeCrashes() throws {
        let seed = Array("# d\ninterface io.x\ntype T (a: ?[]int)\nmethod M(t: T) -> ()\n".utf8)
        var refused = 0
        for index in seed.indices {
            for byte in UInt8.min...UInt8.max {
                var mangled = seed
                mangled[index] = byte
                if (try? InterfaceDescription(parsing: mangled)) == nil { refused += 1 }
            }
        }
        #expect(refused > seed.count * 150)
    }
}
