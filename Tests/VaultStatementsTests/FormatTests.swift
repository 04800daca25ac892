import Testing
import VaultCoding
import VaultSodium

@testable import VaultStatements

@Suite struct HeadFormatTests {
    /// A head computed byte by byte in Python: statement 7, disable, by the fingerprint of
    /// ``IdentityTests``, over `01 ‖ sixteen 01` under a salt of 55s.
    private static let hex =
        "0100000000000000074444444444444444444444444444444444444444444444444444444444444444"
        + "001100060a24181e400001b6daf5bac4f8d4eb0c1f0d410b022141b8fe4b0fd473e986abc75b52f9"
        + "0659f762ba61dda47d92bab5d1c865b1045d0c386b40526606b811cd1d43859b6bb2d9"

    @Test func headHasItsDocumentedForm() throws {
        let bytes = try Hex.parse(Self.hex)
        let head = try StatementHead.parse(bytes)
        #expect(head.number == 7)
        #expect(head.previous == digest(0x44))
        #expect(head.kind == .disable)
        #expect(head.time == 1_700_000_000_000_000)
        #expect(head.signers.count == 1)
        let body = [StatementBody.version] + [UInt8](repeating: 1, count: 16)
        #expect(head.body == StatementHead.commitment(salt: digest(0x55), body: body))
        #expect(
            head.hash.description
                == "b9a5070aa05b8a76d9acb7ce8272a51c3c832e53bd4af11f5e9eb7b628e1bef5")
        #expect(head.bytes == bytes)
    }

    @Test func everyOneByteChangeIsRefusedOrAnotherHead() throws {
        let bytes = try Hex.parse(Self.hex)
        let head = try StatementHead.parse(bytes)
        for mangled in mangledForms(of: bytes) {
            guard let other = try? StatementHead.parse(mangled) else { continue }
            #expect(other.bytes == mangled)
            #expect(other.hash != head.hash)
        }
    }

    @Test func refusesWhatIsNotTheOneSpelling() throws {
        let bytes = try Hex.parse(Self.hex)
        #expect(throws: StatementError.malformed(.trailing(at: 116))) {
            try StatementHead.parse(bytes + [0])
        }
        #expect(throws: StatementError.newerFormat) {
            try StatementHead.parse([2] + bytes.dropFirst())
        }
        var unknown = bytes
        unknown.replaceSubrange(41..<43, with: [0x03, 0xE7])
        #expect(throws: StatementError.newer(number: 7, kind: 999)) {
            try StatementHead.parse(unknown)
        }
        let scene = try Scene()
        let two = scene.foundingDraft().head.bytes
        var turned = two
        turned.replaceSubrange(52..<116, with: two[84..<116] + two[52..<84])
        #expect(throws: StatementError.self) { try StatementHead.parse(turned) }
        var doubled = two
        doubled.replaceSubrange(84..<116, with: two[52..<84])
        #expect(throws: StatementError.self) { try StatementHead.parse(doubled) }
    }
}

@Suite struct BodyFormatTests {
    /// One of each kind that has a body, with every optional there and not there.
    static func samples() throws -> [StatementBody] {
        let scene = try Scene()
        let person = try Person(9)
        let full = CareGrantBody(
            identity: person.identity, roles: [.custodian, .counsellor],
            compartments: Set(Compartment.allCases), unit: "三楼", employer: "other office",
            ends: 99)
        return [
            .vaultInit(Scene.initBody(person, name: "操作员")),
            .founding(scene.foundingBody()),
            .enlist(EnlistBody(principal: person.id, name: "王小明", uid: 1_009)),
            .disable(PrincipalBody(principal: person.id)),
            .enable(PrincipalBody(principal: person.id)),
            .amend(AmendBody(principal: person.id, name: "李小花")),
            .rebind(RebindBody(principal: person.id, uid: 70_000)),
            .reenlist(EnlistBody(principal: person.id, name: "someone", uid: .max)),
            .storageEpochStart(
                StorageEpochStartBody(epoch: 2, storageKey: KeyCommitment(digest(7)))),
            .storageEpochComplete(StorageEpochCompleteBody(epoch: 1)),
            scene.careGrant(person), .careGrant(full),
            .careRevoke(PrincipalBody(principal: person.id)),
            scene.auditGrant(person, [.auditor]), scene.auditGrant(person, [.backup], ends: 5),
            .auditRevoke(PrincipalBody(principal: person.id)),
        ]
    }

    private static func head(_ kind: StatementKind) -> StatementHead {
        StatementHead(
            number: 5, previous: .zero, kind: kind, time: 0, signers: [Fingerprint(digest(1))],
            body: .zero)
    }

    @Test func everyBodyReadsAsItWasWritten() throws {
        let samples = try Self.samples()
        #expect(Set(samples.map(\.kind)).count == 14)
        for body in samples {
            #expect(try StatementBody.parse(body.bytes, of: Self.head(body.kind)) == body)
        }
    }

    @Test func everyOneByteChangeIsRefusedOrReadsAsItself() throws {
        for body in try Self.samples() {
            for mangled in mangledForms(of: body.bytes) {
                guard let other = try? StatementBody.parse(mangled, of: Self.head(body.kind))
                else { continue }
                #expect(other.bytes == mangled)
                #expect(other != body)
            }
        }
    }

