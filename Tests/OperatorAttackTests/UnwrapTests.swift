import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStorage
import VaultStorageSQLite
import VaultTestKit

extension OperatorAttackTests {
    /// Reading alone: every file, the seal secret, the operator's own secret.
    @Suite(.serialized) struct UnwrapTests {
        private func plunder(_ office: AttackOffice, with people: [String]) throws -> Plunder {
            let store = try SQLiteStore.open(at: office.folder.file("vault.db"), readers: 1)
            defer { store.close() }
            let log = try SQLiteAuditStore.open(at: office.folder.file("audit.db"))
            defer { log.close() }
            return try Plunder(
                header: try office.folder.read("vault.json"),
                secrets: [office.sealSecret] + people.compactMap { office.secrets[$0] },
                store: store, log: log, guesses: [("name", "张三丰-planted")])
        }

        @Test func everythingReachableIsUnwrappedAndNothingOfPeopleOpens() throws {
            let scene = try AttackOffice.Scene()
            let before = scene.office
            before.stop()
            let loot = try plunder(before, with: ["olga"])
            // The storage lock is the operator's: its whole outer layer comes off.
            #expect(loot.wrapped.values.allSatisfy { $0.opened == $0.found })
            #expect(loot.rows[.statements]?.bared == loot.rows[.statements]?.found)
            #expect(loot.wrapped[1]?.bared == 3, "keys of the vault's own")
            #expect(loot.wrapped[2]?.bared == 1, "the operator's own keys")
            // Behind it nothing does.
            for kind in [3, 4, 5, 6] as [UInt8] {
                #expect((loot.wrapped[kind]?.found ?? 0) > 0)
                #expect(loot.wrapped[kind]?.bared == 0)
            }
            for space in [Space.records, .bodies, .careRows, .index, .outbox] {
                #expect((loot.rows[space]?.found ?? 0) > 0, "\(space)")
                #expect(loot.rows[space]?.opened == 0, "\(space)")
            }
            #expect(loot.rows[.requests]?.opened == 0)
            #expect(loot.entries.found > 20)
            #expect(loot.entries.opened == 0)
            for text in AttackOffice.Planted.all { #expect(!loot.reveals(text)) }
            // What stands open in the log: the beginning of epochs, and entries of the sealed state.
            let open = try before.logRecords().filter { $0.content.openA != nil }
            for record in open where !record.content.isSealed {
                let part = try PartA(parse: try #require(record.content.openA).encoded)
                #expect(part.action == .auditEpoch && part.actor == Actor())
            }
            try scene.expectTheHonestVault()
        }

        /// The same tool with a member's secret opens exactly what is hers; so the counts above are no
        /// accident of the tool.
        @Test func theToolOpensWhatAMembersSecretOpens() throws {
            let scene = try AttackOffice.Scene()
            scene.office.stop()
            let nina = try plunder(scene.office, with: ["nina"])
            for space in [Space.records, .bodies, .careRows] {
                #expect(nina.rows[space]?.bared == nina.rows[space]?.found, "\(space)")
            }
            #expect(nina.wrapped[4]?.bared == nina.wrapped[4]?.found)
            #expect(nina.wrapped[5]?.bared == 6, "three held keys in each of two compartments")
            #expect((nina.rows[.index]?.bared ?? 0) > 0, "the guessed name")
            #expect(nina.entries.opened == 0)
            #expect(nina.reveals(AttackOffice.Planted.summary))
            let aude = try plunder(scene.office, with: ["aude"])
            #expect(aude.entries.bared == aude.entries.found)
            #expect(aude.rows[.bodies]?.opened == 0)
        }

        /// Bytes of every file, of the live daemon as well, with and without the write-ahead log.
        @Test func grepsEveryFile() throws {
            let scene = try AttackOffice.Scene()
            func grep() throws -> [String] {
                let files = try scene.office.folder.contents()
                #expect(files.values.map(\.count).reduce(0, +) > 100_000)
                return files.flatMap { name, bytes in
                    AttackOffice.Planted.all.filter { bytes.holds($0) }.map { "\(name): \($0)" }
                }
            }
            _ = try scene.office.addSubject(
                "planted-2", try scene.office.login("nina"), number: "E-PLANTED-2")
            #expect(try grep() == [])
            scene.office.stop()
            #expect(try grep() == [])
            #expect(try scene.office.folder.read("vault.json").holds("unsealUIDs"), "it would find")
        }

        /// What waits for the log lies in the store of a daemon that was killed.
        @Test func readsTheOutbox() throws {
            let scene = try AttackOffice.Scene()
            let nina = try scene.office.login("nina")
            let added = try scene.office.add(
                scene.person.subject, "counselling.session",
                AttackOffice.Scene.session(AttackOffice.Planted.summary), nina)
            scene.office.stop()
            let store = try SQLiteStore.open(at: scene.office.folder.file("vault.db"), readers: 1)
            let rows = try store.scan(.outbox, from: [], to: nil, limit: 1000)
            store.close()
            #expect(!rows.isEmpty)
            for row in rows {
                // node ‖ random entry id; an entry whose parts are both closed.
                let entry = try FinishedEntry(parse: Array(row.value.dropFirst(24).dropLast(32)))
                #expect(row.key == [0, 0, 0, 1] + entry.id.bytes)
                #expect(entry.bytes[117] == 0, "mode: closed")
                for secret in [
                    added.record.bytes, scene.person.subject.bytes, Array("nina".utf8),
                    Array("counselling".utf8), scene.office.ids["nina"]?.bytes ?? [],
                ] {
                    #expect(!row.value.holds(secret))
                }
            }
            let loot = try plunder(scene.office, with: ["olga"])
            #expect(loot.rows[.outbox]?.opened == 0)
            try scene.expectTheHonestVault()
        }
    }
}

extension [UInt8] {
    func holds(_ text: String) -> Bool { holds(Array(text.utf8)) }

    func holds(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        var at = startIndex
        let last = count - needle.count
        while at <= last {
            guard let next = self[at...last].firstIndex(of: first) else { return false }
            if self[next..<next + needle.count].elementsEqual(needle) { return true }
            at = next + 1
        }
        return false
    }
}
