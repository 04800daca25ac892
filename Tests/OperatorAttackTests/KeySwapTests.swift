import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

extension OperatorAttackTests {
    /// A member's public key is swapped for one of the operator's, and a grant awaited.
    @Suite(.serialized) struct KeySwapTests {
        private typealias Scene = AttackOffice.Scene

        /// Max has enrolled and is not granted yet: the row with his public keys is believed by nobody
        /// but the custodian, who has heard his words.
        @Test func swapsAnEnrolledKeyAndWaitsForTheGrant() throws {
            var scene = try Scene()
            let office = scene.office
            try office.enrol("max", try office.enlist("max"))
            scene.honest = try office.folderContents()
            var theirs: [UInt8] = []
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let puppet = try editor.puppet(in: try #require(office.ids["max"]))
                    try editor.store(puppet)
                    theirs = puppet.secret
                }
            }
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.grant("max", .medicalOfficer)
            }
            let refusal = try office.foundedTail().last { $0.action == .grant }
            #expect(refusal?.outcome == .denied && refusal?.failure == "fingerprint")
            let own = office.secrets["max"]
            office.secrets["max"] = theirs
            #expect(throws: EngineError.self) { try office.login("max") }
            office.secrets["max"] = own
            try scene.expectTheHonestVault()
            try office.grant("max", .medicalOfficer)
            _ = try office.login("max")
        }

        /// The operator uses a new one-time code of max's themselves, through the front door.
        @Test func enrolsInThePlaceOfTheirVictim() throws {
            let scene = try Scene()
            let office = scene.office
            try office.enrol("max", try office.enlist("max"))
            let heard = office.words["max"] ?? []
            let max = try #require(office.ids["max"])
            let code = try office.vault.reenlist(max, session: try office.login("olga")).code
            try office.enrol("max", code)
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.grant("max", .medicalOfficer, words: heard)
            }
            try scene.expectTheHonestVault()
        }

        /// Nina is granted: a statement names her keys, whatever the row says.
        @Test func swapsTheKeysOfAMember() throws {
            let scene = try Scene()
            let office = scene.office
            let own = office.secrets["nina"]
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let puppet = try editor.puppet(in: try #require(office.ids["nina"]))
                    try editor.store(puppet)
                    office.secrets["nina"] = puppet.secret
                }
            }
            try office.expectTampered("nina", .identityMismatch)
            office.secrets["nina"] = own
            #expect(throws: EngineError.wrongSecret) { try office.login("nina") }
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.grant("nina", .counsellor)
            }
            try scene.expectTheHonestVault()
        }

        /// Only the key that boxes are made for is swapped in the row; the sealed seed stays hers.
        @Test func swapsTheAgreementKeyAlone() throws {
            var scene = try Scene()
            let office = scene.office
            try office.enrol("max", try office.enlist("max"))
            scene.honest = try office.folderContents()
            let theirs = try AgreementKeyPair()
            let publicKey = theirs.publicKey
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let row = PrincipalBlob.rowKey(try #require(office.ids["max"]))
                    var blob = try editor.opened(.wrappedKeys, row)
                    // version ‖ form ‖ principal id ‖ X25519 key
                    blob.replaceSubrange(18..<50, with: publicKey.rawBytes)
                    try editor.putSealed(.wrappedKeys, row, blob)
                }
            }
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.grant("max", .medicalOfficer)
            }
            #expect(throws: EngineError.wrongSecret) { try office.login("max") }
            try scene.expectTheHonestVault()
            try office.grant("max", .medicalOfficer)
        }

        /// A second principal of the operator's under a member's name: the names are taken, and a
        /// person with no grant opens nothing.
        @Test func enlistsASecondNina() throws {
            let scene = try Scene()
            let office = scene.office
            #expect(throws: EngineError.conflict(.nameTaken)) {
                try office.vault.enlist(name: "nina", uid: 1008, session: try office.login("olga"))
            }
            try office.enrol("mallory", try office.enlist("mallory"))
            #expect(throws: EngineError.self) { try office.login("mallory") }
            #expect(throws: EngineError.self) {
                _ = try office.vault.grant(
                    GrantRequest(
                        principal: try #require(office.ids["mallory"]), roles: [.counsellor],
                        compartments: [], unit: "", employer: "", endsMicroseconds: nil,
                        fingerprintWords: office.words["mallory"] ?? []),
                    session: try office.login("olga"))
            }
            try scene.expectTheHonestVault()
        }
    }
}