    @Test func aCutOrLengthenedBodyIsRefused() throws {
        for body in try Self.samples() {
            let head = Self.head(body.kind)
            for count in 0..<body.bytes.count {
                #expect(throws: StatementError.self) {
                    try StatementBody.parse(Array(body.bytes.prefix(count)), of: head)
                }
            }
            #expect(throws: StatementError.self) {
                try StatementBody.parse(body.bytes + [0], of: head)
            }
        }
    }

    @Test func rolesInAnotherOrderAreRefused() throws {
        let person = try Person(9)
        let body = StatementBody.auditGrant(
            AuditGrantBody(identity: person.identity, roles: [.auditor, .backup]))
        let names = ["auditor", "backup"].map { name -> [UInt8] in
            [0, 0, 0, UInt8(name.utf8.count)] + Array(name.utf8)
        }
        let prefix = Array(body.bytes.prefix(81)) + [0, 0, 0, 2]
        let head = Self.head(.auditGrant)
        #expect(try StatementBody.parse(prefix + names[0] + names[1] + [0], of: head) == body)
        #expect(throws: StatementError.self) {
            try StatementBody.parse(prefix + names[1] + names[0] + [0], of: head)
        }
        #expect(throws: StatementError.self) {
            try StatementBody.parse(prefix + names[0] + names[0] + [0], of: head)
        }
    }

    @Test func compartmentsOfAFoundingInAnotherOrderAreRefused() throws {
        let body = StatementBody.founding(
            try Scene().foundingBody(compartments: [.registry, .medical]))
        let list = 1 + 3 * PublicIdentity.count + 4
        let registry = list..<list + 4 + 8 + 32
        let medical = registry.upperBound..<registry.upperBound + 4 + 7 + 32
        let bytes = body.bytes
        let parts = [bytes[..<list], bytes[medical], bytes[registry], bytes[medical.upperBound...]]
        #expect(Array(parts.joined()).count == bytes.count)
        #expect(throws: StatementError.self) {
            try StatementBody.parse(Array(parts.joined()), of: Self.head(.founding))
        }
        let same = [bytes[..<list], bytes[registry], bytes[registry], bytes[medical.upperBound...]]
        #expect(throws: StatementError.self) {
            try StatementBody.parse(Array(same.joined()), of: Self.head(.founding))
        }
    }

    @Test func kindsWithoutABodyAndNewerVersionsAreNewer() throws {
        let written = Set(try Self.samples().map(\.kind))
        for kind in StatementKind.allCases where !written.contains(kind) {
            #expect(throws: StatementError.newer(number: 5, kind: kind.rawValue)) {
                try StatementBody.parse([1, 2, 3], of: Self.head(kind))
            }
        }
        #expect(throws: StatementError.newer(number: 5, kind: 17)) {
            try StatementBody.parse([2] + [UInt8](repeating: 0, count: 16), of: Self.head(.disable))
        }
    }

    /// Numbers are part of the format: a change here breaks every vault.
    @Test func kindsKeepTheirNumbers() {
        #expect(
            StatementKind.allCases.map(\.rawValue) == [
                1, 2, 16, 17, 18, 19, 20, 21, 22, 23, 32, 33, 34, 35, 36, 37, 48, 49, 50, 51, 52,
                64, 65, 80, 81,
            ])
    }
}

@Suite struct StatementFormatTests {
    @Test func statementReadsAsItWasWritten() throws {
        let scene = try Scene.founded()
        for verified in scene.chain.statements {
            let bytes = verified.statement.bytes
            #expect(try Statement.parse(bytes) == verified.statement)
            #expect(throws: StatementError.self) { try Statement.parse(bytes + [0]) }
            #expect(throws: StatementError.self) { try Statement.parse(bytes.dropLast()) }
        }
    }

    /// Whatever single byte is changed, on disk or on the way: the chain refuses the statement.
    @Test func everyOneByteChangeOfASignedStatementIsRefused() throws {
        var scene = try Scene.founded()
        let person = try Person(9)
        try scene.enlist(person, "p")
        let statement = try scene.signed(
            .disable(PrincipalBody(principal: person.id)), by: scene.theOperator)
        #expect(scene.broken(statement) == nil)
        #expect(statement.bytes.count < 300)
        for mangled in mangledForms(of: statement.bytes) {
            guard let other = try? Statement.parse(mangled) else { continue }
            #expect(other.bytes == mangled)
            #expect(scene.broken(other) != nil)
        }
    }

    @Test func draftReadsAsItWasWrittenAndSignsTheSame() throws {
        let scene = try Scene()
        let draft = scene.foundingDraft()
        let other = try DraftStatement.parse(draft.bytes)
        #expect(other.content == draft.content)
        #expect(other.head == draft.head)
        #expect(
            other.signature(by: scene.custodian.pair) == draft.signature(by: scene.custodian.pair))
        for mangled in mangledForms(of: draft.bytes, masks: [0x01, 0x80]) {
            guard let changed = try? DraftStatement.parse(mangled) else { continue }
            #expect(changed.head.hash != draft.head.hash)
        }
    }

    @Test func errorsSayNumberAndRuleAndNothingElse() throws {
        let scene = try Scene.founded()
        let error = try scene.broken(scene.careGrant(scene.auditor), by: scene.theOperator)
        #expect(
            error?.description
                == "statement 5 (careGrant): not valid from its signer: a custodian signs it")
        for rule in SignerRule.allCases { #expect(!rule.sentence.isEmpty) }
        #expect(Set(BodyRule.allCases.map(\.sentence)).count == BodyRule.allCases.count)
    }
}

/// Every form of `bytes` with one byte changed by each mask: all single bits unless told otherwise.
func mangledForms(
    of bytes: [UInt8], masks: [UInt8] = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF]
) -> [[UInt8]] {
    bytes.indices.flatMap { index in
        masks.map { mask in
            var copy = bytes
            copy[index] ^= mask
            return copy
        }
    }
}
