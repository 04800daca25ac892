import Foundation
import Synchronization
import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStatements
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// The log fails at one append of a whole day, or for a while.
@Suite struct AuditFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let moment: AuditStoreFault.Moment
        let error: AuditStoreError
        var testDescription: String { name }

        static let all = [
            Fault(
                name: "refused", moment: .before,
                error: .unavailable(path: "audit.db", code: 5, operation: "write")),
            Fault(name: "full", moment: .before, error: .full(path: "audit.db")),
            Fault(
                name: "unknown, not done", moment: .before,
                error: .outcomeUnknown(path: "audit.db")),
            Fault(
                name: "unknown, done", moment: .after,
                error: .outcomeUnknown(path: "audit.db")),
        ]
    }

    @Test(arguments: Fault.all)
    func everyAppendOfADay(fault: Fault) throws {
        let before = try Office.open()
        before.vault.shutdown()
        let disks = before.disks
        var number = 0
        while try run(disks, before, fault, number) { number += 1 }
        #expect(number > 25)
    }

    /// A day in which append `number` fails; false when the day has not so many. Where the log says
    /// whether the append took effect, no more than the one request fails; the day always ends with
    /// everything there once.
    private func run(
        _ disks: Disks, _ before: Office, _ fault: Fault, _ number: Int
    ) throws -> Bool {
        let office = try Office(disks, of: before)
        let logDisk = office.logDisk
        let faulty = FaultyAuditStore(
            InMemoryAuditStore(disk: logDisk),
            faults: [
                AuditStoreFault(
                    call: .append, number: number, moment: fault.moment, error: fault.error)
            ])
        let isFirst = Mutex(true)
        try office.kill(
            into: try office.world(log: { () throws(AuditStoreError) in
                let first = isFirst.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst
                }
                return first ? faulty : InMemoryAuditStore(disk: logDisk)
            }))
        let day = OfficeDay(office)
        var failed: [String] = []
        do { try office.unseal() } catch {
            failed.append("unseal: \(error)")
            try office.unseal()
        }
        steps: for step in day.steps {
            do { try step.run() } catch {
                failed.append("\(step.name): \(error)")
                guard step.isRepeatable else { break steps }
                try office.awaitLog()
                try step.run()
            }
        }
        let wasReached = faulty.count(of: .append) > number
        try office.kill()
        try office.unseal()
        try office.verify(day.written, "append \(number), \(fault.name), failed: \(failed)")
        #expect(failed.count <= 1, "append \(number), \(fault.name), failed: \(failed)")
        office.vault.shutdown()
        return wasReached
    }

    /// A log that fails from now on until it is told to work; and holds appends up while it is told
    /// to.
    private func broken(
        _ office: Office, isHeld: Office.Box<Bool> = Office.Box(false)
    ) throws -> Office.Box<Bool> {
        let isBroken = Office.Box(false)
        let logDisk = office.logDisk
        office.vault.shutdown()
        try office.kill(
            into: try office.world(log: { () throws(AuditStoreError) in
                BreakableLog(
                    base: InMemoryAuditStore(disk: logDisk), isBroken: isBroken, isHeld: isHeld)
            }))
        try office.unseal()
        return isBroken
    }

    @Test func writeWithoutAnEntryIsPendingAndHidden() throws {
        let office = try Office.open()
        let isBroken = try broken(office)
        let nina = try office.login("nina")
        let person = try office.addSubject("Ada Lovelace", nina)
        let other = try office.addSubject("Bo Diddley", nina)
        let before = office.logDisk.withContents { $0.records.count }

        isBroken.value = true
        let id = try #require(IdempotencyID([UInt8](repeating: 7, count: 16)))
        let pending = try failure {
            try office.create(
                person.subject, .counsellingSession, OfficeDay.talk("hidden"), nina, id: id)
        }
        guard case .outcomePending = pending else {
            Issue.record("\(pending)")
            return
        }
        // Durable in the store, red for operators, and nothing more is changed.
        #expect(office.disk.snapshot()[.bodies]?.count == 3)
        #expect(office.codes.contains(.logUnavailable))
        guard
            case .unavailable = try failure({
                try office.create(
                    other.subject, .counsellingSession, OfficeDay.talk("refused"), nina)
            })
        else {
            Issue.record("a write began without a log")
            return
        }
        #expect(office.disk.snapshot()[.bodies]?.count == 3)

        // A read has nowhere to put its entry either.
        guard
            case .unavailable = try failure({ try office.read(other.subject, other.record, nina) })
        else {
            Issue.record("a read was answered without an entry")
            return
        }
        #expect(office.logDisk.withContents { $0.records.count } == before)

        // The log works again; until the retry has brought the entry there, the row is not served.
        let core = try office.vault.core()
        isBroken.value = false
        _ = try office.read(other.subject, other.record, nina)
        if !core.unlogged.isEmpty {
            #expect(try office.list(person.subject, nina).elements.count == 1)
            guard
                case .outcomePending = try failure({
                    try office.create(
                        person.subject, .counsellingSession, OfficeDay.talk("hidden"), nina,
                        id: id)
                })
            else {
                Issue.record("a retry came before the entry of its write")
                return
            }
        }
        for _ in 0..<2_500 where !core.unlogged.isEmpty { Thread.sleep(forTimeInterval: 0.002) }
        #expect(core.unlogged.isEmpty)
        #expect(!office.codes.contains(.logUnavailable))
        #expect(try office.list(person.subject, nina).elements.count == 2)
        let again = try office.create(
            person.subject, .counsellingSession, OfficeDay.talk("hidden"), nina, id: id)
        #expect(try office.history(person.subject, again.record, nina).count == 1)
        try office.verify([], "after the log's return")
    }

    @Test func manyPendingWritesAreLoggedOnce() throws {
        let office = try Office.open()
        let isHeld = Office.Box(false)
        let isBroken = try broken(office, isHeld: isHeld)
        let nina = try office.login("nina")
        let people = try (0..<6).map { try office.addSubject("P \($0)", nina) }
        // All of them are in the store before the log is asked for the first.
        let core = try office.vault.core()
        isHeld.value = true
        isBroken.value = true
        let answers = Mutex<[EngineError]>([])
        let done = DispatchSemaphore(value: 0)
        for person in people {
            office.vault.create(
                person.subject, kind: "counselling.session", body: OfficeDay.talk("x"),
                office.request(nina)
            ) { result in
                if case .failure(let error) = result { answers.withLock { $0.append(error) } }
                done.signal()
            }
        }
        for _ in 0..<2_000 where office.disk.snapshot()[.bodies]?.count != 2 * people.count {
            Thread.sleep(forTimeInterval: 0.002)
        }
        isHeld.value = false
        for _ in people { done.wait() }
        let pending = answers.withLock { $0 }.filter {
            if case .outcomePending = $0 { true } else { false }
        }
        #expect(pending.count == people.count)
        isBroken.value = false
        for _ in 0..<2_500 where !core.unlogged.isEmpty { Thread.sleep(forTimeInterval: 0.002) }
        #expect(core.unlogged.isEmpty)
        try office.verify([], "after the log's return")
        #expect(try office.vault.core() === core)
    }

    @Test func disablingIsInForceThoughItsEntryWaits() throws {
        let office = try Office.open()
        let isBroken = try broken(office)
        let nina = try office.login("nina")
        let olga = try office.login("olga")
        let core = try office.vault.core()
        let id = try #require(office.ids["nina"])
        // The entry of the request itself gets through; that of the statement does not.
        isBroken.value = true
        guard case .outcomePending = try failure({ try office.vault.disable(id, session: olga) })
        else {
            Issue.record("a disabling was not pending")
            return
        }
        #expect(core.keyring.directory.principal(id)?.isDisabled == true)
        #expect(core.sessions.count == 1)
        isBroken.value = false
        #expect(try failure { try office.find("x", nina) } == .loginNeeded)
        for _ in 0..<2_500 where !core.unlogged.isEmpty { Thread.sleep(forTimeInterval: 0.002) }
        // The chain in memory goes on from that in the store.
        _ = try office.enlist("paul", by: olga)
        let told = try office.lines().filter { $0.a?.action == .disable }
        #expect(told.map { $0.a?.outcome } == [.success])
    }

    @Test func sealingUnderRequestsIsNoFailureOfTheLog() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let person = try office.addSubject("Ada Lovelace", nina)
        let core = try office.vault.core()
        try office.vault.seal(try office.login("olga"))
        // What was under way when the vault was sealed ends late.
        let late = try failure {
            try wait { (answer: @escaping Answer<Document>) in
                core.refuse(
                    EntryFacts(.read, session: nina, request: core.newRequest()), .loginNeeded,
                    answer)
            }
        }
        #expect(late == .sealed || late == .loginNeeded)
        _ = try? core.write(CommitMember(writes: [.delete(.requests, [1])]), reference: "")
        Thread.sleep(forTimeInterval: 0.05)
        #expect(office.codes.isEmpty)
        try office.unseal()
        #expect(office.codes.isEmpty)
        #expect(!office.vault.isSealed)
        _ = try office.read(person.subject, person.record, try office.login("nina"))
    }
}

