import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStorage

@testable import VaultKeyring
@testable import VaultStatements

extension OperatorAttackTests {
    @Suite(.serialized) struct StatementAttackTests {
        private typealias Scene = AttackOffice.Scene

        @Test func forgesACareGrantWithTheOperatorsOwnSignature() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let mallory = try editor.puppet("mallory")
                try editor.append(
                    .careGrant(
                        CareGrantBody(
                            identity: mallory.identity, roles: [.counsellor],
                            compartments: [.registry, .counselling])),
                    by: try editor.operatorKeys())
            }
            let refusal = try scene.office.refusedUnseal()
            #expect(refusal.contains("vault.db: statements") && refusal.contains("signer"))
            try scene.expectTheHonestVault()
        }

        @Test func forgesACareGrantInTheCustodiansName() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let mallory = try editor.puppet("mallory")
                let newest = try editor.newestStatement()
                let draft = DraftStatement(
                    number: newest.head.number + 1, previous: newest.hash, time: newest.head.time,
                    signers: [try editor.grant(of: "cora").fingerprint],
                    content: .careGrant(
                        CareGrantBody(
                            identity: mallory.identity, roles: [.counsellor],
                            compartments: [.registry, .counselling])), salt: .zero)
                try editor.write(try draft.sign(with: try editor.operatorKeys().signing))
            }
            #expect(try scene.office.refusedUnseal().contains("signature is not by the key"))
            try scene.expectTheHonestVault()
        }

        @Test func makesAnAuditorOfTheirOwn() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let mallory = try editor.puppet("mallory")
                try editor.append(
                    .auditGrant(AuditGrantBody(identity: mallory.identity, roles: [.auditor])),
                    by: try editor.operatorKeys())
            }
            #expect(try scene.office.refusedUnseal().contains("not valid from its signer"))
            try scene.expectTheHonestVault()
        }

        /// The grant of max is taken away, and with it what his colleagues have seen.
        @Test func dropsTheNewestStatement() throws {
            var scene = try Scene()
            let office = scene.office
            try office.employ("max", .medicalOfficer)
            scene.honest = try office.stoppedContents()
            var seen: UInt64 = 0
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    seen = try editor.newestStatement().head.number
                    try editor.delete(.statements, StatementRows.key(seen))
                }
            }
            try office.expectTampered("cora", .pinRolledBack(pinned: seen, found: seen - 1))
            // Whoever has not seen it is not served something else, but something older.
            _ = try office.login("nina")
            #expect(throws: EngineError.self) { try office.login("max") }
            try scene.expectTheHonestVault()
            _ = try office.login("max")
        }

        /// The same once an audit epoch has begun since: the log names the statement, in the open.
        @Test func dropsAStatementThatTheLogNames() throws {
            var scene = try Scene()
            let office = scene.office
            try office.employ("max", .medicalOfficer)
            try office.restart()
            scene.honest = try office.stoppedContents()
            try Editor.edit(office) { editor in
                let newest = try editor.newestStatement().head.number
                try editor.delete(.statements, StatementRows.key(newest))
            }
            try office.start()
            #expect(try office.unsealRefusal()?.contains("names statement") == true)
            try scene.expectTheHonestVault()
        }

        @Test func dropsAStatementInTheMiddle() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let newest = try editor.newestStatement()
                try editor.delete(.statements, StatementRows.key(newest.head.number - 1))
            }
            #expect(try scene.office.refusedUnseal().contains("is missing"))
            try scene.expectTheHonestVault()
        }

        /// The operator signs another statement of their own in the place of the newest, which is
        /// theirs: the chain is valid, and not the one that others have seen.
        @Test func forksTheChainAtTheNewestStatement() throws {
            var scene = try Scene()
            let office = scene.office
            _ = try office.enlist("eve")
            _ = try office.login("nina")
            scene.honest = try office.stoppedContents()
            var seen: UInt64 = 0
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    seen = try editor.newestStatement().head.number
                    try editor.delete(.statements, StatementRows.key(seen))
                    try editor.append(
                        .enlist(
                            EnlistBody(
                                principal: Random.identifier(), name: "mallory", uid: 1008)),
                        by: try editor.operatorKeys())
                }
            }
            try office.expectTampered("nina", .pinForked(number: seen))
            try scene.expectTheHonestVault()
        }

        @Test func forksTheChainInTheMiddle() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                // The enlisting of nina, by the operator; her grant stands behind it.
                let newest = try editor.newestStatement()
                let row = StatementRows.key(newest.head.number - 1)
                let old = try Statement.parse(try editor.opened(.statements, row))
                let keys = try editor.operatorKeys()
                let fork = try keys.sign(
                    DraftStatement(
                        number: old.head.number, previous: old.head.previous, time: old.head.time,
                        signers: [keys.fingerprint],
                        content: .enlist(
                            EnlistBody(
                                principal: try editor.person("nina").id, name: "nina", uid: 1008)),
                        salt: .zero))
                try editor.write(fork)
            }
            #expect(try scene.office.refusedUnseal().contains("does not follow"))
            try scene.expectTheHonestVault()
        }

        /// A statement waits where the next but one will be.
        @Test func insertsAStatementAheadOfItsTime() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let keys = try editor.operatorKeys()
                let newest = try editor.newestStatement()
                let early = try keys.sign(
                    DraftStatement(
                        number: newest.head.number + 2, previous: newest.hash,
                        time: newest.head.time, signers: [keys.fingerprint],
                        content: .disable(
                            PrincipalBody(principal: try editor.person("nina").id)),
                        salt: .zero))
                try editor.write(early)
            }
            #expect(try scene.office.refusedUnseal().contains("is missing"))
            try scene.expectTheHonestVault()
        }

        /// A genuine statement stands under another number as well.
        @Test func repeatsAStatementUnderTheNextNumber() throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                let newest = try editor.newestStatement()
                try editor.write(newest, as: newest.head.number + 1)
            }
            #expect(try scene.office.refusedUnseal().contains("vault.db: statements"))
            try scene.expectTheHonestVault()
        }

        /// Back to before the founding, and founded anew with puppets: nobody who has the printed page
        /// enrols in that vault, and no founder of the true one gets in.
        @Test func foundsTheVaultAnewBehindThePrintedPage() throws {
            let office = try AttackOffice()
            let before = try office.folderContents()
            try office.takeSeats()
            try office.found()
            let page = try #require(
                try office.vault.status(for: office.caller("nina")).fingerprintWords)
            try office.putBack(before)
            try office.enrol("mallory", try office.enlist("mallory"), seat: .custodian)
            try office.enrol("eve", try office.enlist("eve"), seat: .auditor)
            try office.sign("mallory", other: office.words["eve"] ?? [])
            #expect(try office.sign("eve", other: office.words["mallory"] ?? []))
            for name in ["cora", "aude"] {
                #expect(throws: EngineError.self) { try office.login(name) }
            }
            let code = try office.enlist("nina")
            let offer = try office.vault.beginEnrolment(
                name: nil, code: code, form: .keyFile, seat: nil, caller: office.caller("nina"))
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.vault.completeEnrolment(
                    pending: offer.pending,
                    secret: try AttackOffice.secret(AttackOffice.bytes(offer.secretText)),
                    vaultFingerprint: page, caller: office.caller("nina"))
            }
        }
    }
}
