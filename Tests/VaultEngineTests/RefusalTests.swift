import Foundation
import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// Files that do not belong together, or were altered, stay sealed; the refusal says why, names the
/// files, and changes nothing.
@Suite struct RefusalTests {
    /// An office with two subjects, shut down; its disks before and after the second one.
    private struct Scene {
        let office: Office
        let early: Disks
        let late: Disks

        init() throws {
            office = try Office.open()
            let nina = try office.login("nina")
            _ = try office.addSubject("Ada Lovelace", nina)
            office.vault.shutdown()
            early = office.disks
            try office.kill()
            try office.unseal()
            _ = try office.addSubject("Bo Diddley", try office.login("nina"))
            office.vault.shutdown()
            late = office.disks
        }

        /// Tries to unseal; gives the refusal, having checked that nothing was changed: the log may
        /// have told of start and refusal while sealed, no more.
        func refusal(
            _ disks: Disks, sourceLocation: SourceLocation = #_sourceLocation
        ) throws -> (file: String, detail: String, remedy: String) {
            let again = try Office(disks, of: office)
            let error = try failure({ try again.unseal() }, sourceLocation: sourceLocation)
            #expect(again.vault.isSealed)
            try again.kill()
            let after = again.disks
            let old = disks.log.records
            let isUntouched =
                after.rows == disks.rows && after.header == disks.header
                && after.log.head == disks.log.head
                && after.log.checkpoints == disks.log.checkpoints
                && after.log.sealedChain == disks.log.sealedChain
                && Array(after.log.records.prefix(old.count)) == old
            #expect(isUntouched, sourceLocation: sourceLocation)
            for bytes in after.log.records.dropFirst(old.count) {
                let record = try AuditRecord(parse: bytes)
                #expect(record.leaf.epoch == 0, sourceLocation: sourceLocation)
            }
            guard case .damaged(let file, let detail, let remedy) = error else {
                Issue.record("\(error)", sourceLocation: sourceLocation)
                throw Hang()
            }
            // And it is refused again.
            guard case .damaged(file, _, _) = try failure({ try again.unseal() }) else {
                Issue.record("another refusal", sourceLocation: sourceLocation)
                throw Hang()
            }
            return (file, detail, remedy)
        }

