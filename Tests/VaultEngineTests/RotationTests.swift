import Foundation
import Synchronization
import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultSodium
import VaultStatements
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// The storage key is rotated by an operator alone, while others write, and killed at any moment.
@Suite struct RotationTests {
    /// The epochs that rows under the storage lock are under.
    private func epochs(_ office: Office) throws -> Set<UInt32> {
        let rows = office.disk.snapshot()
        var found: Set<UInt32> = []
        for space in [Space.wrappedKeys, .statements] {
            for row in rows[space] ?? [] { found.insert(try Envelope.keyNumber(of: row.value)) }
        }
        return found
    }

    /// What lies under the outer layer must be what it was.
    private func bodies(_ disks: Disks) -> [[UInt8]] {
        [Space.records, .bodies, .careRows, .index].flatMap { disks.rows[$0] ?? [] }.map(\.value)
    }

    @Test func operatorRotatesWithNobodyOfCareThere() throws {
        let office = try Office.open()
        let person = try office.addSubject("Ada Lovelace", try office.login("nina"))
        try office.restart()
        let core = try office.vault.core()
        let olga = try office.login("olga")
        let before = office.disks
        let old = core.keyring.lock
        #expect(
            try failure {
                try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
            } == .conflict(.noRotation))
        let dry = try office.vault.rotateStorage(.start, dryRun: true, session: olga)
        #expect(dry.state == .idle && dry.total > 10)
        let begun = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        #expect(begun.from == 1 && begun.to == 2)
        #expect(
            try failure {
                try office.vault.rotateStorage(.start, dryRun: false, session: olga)
            } == .alreadyRotating)
        try office.awaitWalk(olga)
        #expect(try epochs(office) == [2])
        let done = try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
        #expect(done.state == .complete && done.from == 1)

        // Only one login, an operator's, was there, and nothing under the inner layer has changed.
        #expect(core.sessions.count == 1)
        let areUntouched = bodies(office.disks) == bodies(before)
        #expect(areUntouched)
        #expect(core.keyring.lock.epochs == [2])
        // The old key opens nothing that is there now.
        for space in [Space.wrappedKeys, .statements] {
            for row in office.disk.snapshot()[space] ?? [] {
                #expect(throws: KeyringError.self) { try old.open(row.value, space, row.key) }
            }
        }
        let status = try office.vault.keyStatus(olga)
        #expect(status.epochs.map(\.state) == [.retired, .current])
        #expect(status.rotation.state == .idle)
        try office.restart()
        let nina = try office.login("nina")
        #expect(try office.read(person.subject, person.record, nina).subject == person.subject)
        // And again, from there.
        let again = try office.login("olga")
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: again)
        try office.awaitWalk(again)
        #expect(
            try office.vault.rotateStorage(.complete, dryRun: false, session: again).to == 3)
        #expect(try epochs(office) == [3])
    }

    @Test func aDamagedRowBlocksTheEndUntilItIsRestored() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let tag = try #require(nina.care?[.registry]).tag(of: ada.subject)
        office.vault.shutdown()
        var disks = office.disks
        let found = disks.rows[.wrappedKeys]?.first { $0.key.dropFirst().starts(with: tag.bytes) }
        let row = try #require(found)
        var value = row.value
        value[value.count - 1] ^= 1
        disks.put(.wrappedKeys, row.key, value)

        let again = try Office(disks, of: office)
        try again.unseal()
        let olga = try again.login("olga")
        _ = try again.vault.rotateStorage(.start, dryRun: false, session: olga)
        try again.awaitWalk(olga)
        #expect(try epochs(again) == [1, 2])
        #expect(
            try failure {
                try again.vault.rotateStorage(.complete, dryRun: false, session: olga)
            } == .conflict(.rowsRemain))
        // Restored in place, with the digest in step: as a repair would.
        let core = try again.vault.core()
        _ = try core.committer.commit(
            CommitMember(writes: [.put(.wrappedKeys, row.key, row.value)]))
        // Each try that finds a row left walks once more.
        var report: RotationReport?
        for _ in 0..<5 where report == nil {
            try again.awaitWalk(olga)
            report = try? again.vault.rotateStorage(.complete, dryRun: false, session: olga)
        }
        #expect(report?.state == .complete)
        #expect(try epochs(again) == [2])
    }

    @Test func writesAndReadsGoOn() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let olga = try office.login("olga")
        let (vault, request) = (office.vault, office.request(nina))
        let (secret, caller) = (office.secrets["nina"] ?? [], office.caller("nina"))
        let isOver = Office.Box(false)
        let work = Mutex<[Written]>([])
        let others = Mutex<Int>(0)
        let ended = DispatchSemaphore(value: 0)
        let errors = Mutex<[String]>([])
        for thread in 0..<3 {
            Thread {
                defer { ended.signal() }
                var number = 0
                while !isOver.value {
                    number += 1
                    let word = "word \(thread).\(number)"
                    do {
                        if thread == 2 {
                            _ = try vault.login(
                                name: nil, secret: try Office.secret(secret), form: .keyFile,
                                purpose: nil, caller: caller)
                            others.withLock { $0 += 1 }
                            continue
                        }
                        // A person of each write's own: their keys are made under the moving lock.
                        let made = try wait {
                            vault.addSubject(
                                fields: ["names": [["full": .string(word)]]], request, $0)
                        }
                        work.withLock {
                            $0.append(
                                Written(
                                    subject: made.subject, record: made.record, version: 1,
                                    word: word))
                        }
                        _ = try wait {
                            vault.read(ada.subject, ada.record, version: nil, request, $0)
                        }
                    } catch {
                        errors.withLock { $0.append("\(thread).\(number): \(error)") }
                    }
                }
            }.start()
        }
        for _ in 0..<3 {
            _ = try vault.rotateStorage(.start, dryRun: false, session: olga)
            try office.awaitWalk(olga)
            _ = try vault.rotateStorage(.complete, dryRun: false, session: olga)
        }
        isOver.value = true
        for _ in 0..<3 { ended.wait() }
        // The login of the writers may give way to the newer ones; nothing else fails.
        let failed = errors.withLock { $0 }.filter { !$0.contains("loginNeeded") }
        #expect(failed.isEmpty)
        #expect(office.codes.isEmpty)
        #expect(work.withLock { $0.count } > 3 && others.withLock { $0 } > 3)
        #expect(try epochs(office) == [4])
        try office.restart()
        try office.verify(work.withLock { $0 }, "after three rotations")
    }

    /// A request looks at the lock; before it looks at a row, a rotation begins and re-wraps it.
    @Test func aRowThatWasReWrappedInBetweenIsNoDamage() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        _ = try office.create(ada.subject, .counsellingSession, OfficeDay.talk("one"), nina)
        office.vault.shutdown()
        let hook = HookedStore.Hook()
        let disk = office.disk
        try office.kill(
            into: try office.world(store: { () throws(StorageError) in
                HookedStore(base: InMemoryStore(disk: disk), hook: hook)
            }))
        try office.unseal()
        let rounds: [(String, (Session) throws -> Void)] = [
            ("read", { _ = try office.read(ada.subject, ada.record, $0) }),
            (
                "create",
                {
                    _ = try office.create(
                        ada.subject, .counsellingSession, OfficeDay.talk("two"), $0)
                }
            ),
            ("find", { _ = try office.find("Ada Lovelace", $0) }),
        ]
        for (name, request) in rounds {
            let olga = try office.login("olga")
            // With no subject key open yet.
            let nina = try office.login("nina")
            let vault = office.vault
            hook.arm {
                _ = try? vault.rotateStorage(.start, dryRun: false, session: olga)
                for _ in 0..<2_000 {
                    let report = try? vault.rotateStorage(.status, dryRun: false, session: olga)
                    if report?.state == .ready { return }
                    Thread.sleep(forTimeInterval: 0.001)
                }
            }
            try request(nina)
            #expect(hook.wasMet, "\(name)")
            #expect(office.codes.isEmpty, "\(name)")
            _ = try vault.rotateStorage(.complete, dryRun: false, session: olga)
        }
        #expect(try epochs(office) == [4])
    }

    /// Every write to store, log or header of a rotation with writes beside it, as the last one
    /// before the power went off: the vault opens, and an operator alone brings the rotation to its
    /// end.
    @Test func killedAtAnyMomentItGoesOn() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        office.vault.shutdown()
        let recorder = Recorder(office)
        try office.kill(into: try recorder.world(office))
        try office.unseal()
        let session = try office.login("nina")
        let olga = try office.login("olga")
        var written: [Written] = []
        func write() throws {
            let word = "word \(written.count)"
            let made = try office.create(
                ada.subject, .counsellingSession, OfficeDay.talk(word), session)
            written.append(
                Written(subject: ada.subject, record: made.record, version: 1, word: word))
            recorder.acknowledge(written.count)
        }
        try write()
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        try write()
        try office.awaitWalk(olga)
        try write()
        _ = try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
        try write()
        office.vault.shutdown()

        var headers: Set<[UInt8]> = []
        for (number, moment) in recorder.moments.enumerated() {
            headers.insert(moment.disks.header)
            let again = try Office(moment.disks, of: office)
            try again.unseal()
            let olga = try again.login("olga")
            let before = try again.vault.rotateStorage(.status, dryRun: false, session: olga)
            if before.state == .idle, try again.vault.keyStatus(olga).epochs.count == 1 {
                _ = try again.vault.rotateStorage(.start, dryRun: false, session: olga)
            }
            if try again.vault.keyStatus(olga).rotation.state != .idle {
                try again.awaitWalk(olga)
                _ = try again.vault.rotateStorage(.complete, dryRun: false, session: olga)
            }
            #expect(try again.vault.core().sessions.count == 1)
            #expect(try epochs(again) == [2], "moment \(number), \(moment.cause)")
            #expect(try again.vault.core().keyring.lock.epochs == [2])
            try again.kill()
            try again.unseal()
            try again.verify(
                written.prefix(moment.acknowledged), "moment \(number), \(moment.cause)")
            again.vault.shutdown()
        }
        #expect(headers.count == 2)
    }

    /// The header cannot be written, or is written and the commit behind it fails: the next start
    /// works, and a kill in its midst leaves a vault that opens.
    @Test(arguments: [true, false])
    func aStartThatFailsLeavesARoadAhead(isWritten: Bool) throws {
        let office = try Office.open()
        office.vault.shutdown()
        let (header, disk, logDisk) = (office.header, office.disk, office.logDisk)
        let isBroken = Office.Box(false)
        let moments = Office.Box<[Disks]>([])
        var world = try office.world()
        world.writeHeader = { bytes throws(EngineError) in
            // The power goes off behind the announcement and before the file is written.
            let moment = Disks(
                rows: disk.snapshot(), log: logDisk.withContents { $0 }, header: header.value)
            moments.change { $0.append(moment) }
            if isWritten || !isBroken.value { header.value = bytes }
            if isBroken.value { throw .unavailable(.diskFull) }
        }
        try office.kill(into: world)
        try office.unseal()
        let olga = try office.login("olga")
        isBroken.value = true
        _ = try failure {
            try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        }
        moments.change { [disks = office.disks] in $0.append(disks) }
        _ = try failure {
            try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        }
        moments.change { [disks = office.disks] in $0.append(disks) }
        isBroken.value = false
        _ = try office.vault.rotateStorage(.start, dryRun: false, session: olga)
        #expect(moments.value.count == 5)
        for moment in moments.value { try Office(moment, of: office).unseal() }
        try office.awaitWalk(olga)
        _ = try office.vault.rotateStorage(.complete, dryRun: false, session: olga)
        try office.restart()
        #expect(try epochs(office) == [2])
    }
}

