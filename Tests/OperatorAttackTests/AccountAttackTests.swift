import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultStorage

@testable import VaultKeyring

extension OperatorAttackTests {
    /// The operator has acts on accounts of others: none of them opens a file or gives a right.
    @Suite(.serialized) struct AccountAttackTests {
        private typealias Scene = AttackOffice.Scene

        /// Nina's account is bound to the operator's second uid: her secret is still hers.
        @Test func bindsAnAccountToAnotherUID() throws {
            var scene = try Scene()
            let office = scene.office
            let nina = try #require(office.ids["nina"])
            let olga = try office.login("olga")
            _ = try office.vault.rebind(nina, uid: 6_666, session: olga)
            for name in ["olga", "cora", "aude"] {
                #expect(throws: EngineError.wrongSecret) {
                    try office.vault.login(
                        name: "nina", secret: try AttackOffice.secret(office.secrets[name] ?? []),
                        form: .keyFile, purpose: nil,
                        caller: Caller(uid: 6_666, gid: 1, pid: 1))
                }
            }
            // Nor do they enrol in her place: she has keys, and a code takes a re-enlisting.
            #expect(throws: EngineError.conflict(.principalState)) {
                _ = try office.vault.beginEnrolment(
                    name: "nina", code: "AAAA-BBBB-CCCC", form: .keyFile, seat: nil,
                    caller: Caller(uid: 6_666, gid: 1, pid: 1)
                ).pending
            }
            _ = try office.vault.rebind(nina, uid: 1_004, session: olga)
            office.stop()
            scene.honest = try office.folder.contents()
            try scene.expectTheHonestVault()
        }

        /// A custodian revoked mallory; the operator disables and enables them.
        @Test func enablesSomebodyWhoWasRevoked() throws {
            let scene = try Scene()
            let office = scene.office
            try office.employ("mallory", .counsellor)
            let mallory = try #require(office.ids["mallory"])
            _ = try office.vault.revoke(mallory, session: try office.login("cora"))
            let olga = try office.login("olga")
            _ = try office.vault.disable(mallory, session: olga)
            _ = try office.vault.enable(mallory, session: olga)
            #expect(throws: EngineError.self) { try office.login("mallory") }
            let shown = try office.vault.principal(mallory, session: olga).principal
            #expect(shown.state == .enrolled && shown.roles.isEmpty)
        }

        /// Nor does a disabling with an enabling give back what was granted: the custodian decides.
        @Test func enablesAGrantedPersonBehindTheCustodian() throws {
            let scene = try Scene()
            let office = scene.office
            let nina = try #require(office.ids["nina"])
            let olga = try office.login("olga")
            _ = try office.vault.disable(nina, session: olga)
            _ = try office.vault.enable(nina, session: olga)
            #expect(throws: EngineError.self) { try office.login("nina") }
            try office.grant("nina", .counsellor)
            let session = try office.login("nina")
            #expect(try office.find(Planted.name, session).count == 1)
        }

        /// The row as it was before the secret was changed is put back and the digest repaired: the
        /// threat model says so. It takes the old secret, which opens the seed in that row as it does
        /// in any copy, and the new one opens nothing, which its owner notices. A secret that others
        /// may know calls for new keys: after a re-enlisting the old row opens nothing either.
        @Test func putsTheRowOfTheOldSecretBack() throws {
            let scene = try Scene()
            let office = scene.office
            let old = try #require(office.secrets["nina"])
            let id = try #require(office.ids["nina"])
            var row: [UInt8] = []
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    row = try editor.opened(.wrappedKeys, PrincipalBlob.rowKey(id))
                }
            }
            let session = try office.login("nina")
            let offer = try office.vault.beginSecretChange(
                old: try AttackOffice.secret(old), form: .keyFile, session: session,
                caller: office.caller("nina"))
            let new = AttackOffice.bytes(offer.secretText)
            _ = try office.vault.completeSecretChange(
                pending: offer.pending, secret: try AttackOffice.secret(new), session: session,
                caller: office.caller("nina"))
            #expect(throws: EngineError.wrongSecret) { try office.login("nina") }
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    try editor.putSealed(.wrappedKeys, PrincipalBlob.rowKey(id), row)
                }
            }
            _ = try office.login("nina")
            office.secrets["nina"] = new
            #expect(throws: EngineError.wrongSecret) { try office.login("nina") }
            let code = try office.vault.reenlist(id, session: try office.login("olga")).code
            try office.enrol("nina", code)
            try office.grant("nina", .counsellor)
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    try editor.putSealed(.wrappedKeys, PrincipalBlob.rowKey(id), row)
                }
            }
            office.secrets["nina"] = old
            #expect(throws: EngineError.self) { try office.login("nina") }
        }

        private typealias Planted = AttackOffice.Planted
    }
}
