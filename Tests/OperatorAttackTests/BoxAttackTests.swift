import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

extension OperatorAttackTests {
    /// Boxes are made by anybody and say nothing of who made them.
    @Suite(.serialized) struct BoxAttackTests {
        private typealias Scene = AttackOffice.Scene

        private func edit(_ scene: Scene, _ body: (Editor) throws -> Void) throws {
            try scene.office.betweenStops { try Editor.edit(scene.office, body) }
        }

        private func row(_ editor: Editor, _ box: KeyBox) throws -> [UInt8] {
            try BoxRow(box, editor.service).key
        }

        private func compartment(
            _ editor: Editor, _ compartment: Compartment, of name: String
        ) throws -> KeyBox {
            .compartment(
                compartment, 1, editor.vault, try editor.grant(of: name).fingerprint)
        }

        private func mismatch(_ compartment: Compartment) -> KeyringError {
            .boxMismatch(kind: .compartment, scope: compartment.rawValue, number: 1)
        }

        @Test func putsTheBoxOfOneCompartmentInAnothersPlace() throws {
            let scene = try Scene()
            try edit(scene) { editor in
                let from = try row(editor, try compartment(editor, .counselling, of: "nina"))
                let to = try row(editor, try compartment(editor, .registry, of: "nina"))
                try editor.putSealed(.wrappedKeys, to, try editor.opened(.wrappedKeys, from))
            }
            try scene.office.expectTampered("nina", mismatch(.registry))
            try scene.expectTheHonestVault()
        }

        /// The bytes as they are stored, without the outer layer being opened.
        @Test func copiesARowToAnotherPlace() throws {
            let scene = try Scene()
            try edit(scene) { editor in
                let from = try row(editor, try compartment(editor, .counselling, of: "nina"))
                let to = try row(editor, try compartment(editor, .registry, of: "nina"))
                try editor.put(.wrappedKeys, to, try editor.value(.wrappedKeys, from))
            }
            try scene.office.expectTampered("nina", .rowDamaged(.box))
            try scene.expectTheHonestVault()
        }

        @Test func putsTheCustodiansBoxInAMembersPlace() throws {
            let scene = try Scene()
            try edit(scene) { editor in
                let from = try row(editor, try compartment(editor, .registry, of: "cora"))
                let to = try row(editor, try compartment(editor, .registry, of: "nina"))
                try editor.putSealed(.wrappedKeys, to, try editor.opened(.wrappedKeys, from))
            }
            try scene.office.expectTampered("nina", mismatch(.registry))
            try scene.expectTheHonestVault()
        }

        @Test(arguments: [Compartment.registry, .counselling])
        func boxesACompartmentKeyOfTheirOwnInPerfectContext(place: Compartment) throws {
            let scene = try Scene()
            try edit(scene) { editor in
                try editor.box(
                    try SecretBytes(random: 32), try compartment(editor, place, of: "nina"),
                    try editor.grant(of: "nina").identity)
            }
            try scene.office.expectTampered("nina", mismatch(place))
            try scene.expectTheHonestVault()
        }

        /// The custodian would hand on such a key with the next grant.
        @Test func boxesACompartmentKeyOfTheirOwnToTheCustodian() throws {
            let scene = try Scene()
            try edit(scene) { editor in
                try editor.box(
                    try SecretBytes(random: 32), try compartment(editor, .medical, of: "cora"),
                    try editor.grant(of: "cora").identity)
            }
            try scene.office.expectTampered("cora", mismatch(.medical))
            try scene.expectTheHonestVault()
        }

        @Test func boxesALinkKeyOfTheirOwn() throws {
            let scene = try Scene()
            try edit(scene) { editor in
                let grant = try editor.grant(of: "cora")
                try editor.box(
                    try SecretBytes(random: 32), .link(editor.vault, grant.fingerprint),
                    grant.identity)
            }
            try scene.office.expectTampered(
                "cora", .boxMismatch(kind: .link, scope: "", number: 1))
            try scene.expectTheHonestVault()
        }

        /// Not in a box, but under the compartment's key: tag key and pseudonym key of another one.
        @Test(arguments: [HeldKey.Kind.tag, .pseudonym, .index])
        func swapsTheKeysThatACompartmentHolds(kind: HeldKey.Kind) throws {
            let scene = try Scene()
            try edit(scene) { editor in
                let rows = try [Compartment.registry, .counselling].map { compartment in
                    let prefix = HeldKey.prefix(compartment, kind)
                    return try #require(
                        try editor.rows(.wrappedKeys).first {
                            $0.key.starts(with: prefix)
                        }
                    ).key
                }
                let plain = try rows.map { try editor.opened(.wrappedKeys, $0) }
                try editor.putSealed(.wrappedKeys, rows[0], plain[1])
                try editor.putSealed(.wrappedKeys, rows[1], plain[0])
            }
            try scene.office.expectTampered("nina", .rowDamaged(.compartmentHeldKey))
            try scene.expectTheHonestVault()
        }

        /// Subject keys are wrapped twice; without the compartment's key none is made, and one of
        /// another subject does not open in the place.
        @Test func putsASubjectKeyInAnothersPlace() throws {
            var scene = try Scene()
            let office = scene.office
            let nina = try office.login("nina")
            let other = try office.addSubject("other", nina, number: "E-2")
            scene.honest = try office.folderContents()
            try edit(scene) { editor in
                let rows = try editor.rows(.wrappedKeys).filter { $0.key.first == 4 }
                let plain = try rows.map { try editor.opened(.wrappedKeys, $0.key) }
                for (row, plain) in zip(rows, plain.dropFirst() + plain.prefix(1)) {
                    try editor.putSealed(.wrappedKeys, row.key, plain)
                }
            }
            let again = try office.login("nina")
            for (subject, record) in [
                (other.subject, other.record), (scene.person.subject, scene.talk.record),
            ] {
                #expect(throws: EngineError.self) { try office.read(subject, record, again) }
            }
            let entry = try office.foundedTail().last { $0.action == .quarantine }
            #expect(entry?.outcome == .unavailable)
            try scene.expectTheHonestVault()
        }

        /// Boxes of somebody who has lost the grant are put back: the statements say what opens.
        @Test func putsTheBoxesOfARevokedMemberBack() throws {
            var scene = try Scene()
            let office = scene.office
            var boxes: [Row] = []
            office.stop()
            try Editor.edit(office) { editor in
                boxes = try editor.rows(.wrappedKeys).filter { $0.key.first == 3 }
            }
            try office.start()
            try office.unseal()
            _ = try office.vault.revoke(
                try #require(office.ids["nina"]), session: try office.login("cora"))
            scene.honest = try office.folderContents()
            try edit(scene) { editor in
                for row in boxes { try editor.put(.wrappedKeys, row.key, row.value) }
            }
            #expect {
                try office.login("nina")
            } throws: { error in
                guard case .denied(_, "not-granted") = error as? EngineError else { return false }
                return true
            }
            let entry = try office.foundedTail().last {
                $0.action == .login && $0.outcome == .denied
            }
            #expect(entry?.failure == "not-granted")
        }
    }
}
