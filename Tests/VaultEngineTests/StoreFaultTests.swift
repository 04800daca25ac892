import Foundation
import Synchronization
import Testing
import VaultAudit
import VaultCoding
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