        func counter(_ disks: Disks) throws -> UInt64 {
            let row = try #require(disks.value(.meta, StoreDigest.rowKey))
            return row[1..<9].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    @Test func whatBelongsTogetherOpens() throws {
        let scene = try Scene()
        for disks in [scene.early, scene.late] {
            try Office(disks, of: scene.office).unseal()
        }
    }

    @Test func storeOlderThanTheLog() throws {
        let scene = try Scene()
        var disks = scene.late
        disks.rows = scene.early.rows
        let refusal = try scene.refusal(disks)
        #expect(refusal.file == "vault.db")
        #expect(refusal.detail.contains("commit \(try scene.counter(scene.early))"))
        #expect(refusal.detail.contains("commit \(try scene.counter(scene.late))"))
        #expect(refusal.detail.contains("audit.db"))
        #expect(refusal.remedy.contains("vault.db") && refusal.remedy.contains("audit.db"))
    }

    @Test func logShorterThanTheStoreHasSeen() throws {
        let scene = try Scene()
        var disks = scene.late
        disks.log = scene.early.log
        let refusal = try scene.refusal(disks)
        #expect(refusal.file == "audit.db")
        #expect(refusal.detail.contains("vault.db"))
        // The start of the daemon is one more, and is appended beside the unseal: it may come later.
        let old = scene.early.log.records.count
        #expect([old, old + 1].contains { refusal.detail.contains("has \($0) entries") })
        let row = try #require(disks.value(.meta, StoreDigest.rowKey))
        let seen = row[9..<17].reduce(0) { $0 << 8 | UInt64($1) }
        #expect(refusal.detail.contains("seen \(seen)"))
    }

    @Test func sameCounterOtherDigest() throws {
        let scene = try Scene()
        // Two futures of one past, with one commit each since the unseal.
        var futures: [Disks] = []
        for name in ["Cy Twombly", "Di Prima"] {
            let office = try Office(scene.late, of: scene.office)
            try office.unseal()
            _ = try office.addSubject(name, try office.login("nina"))
            office.vault.shutdown()
            futures.append(office.disks)
        }
        #expect(try scene.counter(futures[0]) == scene.counter(futures[1]))
        var disks = futures[0]
        disks.log = futures[1].log
        let refusal = try scene.refusal(disks)
        #expect(refusal.detail.contains("both at commit \(try scene.counter(futures[0]))"))
        #expect(refusal.file == "vault.db" && refusal.detail.contains("audit.db"))
    }

    @Test func filesOfAnotherVault() throws {
        let scene = try Scene()
        let stranger = try Office.open()
        stranger.vault.shutdown()
        var disks = scene.late
        disks.rows = stranger.disks.rows
        _ = try scene.refusal(disks)
        disks = scene.late
        disks.log = stranger.disks.log
        #expect(try scene.refusal(disks).file == "audit.db")
        // With its whole set of files, the secret does not open it.
        disks = stranger.disks
        let again = try Office(disks, of: scene.office)
        #expect(try failure { try again.unseal() } == .wrongSecret)
        let isUntouched = again.disks.rows == disks.rows
        #expect(isUntouched)
    }

    @Test func digestRowIsAltered() throws {
        let scene = try Scene()
        let row = try #require(scene.late.value(.meta, StoreDigest.rowKey))
        for position in [0, 1, 8, 9, 16, 17, 900, row.count - 1] {
            var disks = scene.late
            var altered = row
            altered[position] ^= 1
            disks.put(.meta, StoreDigest.rowKey, altered)
            let refusal = try scene.refusal(disks)
            #expect(refusal.file == "vault.db" && refusal.detail.contains("digest"))
        }
        var disks = scene.late
        disks.put(.meta, StoreDigest.rowKey, nil)
        #expect(try scene.refusal(disks).detail.contains("digest"))
    }

    @Test func outboxRowIsForged() throws {
        let scene = try Scene()
        // A kill leaves the last commit's entries in the outbox.
        let office = try Office(scene.late, of: scene.office)
        try office.unseal()
        _ = try office.addSubject("Cy Twombly", try office.login("nina"))
        try office.kill()
        var disks = office.disks
        let row = try #require(disks.rows[.outbox]?.first)
        // Of another entry, altered in each part, moved to another name.
        for position in [0, 8, 12, 20, 40, row.value.count / 2, row.value.count - 1] {
            var value = row.value
            value[position] ^= 0x40
            disks.put(.outbox, row.key, value)
            let refusal = try scene.refusal(disks)
            #expect(refusal.file == "vault.db" && refusal.detail.contains("outbox"))
        }
        disks = office.disks
        var key = row.key
        key[key.count - 1] ^= 1
        disks.put(.outbox, key, row.value)
        #expect(try scene.refusal(disks).detail.contains("outbox"))
    }

    @Test func logIsAltered() throws {
        let scene = try Scene()
        var disks = scene.late
        disks.log.records[3][60] ^= 1
        let error = try failure { try Office(disks, of: scene.office) }
        guard case .damaged("audit.db", _, _) = error else {
            Issue.record("\(error)")
            return
        }
        disks = scene.late
        var head = try #require(disks.log.head)
        head[head.count - 1] ^= 1
        disks.log.head = head
        #expect(try scene.refusal(disks).file == "audit.db")
    }

    @Test func headerOfAnotherDay() throws {
        let scene = try Scene()
        let office = try Office(scene.late, of: scene.office)
        try office.unseal()
        let olga = try office.login("olga")
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        try office.awaitWalk(olga)
        office.vault.shutdown()
        var disks = office.disks
        #expect(disks.header != scene.late.header)
        disks.header = scene.late.header
        #expect(try scene.refusal(disks).file == "vault.json")
        // And the new header before the old store.
        disks = scene.late
        disks.header = office.disks.header
        #expect(try scene.refusal(disks).file == "vault.json")
    }

    @Test func fileTroubleAtUnsealIsOverWhenItIsOver() throws {
        let scene = try Scene()
        let office = try Office(scene.late, of: scene.office)
        let disk = office.disk
        let isThere = Office.Box(true)
        try office.kill(
            into: try office.world(store: { () throws(StorageError) in
                guard isThere.value else {
                    throw .unavailable(path: "vault.db", code: 24, operation: "open")
                }
                return InMemoryStore(disk: disk)
            }))
        try office.unseal()
        isThere.value = false
        try office.vault.core().distress(.log)
        for _ in 0..<2_000 where !office.vault.isSealed { Thread.sleep(forTimeInterval: 0.001) }
        guard case .unavailable = try failure({ try office.unseal() }) else {
            Issue.record("opened without a store")
            return
        }
        isThere.value = true
        try office.unseal()
    }
}
