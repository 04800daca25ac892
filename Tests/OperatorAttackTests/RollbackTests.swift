import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage
import VaultStorageSQLite

@testable import VaultKeyring

extension OperatorAttackTests {
    /// Old files and old rows.
    @Suite(.serialized) struct RollbackTests {
        private typealias Scene = AttackOffice.Scene

        /// A scene that has gone on since: nina amended her record.
        private struct Later {
            var scene: Scene
            let old: [String: [UInt8]]

            init() throws {
                scene = try Scene()
                old = scene.honest
                let office = scene.office
                _ = try office.amend(
                    scene.talk, scene.person.subject, base: 1,
                    Scene.session(AttackOffice.Planted.summary), try office.login("nina"))
                scene.honest = try office.folderContents()
            }

            func putBack(_ names: [String]) throws {
                scene.office.stop()
                try scene.office.folder.restore(old.filter { names.contains($0.key) })
            }
        }

        @Test func rollsBackTheStoreAlone() throws {
            let later = try Later()
            try later.putBack(["vault.db"])
            try later.scene.office.start()
            let refusal = try later.scene.office.unsealRefusal() ?? ""
            #expect(refusal.contains("vault.db: the store is at commit"))
            #expect(refusal.contains("audit.db"), "both files are named")
            try later.scene.expectTheHonestVault()
        }

        @Test func rollsBackTheLogAlone() throws {
            let later = try Later()
            try later.putBack(["audit.db"])
            try later.scene.office.start()
            let refusal = try later.scene.office.unsealRefusal() ?? ""
            #expect(refusal.contains("audit.db: the log has"))
            #expect(refusal.contains("vault.db"), "both files are named")
            try later.scene.expectTheHonestVault()
        }