/// A log that refuses appends while it is broken.
private final class BreakableLog: AuditStore {
    let base: InMemoryAuditStore
    let isBroken: Office.Box<Bool>
    let isHeld: Office.Box<Bool>

    init(base: InMemoryAuditStore, isBroken: Office.Box<Bool>, isHeld: Office.Box<Bool>) {
        self.base = base
        self.isBroken = isBroken
        self.isHeld = isHeld
    }

    func state() throws(AuditStoreError) -> AuditStoreState { try base.state() }

    func append(_ batch: AuditBatch) throws(AuditStoreError) {
        while isHeld.value { Thread.sleep(forTimeInterval: 0.001) }
        guard !isBroken.value else { throw .full(path: "audit.db") }
        try base.append(batch)
    }

    func records(from first: UInt64, limit: Int) throws(AuditStoreError) -> [[UInt8]] {
        try base.records(from: first, limit: limit)
    }

    func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? { try base.tile(id) }

    func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        try base.newestCheckpoint()
    }

    func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        try base.checkpoints(from: size, limit: limit)
    }

    func close() { base.close() }
}

extension Office {
    /// The codes of what is wrong.
    var codes: [HealthCode] {
        vault.status(for: caller("olga")).health.map(\.code)
            .filter { $0 != .memoryNotLocked }
    }

    /// Waits until the log has what it missed, or until a vault in doubt has sealed itself; then
    /// unseals it.
    func awaitLog() throws {
        time.change { $0 += 2_000_000 }
        for _ in 0..<2_500 {
            if vault.isSealed { break }
            if let core = try? vault.core(), core.unlogged.isEmpty, !core.logLost.value { return }
            Thread.sleep(forTimeInterval: 0.002)
        }
        try unseal()
    }
}

extension Atomic where Value == Bool {
    fileprivate var value: Bool { load(ordering: .acquiring) }
}
