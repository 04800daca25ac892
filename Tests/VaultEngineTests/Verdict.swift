import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultSodium
import VaultStorage
import VaultTestKit

@testable import VaultEngine

extension Office {
    /// What must hold of an unsealed vault whatever happened before: the digest is that of the rows,
    /// every version of a record has exactly one entry that says it was written and the other way
    /// round, no entry is there twice, and all that was acknowledged can be read.
    func verify(
        _ written: some Sequence<Written>, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let core = try vault.core()
        var outcome = core.committer.checkStep()
        while outcome == .running { outcome = core.committer.checkStep() }
        // A check that was under way may have begun before this one; the second is of one moment.
        outcome = core.committer.checkStep()
        while outcome == .running { outcome = core.committer.checkStep() }
        #expect(outcome == .holds, comment, sourceLocation: sourceLocation)

        let nina = try login("nina")
        for version in written {
            let document = try read(
                version.subject, version.record, nina, version: version.version)
            let body = String(decoding: document.body, as: UTF8.self)
            #expect(body.contains(version.word), comment, sourceLocation: sourceLocation)
        }

        let lines = try lines()
        let ids = lines.map(\.leaf.id)
        #expect(Set(ids).count == ids.count, comment, sourceLocation: sourceLocation)
        let told = lines.filter { $0.a?.isFirstOfAWrite == true }
            .flatMap { $0.b?.records ?? [] }
        let bodies = disk.snapshot()[.bodies, default: []].map(\.value)
        let hashes = bodies.compactMap { Digest(Blake2b.plain($0, count: Digest.count)) }
        #expect(
            told.map(\.envelope).sorted() == hashes.sorted(), comment,
            sourceLocation: sourceLocation)
        let rows = disk.snapshot()[.records, default: []].compactMap {
            RecordRow.parse(key: $0.key)
        }
        #expect(
            Set(told.map { "\($0.record.text) \($0.version)" })
                == Set(rows.map { "\($0.record.text) \($0.version)" }),
            comment, sourceLocation: sourceLocation)
        #expect(told.count == rows.count, comment, sourceLocation: sourceLocation)
    }
}

extension PartA {
    /// Whether it tells of a write that took effect, not of its retry.
    fileprivate var isFirstOfAWrite: Bool {
        (action == .create || action == .amend) && outcome == .success
            && rule != "idempotent-retry"
    }
}