extension EngineError {
    /// Whether what was asked does not fit the moment.
    fileprivate var isInvalid: Bool {
        if case .invalidArgument = self { true } else { false }
    }
}

/// A store that does something once, before it answers the first look at a subject's key.
private final class HookedStore: ByteStore {
    final class Hook: Sendable {
        private let state = Mutex<(@Sendable () -> Void)?>(nil)

        func arm(_ body: @escaping @Sendable () -> Void) { state.withLock { $0 = body } }

        var wasMet: Bool { state.withLock { $0 == nil } }

        func meet(_ space: Space, _ key: [UInt8]) {
            // 4 is the type of rows that hold subject keys.
            guard space == .wrappedKeys, key.first == 4 else { return }
            let body = state.withLock { state in
                defer { state = nil }
                return state
            }
            body?()
        }
    }

    let base: InMemoryStore
    let hook: Hook

    init(base: InMemoryStore, hook: Hook) {
        self.base = base
        self.hook = hook
    }

    func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        hook.meet(space, key)
        return try base.get(space, key)
    }

    func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row] {
        hook.meet(space, lower)
        return try base.scan(space, from: lower, to: upper, limit: limit)
    }

    func commit(_ batch: Batch) throws(StorageError) { try base.commit(batch) }

    func close() { base.close() }
}
