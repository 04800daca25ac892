import Foundation
import Synchronization
import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// The store fails at one commit of a whole day: before anything is done, after all of it is done
/// without anybody knowing, or not done without anybody knowing.
@Suite struct StoreFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let moment: StoreFault.Moment
        let error: StorageError
        /// Whether the daemon knows that nothing was written, and goes on.
        var isKnown: Bool {
            if case .outcomeUnknown = error { false } else { true }
        }
        var testDescription: String { name }

        static let all = [
            Fault(
                name: "refused", moment: .before,
                error: .unavailable(path: "vault.db", code: 5, operation: "write")),
            Fault(name: "full", moment: .before, error: .full(path: "vault.db")),
            Fault(
                name: "unknown, not done", moment: .before,
                error: .outcomeUnknown(path: "vault.db")),
            Fault(
                name: "unknown, done", moment: .after,
                error: .outcomeUnknown(path: "vault.db")),
        ]
    }

    @Test(arguments: Fault.all)
    func everyCommitOfADay(fault: Fault) throws {
        let before = try Office.open()
        before.vault.shutdown()
        var number = 0
        while try run(before.disks, before, fault, number) { number += 1 }
        // A day has that many commits, each of which failed once.
        #expect(number > 15)
    }

    /// A look at the store that fails is no damaged row: the request fails, its entry says so, and
    /// the next one works.
    @Test(arguments: [StoreFault.Call.get, .scan])
    func everyLookOfARequest(call: StoreFault.Call) throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        _ = try office.create(ada.subject, .counsellingSession, OfficeDay.talk("one"), nina)
        office.vault.shutdown()
        let faulty = FaultyStore(InMemoryStore(disk: office.disk))
        try office.kill(into: try office.world(store: { () throws(StorageError) in faulty }))
        try office.unseal()
        let requests: [(String, (Session) throws -> Void)] = [
            ("read", { _ = try office.read(ada.subject, ada.record, $0) }),
            ("find", { _ = try office.find("Ada Lovelace", $0) }),
            ("list", { _ = try office.list(ada.subject, $0) }),
            ("history", { _ = try office.history(ada.subject, ada.record, $0) }),
            ("add", { _ = try office.addSubject("Bo Diddley", $0) }),
            (
                "create",
                {
                    _ = try office.create(
                        ada.subject, .counsellingSession, OfficeDay.talk("two"), $0)
                }
            ),
            (
                "amend",
                {
                    let newest = try office.history(ada.subject, ada.record, $0).first?.version
                    _ = try office.amend(
                        ada.subject, ada.record, base: newest ?? 0,
                        [
                            "names": [
                                ["full": .string("Ada \(newest ?? 0)")], ["full": "Ada Lovelace"],
                            ]
                        ],
                        $0)
                }
            ),
        ]
        for (name, request) in requests {
            // With nothing in the caches; the looks of the login itself are not meant.
            for number in 0..<40 {
                let session = try office.login("nina")
                let start = faulty.count(of: call)
                faulty.fail(
                    call, number: start + number,
                    with: .unavailable(path: "vault.db", code: 5, operation: "read"))
                do { try request(session) } catch {
                    guard case .unavailable = error as? EngineError else {
                        Issue.record("\(name), \(call) \(number): \(error)")
                        return
                    }
                }
                #expect(!office.codes.contains(.quarantine), "\(name), \(call) \(number)")
                #expect(!office.vault.isSealed)
                guard faulty.count(of: call) <= start + number else { continue }
                // The request looks less often than that: nobody else is to meet the fault.
                while faulty.count(of: call) <= start + number {
                    _ =
                        call == .get
                        ? try? faulty.get(.meta, [1]).map { [Row(key: [], value: $0)] }
                        : try? faulty.scan(.meta, from: [1], to: nil, limit: 1)
                }
                break
            }
        }
        try office.kill()
        try office.unseal()
        try office.verify([], "after failed looks")
    }

    /// A day in which commit `number` fails; false when the day has not so many.
    private func run(
        _ disks: Disks, _ before: Office, _ fault: Fault, _ number: Int
    ) throws -> Bool {
        let office = try Office(disks, of: before)
        let opened = Mutex(0)
        let faulty = FaultyStore(
            InMemoryStore(disk: office.disk),
            faults: [
                StoreFault(
                    call: .commit, number: number, moment: fault.moment, error: fault.error)
            ])
        let disk = office.disk
        try office.kill(
            into: try office.world(store: { () throws(StorageError) in
                let isFirst = opened.withLock { count in
                    count += 1
                    return count == 1
                }
                return isFirst ? faulty : InMemoryStore(disk: disk)
            }))
        let day = OfficeDay(office)
        var failed: [String] = []
        do {
            try office.unseal()
        } catch {
            // The audit epoch could not begin: the vault stays sealed, and opens at the next try.
            failed.append("unseal: \(error)")
            try office.unseal()
        }
        steps: for step in day.steps {
            do { try step.run() } catch {
                failed.append("\(step.name): \(error)")
                guard step.isRepeatable else { break steps }
                try office.awaitService(isSealed: !fault.isKnown)
                // Asked again under the same name, it works, and was not done twice.
                try step.run()
            }
        }
        let wasReached = faulty.count(of: .commit) > number
        try office.kill()
        try office.unseal()
        try office.verify(day.written, "commit \(number), \(fault.name), failed: \(failed)")
        #expect(failed.count <= 1, "commit \(number), \(fault.name), failed: \(failed)")
        office.vault.shutdown()
        return wasReached
    }
}

extension Office {
    /// Waits until a vault in doubt has sealed itself, and unseals it; else there is nothing to wait
    /// for.
    func awaitService(isSealed: Bool) throws {
        guard isSealed else { return }
        for _ in 0..<2_000 where !vault.isSealed { Thread.sleep(forTimeInterval: 0.002) }
        let codes = vault.status(for: caller("olga")).health.map(\.code)
        #expect(codes.contains(.sealedByItself))
        try unseal()
    }
}