        /// Rolled back and given a digest row of today with its MAC: what is left are pins. Nina has
        /// seen no statement since, so she is served the old store: the threat model says so. The
        /// entries about what she did are in the log, and as the data key of their epoch went with the
        /// store, they are missing for the auditor; no later epoch takes their number.
        @Test func rollsBackTheStoreAndRepairsTheDigest() throws {
            let later = try Later()
            let office = later.scene.office
            try later.putBack(["vault.db"])
            let editor = try Editor(office)
            let log = try SQLiteAuditStore.open(at: office.folder.file("audit.db"))
            let head = try LogHead(parse: try #require(try log.state().head))
            log.close()
            try editor.repairDigest(counterAtLeast: head.store.counter + 1, logSize: head.size)
            editor.store.close()
            try office.start()
            try office.unseal()
            let nina = try office.login("nina")
            let shown = try office.read(later.scene.person.subject, later.scene.talk.record, nina)
            #expect(shown.summary.version == 1)
            let missing = try office.tail(500).filter { $0.leaf.epoch > 0 && $0.a == nil }
            #expect(!missing.isEmpty)
            let opened = try office.tail(500).filter { line in
                line.a != nil && line.a?.action != .auditEpoch
            }.map(\.leaf.epoch)
            #expect(Set(missing.map(\.leaf.epoch)).isDisjoint(with: opened))
            #expect(try office.verdict() != .valid)
            try later.scene.expectTheHonestVault()
        }

        /// The same across a grant: the custodian's pin names a statement that is gone.
        @Test func rollsBackAGrantAndRepairsTheDigest() throws {
            var scene = try Scene()
            let office = scene.office
            let old = scene.honest
            try office.employ("max", .medicalOfficer)
            scene.honest = try office.stoppedContents()
            // Her own row is of today, or her pins would be old as well.
            var today: Row?
            try Editor.edit(office) { editor in
                let key = PrincipalBlob.rowKey(try editor.person("cora").id)
                today = Row(key: key, value: try editor.value(.wrappedKeys, key))
            }
            let log = try SQLiteAuditStore.open(at: office.folder.file("audit.db"))
            let head = try LogHead(parse: try #require(try log.state().head))
            log.close()
            try office.folder.restore(old.filter { $0.key == "vault.db" })
            let editor = try Editor(office)
            let row = try #require(today)
            try editor.put(.wrappedKeys, row.key, row.value)
            let found = try editor.newestStatement().head.number
            try editor.repairDigest(counterAtLeast: head.store.counter + 1, logSize: head.size)
            editor.store.close()
            try office.start()
            try office.unseal()
            try office.expectTampered("cora", .pinRolledBack(pinned: found + 2, found: found))
            try scene.expectTheHonestVault()
        }

        /// Max has been revoked. The store of before comes back whole, with everybody's pins of before and
        /// a digest of today: no pin tells. Once an epoch has begun since, the log does, and whoever cuts
        /// it as well is told by an outside pin. Before that only the trail tells, which has the
        /// revocation, and then what max did.
        @Test(arguments: [false, true])
        func rollsBackARevocationWithEverybodysPins(namedByTheLog: Bool) throws {
            var scene = try Scene()
            let office = scene.office
            try office.employ("max", .medicalOfficer)
            let old = try office.folderContents()
            let max = try #require(office.ids["max"])
            _ = try office.vault.revoke(max, session: try office.login("cora"))
            #expect(throws: EngineError.self) { try office.login("max") }
            if namedByTheLog { try office.restart() }
            scene.honest = try office.stoppedContents()
            // Data keys of today's epochs stay, or the trail would have holes that tell.
            var boxes: [Row] = []
            try Editor.edit(office) { editor in
                boxes = try editor.rows(.wrappedKeys).filter { $0.key.first == 6 }
            }
            try office.folder.restore(old.filter { $0.key == "vault.db" })
            let editor = try Editor(office)
            let log = try SQLiteAuditStore.open(at: office.folder.file("audit.db"))
            let head = try LogHead(parse: try #require(try log.state().head))
            log.close()
            for row in boxes { try editor.put(.wrappedKeys, row.key, row.value) }
            try editor.repairDigest(counterAtLeast: head.store.counter + 1, logSize: head.size)
            editor.store.close()
            try office.start()
            let refusal = try office.unsealRefusal()
            if namedByTheLog {
                #expect(refusal?.contains("vault.db: the log audit.db names statement") == true)
            } else {
                #expect(refusal == nil)
                _ = try office.login("max")
                let trail = try office.foundedTail()
                #expect(trail.contains { $0.action == .revoke && $0.outcome == .success })
            }
            try scene.expectTheHonestVault()
        }

        /// Store, log and header of one earlier moment fit together, and nothing on the machine tells:
        /// only the checkpoint that the auditor took away does.
        @Test func rollsBackEverythingTogetherAndOnlyAnOutsidePinTells() throws {
            let later = try Later()
            let office = later.scene.office
            let pinned = try office.vault.auditCheckpoint(try office.login("aude"))
            let pin = try UnverifiedCheckpoint(parse: Array(pinned.note.utf8))
                .verify(try VerifierKey(parse: pinned.verifierKey))
            let honest = try office.folderContents()
            try later.putBack(["vault.db", "audit.db", "vault.json"])
            try office.start()
            try office.unseal()
            _ = try office.login("nina")
            func now() throws -> Checkpoint {
                let text = try office.vault.auditCheckpoint(try office.login("aude"))
                return try UnverifiedCheckpoint(parse: Array(text.note.utf8))
                    .verify(try VerifierKey(parse: text.verifierKey))
            }
            let first = try now()
            #expect(first.origin == pin.origin)
            #expect(first.size < pin.size, "the log is shorter than the pin")
            // Grown past the pin it is another tree.
            var grown = first
            while grown.size <= pin.size { grown = try now() }
            #expect(try !office.continues(pin, grown))
            try office.putBack(honest)
            #expect(try office.continues(pin, try now()))
        }

        /// The newest version of a record is taken out of the store and the digest made to fit.
        @Test func hidesTheNewestVersionOfARecord() throws {
            let later = try Later()
            let office = later.scene.office
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    for row in try editor.rows(.records)
                    where row.key.suffix(4) == [255, 255, 255, 253] {
                        try editor.delete(.records, row.key)
                    }
                }
            }
            let nina = try office.login("nina")
            let shown = try office.read(later.scene.person.subject, later.scene.talk.record, nina)
            #expect(shown.summary.version == 1)
            // Only the trail tells: it names a version that is not there.
            let written = try office.tail(500).compactMap(\.b).flatMap(\.records)
                .filter { $0.record == later.scene.talk.record }
            #expect(written.map(\.version).max() == 2)
            try later.scene.expectTheHonestVault()
        }

        /// Version 1 in the place of version 2: the place is in what is sealed.
        @Test func showsAnOldVersionUnderTheNewNumber() throws {
            let later = try Later()
            let office = later.scene.office
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let rows = try editor.rows(.records)
                    let new = try #require(
                        rows.first { $0.key.suffix(4) == [255, 255, 255, 253] })
                    let old = try #require(
                        rows.first {
                            $0.key.starts(with: new.key.prefix(32))
                                && $0.key.suffix(4) == [255, 255, 255, 254]
                        })
                    try editor.put(.records, new.key, old.value)
                }
            }
            let nina = try office.login("nina")
            #expect(throws: EngineError.self) {
                try office.read(later.scene.person.subject, later.scene.talk.record, nina)
            }
            #expect(try office.foundedTail().contains { $0.action == .quarantine })
            try later.scene.expectTheHonestVault()
        }

        /// The bodies of the two versions, which are under one subject key, are exchanged.
        @Test func exchangesBodies() throws {
            let later = try Later()
            let office = later.scene.office
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let rows = try editor.rows(.bodies).suffix(2)
                    for (row, value) in zip(rows, rows.map(\.value).reversed()) {
                        try editor.put(.bodies, row.key, value)
                    }
                }
            }
            let nina = try office.login("nina")
            #expect(throws: EngineError.self) {
                try office.read(later.scene.person.subject, later.scene.talk.record, nina)
            }
            #expect(try office.foundedTail().contains { $0.action == .quarantine })
            try later.scene.expectTheHonestVault()
        }

        /// The one-time code that nina has used, and her row gone: she is granted, so nobody enrols.
        @Test func replaysAUsedEnrolmentCode() throws {
            let office = try AttackOffice()
            try office.takeSeats()
            try office.found()
            let code = try office.enlist("nina")
            office.stop()
            var old: Row?
            try Editor.edit(office) { editor in
                old = try editor.rows(.wrappedKeys).first { $0.key.first == 8 }
            }
            try office.start()
            try office.unseal()
            try office.enrol("nina", code)
            let heard = office.words["nina"] ?? []
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let row = try #require(old)
                    try editor.put(.wrappedKeys, row.key, row.value)
                }
            }
            // Before the grant the code makes new keys, whose words are not those that she read out.
            try office.enrol("nina", code)
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.grant("nina", .counsellor, words: heard)
            }
            try office.grant("nina", .counsellor)
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let row = try #require(old)
                    try editor.put(.wrappedKeys, row.key, row.value)
                }
            }
            #expect(throws: EngineError.conflict(.principalState)) {
                try office.enrol("nina", code)
            }
        }

        /// The number under which everything is written is set back, or removed.
        @Test(arguments: [Fence.storage, .compartment(.counselling)], [false, true])
        func movesAFence(fence: Fence, removed: Bool) throws {
            let scene = try Scene()
            scene.office.stop()
            try Editor.edit(scene.office) { editor in
                if removed {
                    try editor.delete(.meta, fence.rowKey)
                } else {
                    try editor.put(.meta, fence.rowKey, [0, 0, 0, 2])
                }
            }
            #expect(try scene.office.refusedUnseal().contains("the fence of \(fence.name)"))
            try scene.expectTheHonestVault()
        }

        /// Entries are cut off the log's end and its head is made to fit: on this machine nothing
        /// tells, and the auditor's pin does.
        @Test func cutsTheLogAndRepairsItsHead() throws {
            let scene = try Scene()
            let office = scene.office
            let text = try office.vault.auditCheckpoint(try office.login("aude"))
            let pin = try UnverifiedCheckpoint(parse: Array(text.note.utf8))
                .verify(try VerifierKey(parse: text.verifierKey))
            office.stop()
            // The head and the digest row of an older moment, with an older log: the operator's MACs.
            try office.folder.restore(scene.honest.filter { $0.key == "audit.db" })
            let editor = try Editor(office)
            let log = try SQLiteAuditStore.open(at: office.folder.file("audit.db"))
            let size = try log.state().size
            log.close()
            try editor.repairDigest(logSize: size)
            editor.store.close()
            try office.start()
            try office.unseal()
            let now = try office.vault.auditCheckpoint(try office.login("aude"))
            let checkpoint = try UnverifiedCheckpoint(parse: Array(now.note.utf8))
                .verify(try VerifierKey(parse: now.verifierKey))
            if checkpoint.size > pin.size {
                #expect(try !office.continues(pin, checkpoint))
            } else {
                #expect(checkpoint.root != pin.root || checkpoint.size < pin.size)
            }
            try scene.expectTheHonestVault()
        }
    }
}

extension AttackOffice {
    /// Whether the log in the file continues a pinned checkpoint, by a consistency proof.
    func continues(_ pin: Checkpoint, _ newer: Checkpoint) throws -> Bool {
        let log = try SQLiteAuditStore.open(at: folder.file("audit.db"))
        defer { log.close() }
        var tree = TreeReader(size: newer.size, source: StoreTiles(log))
        let proof = try tree.consistency(from: pin.size)
        return ConsistencyProof.verify(
            oldSize: pin.size, oldRoot: pin.root, newSize: newer.size, newRoot: newer.root,
            proof: proof)
    }
}
