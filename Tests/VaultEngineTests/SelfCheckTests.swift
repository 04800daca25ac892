import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultSodium
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// The store's digest, recomputed beside running commits.
@Suite struct SelfCheckTests {
    private struct Bench {
        let disk = InMemoryDisk()
        let store: InMemoryStore
        let committer: Committer

        init() throws {
            store = InMemoryStore(disk: disk)
            let key = SecretBox(try SecretBytes(random: 32))
            let row = try StoreDigest().row(logSize: 0, mac: key.bytes)
            try store.commit(Batch(writes: [.put(.meta, StoreDigest.rowKey, row)]))
            committer = Committer(
                store: store, macKey: key, digest: StoreDigest(), row: row, logSize: { 0 })
        }

        func write(_ writes: [Write]) throws {
            _ = try committer.commit(CommitMember(writes: writes))
        }

        func put(_ space: Space, _ number: Int, _ value: UInt8) throws {
            try write([.put(space, Bench.key(space, number), [value])])
        }

        static func key(_ space: Space, _ number: Int) -> [UInt8] {
            space.isNumbered
                ? [0, 0, 0, 0, 0, 0, UInt8(number >> 8), UInt8(number & 255)]
                : [UInt8(number >> 8), UInt8(number & 255)]
        }

        /// Steps until the check is over; `between` is called after every page.
        func check(between: (Int) throws -> Void = { _ in }) throws -> SelfCheckOutcome {
            for page in 0..<10_000 {
                let outcome = committer.checkStep()
                guard outcome == .running else { return outcome }
                try between(page)
            }
            return .running
        }
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func holdsWhileCommitsGoOn(seed: UInt64) throws {
        let bench = try Bench()
        var random = SeededGenerator(seed: seed)
        let spaces: [Space] = [.wrappedKeys, .records, .bodies, .requests, .meta]
        for number in 0..<900 { try bench.put(spaces[number % 5], number, 1) }
        let outcome = try bench.check { _ in
            // In front of the walk and behind it: new rows, changed rows, rows that go.
            for _ in 0..<20 {
                guard let space = spaces.randomElement(using: &random) else { return }
                let key = Bench.key(space, Int.random(in: 0..<1_200, using: &random))
                if Bool.random(using: &random) {
                    try bench.write([.put(space, key, [UInt8.random(in: 0...255, using: &random)])])
                } else {
                    try bench.write([.delete(space, key)])
                }
            }
        }
        #expect(outcome == .holds)
        #expect(try bench.check() == .holds)
    }

    enum Edit: CaseIterable { case alter, delete, add, swap }

    @Test(arguments: Edit.allCases, [5, 250])
    func findsWhatWasDoneBehindTheBack(edit: Edit, number: Int) throws {
        let bench = try Bench()
        for row in 0..<300 { try bench.put(.records, row, UInt8(row & 255)) }
        let (key, other) = (Bench.key(.records, number), Bench.key(.records, number + 1))
        let writes: [Write] =
            switch edit {
            case .alter: [.put(.records, key, [99, 99])]
            case .delete: [.delete(.records, key)]
            case .add: [.put(.records, key + [1], [1])]
            case .swap:
                [
                    .put(.records, key, try #require(try bench.store.get(.records, other))),
                    .put(.records, other, try #require(try bench.store.get(.records, key))),
                ]
            }
        try bench.store.commit(Batch(writes: writes))
        #expect(try bench.check() == .differs)
    }

    @Test func officeNoticesARowThatWasRemoved() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        _ = try office.addSubject("Ada Lovelace", nina)
        office.vault.shutdown()
        let editor = InMemoryStore(disk: office.disk)
        let victim = try #require(try editor.scan(.records, from: [], to: nil, limit: 1).first)
        try editor.commit(Batch(writes: [.delete(.records, victim.key)]))
        office.vault = try Vault(try office.world())
        try office.unseal()
        let core = try office.vault.core()
        while core.committer.checkStep() == .running {}
        core.checkStore()
        let codes = { office.vault.status(for: office.caller("olga")).health.map(\.code) }
        for _ in 0..<200 where !codes().contains(.storeDiffers) { core.checkStore() }
        #expect(codes().contains(.storeDiffers))
        let aude = try office.login("aude")
        let lines = try office.vault.auditTail(limit: 100, session: aude)
        #expect(
            lines.contains {
                $0.a?.detail == .health(code: "store.differs", recovered: false)
            })
    }
}
