import Testing
import VaultCoding
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

@Suite struct SubjectTests {
    private struct Scene {
        let vault: TestVault
        let keys: CompartmentKeys
        let tag: VaultKeyring.Tag
        let subject: SubjectID

        init() throws {
            let founded = try FoundedVault()
            vault = founded.vault
            keys = try #require(try vault.openCare(founded.counsellor)[.registry])
            subject = Random.identifier()
            tag = try keys.tag(of: subject)
        }

        /// The keys of a login after another generation has started.
        func nextGeneration(with old: Bool, new: Bool = true) throws -> CompartmentKeys {
            var generations: [UInt32: SecretBox] = [:]
            if old { generations[1] = try keys.currentKey() }
            if new { generations[2] = SecretBox(try SecretBytes(random: 32)) }
            return CompartmentKeys(
                vault: keys.vault, compartment: keys.compartment, newest: 2,
                generations: generations,
                tagKey: SecretBox(try SecretBytes(random: 32)),
                pseudonymKey: SecretBox(try SecretBytes(random: 32)),
                indexKeys: keys.indexKeys.merging(
                    [2: SecretBox(try SecretBytes(random: 32))]) { $1 })
        }

        func writable(_ ring: SubjectKeyring, _ keys: CompartmentKeys) throws -> WritableKey {
            try ring.forWriting(tag, keys, store: vault.store, lock: vault.lock)
        }
    }

    @Test func aKeyIsMadeOnceAndFoundAgain() throws {
        let scene = try Scene()
        let ring = SubjectKeyring()
        #expect(
            try ring.newest(scene.tag, scene.keys, store: scene.vault.store, lock: scene.vault.lock)
                == nil)
        let made = try scene.writable(ring, scene.keys)
        let rival = try scene.writable(ring, scene.keys)
        #expect(made.key.number == 1)
        #expect(made.key.birth == 1)
        try scene.vault.commit(made.change)
        #expect(throws: StorageError.self) { try scene.vault.commit(rival.change) }
        let again = try scene.writable(ring, scene.keys)
        #expect(again.key.number == 1)
        #expect(again.change.writes.isEmpty)
        #expect(again.change.preconditions == [scene.keys.fence, scene.vault.lock.fence])
        let sealed = try made.key.seal([1, 2, 3], .records, [5])
        #expect(try again.key.open(sealed, .records, [5]) == [1, 2, 3])
        #expect(throws: KeyringError.self) { try again.key.open(sealed, .records, [6]) }
        #expect(throws: KeyringError.self) { try again.key.open(sealed, .careRows, [5]) }
        #expect(throws: KeyringError.self) { try again.key.open(sealed, .records, [5], [[1]]) }
    }

    /// Nothing new is written under a key that somebody who has left could have had.
    @Test func aNewGenerationBringsANewKey() throws {
        let scene = try Scene()
        let ring = SubjectKeyring()
        let first = try scene.writable(ring, scene.keys)
        try scene.vault.commit(first.change)
        let next = try scene.nextGeneration(with: true)
        let second = try scene.writable(ring, next)
        #expect(second.key.number == 2)
        #expect(second.key.birth == 2)
        // Another session's fence has moved on: the store refuses the old one, and now the new.
        #expect(throws: StorageError.self) { try scene.vault.commit(second.change) }
        try scene.vault.forge(.meta, Fence.compartment(.registry).rowKey, [0, 0, 0, 2])
        try scene.vault.commit(second.change)
        #expect(throws: KeyringError.staleGeneration(.registry)) {
            try scene.writable(SubjectKeyring(), scene.keys)
        }
        // The leaver's keys do not open it; who has both generations reads both.
        #expect(throws: KeyringError.staleGeneration(.registry)) {
            try SubjectKeyring().key(
                scene.tag, number: 2, scene.keys, store: scene.vault.store,
                lock: scene.vault.lock)
        }
        let fresh = SubjectKeyring()
        for number in [1, 2] as [UInt32] {
            #expect(
                try fresh.key(
                    scene.tag, number: number, next, store: scene.vault.store,
                    lock: scene.vault.lock)?.birth == number)
        }
        let stale = try scene.nextGeneration(with: true, new: false)
        #expect(throws: KeyringError.staleGeneration(.registry)) {
            try scene.writable(SubjectKeyring(), stale)
        }
    }

    @Test func rowsOfAnotherTagNumberOrCompartmentAreRefused() throws {
        let scene = try Scene()
        let ring = SubjectKeyring()
        try scene.vault.commit(try scene.writable(ring, scene.keys).change)
        let rowKey = SubjectKey.rowKey(scene.tag, 1)
        let inner = try #require(
            try scene.vault.lock.get(scene.vault.store, .wrappedKeys, rowKey))
        let otherTag = try scene.keys.tag(of: Random.identifier())
        for (tag, number) in [(otherTag, 1), (scene.tag, 2)] as [(VaultKeyring.Tag, UInt32)] {
            try scene.vault.forgeSealed(SubjectKey.rowKey(tag, number), inner)
            #expect(throws: KeyringError.rowDamaged(.subjectKey)) {
                try ring.key(
                    tag, number: number, scene.keys, store: scene.vault.store,
                    lock: scene.vault.lock)
            }
        }
    }

    @Test func theCacheIsBounded() throws {
        let scene = try Scene()
        let ring = SubjectKeyring(capacity: 3)
        var tags: [VaultKeyring.Tag] = []
        for _ in 0..<8 {
            let tag = try scene.keys.tag(of: Random.identifier())
            tags.append(tag)
            let made = try ring.forWriting(
                tag, scene.keys, store: scene.vault.store, lock: scene.vault.lock)
            try scene.vault.commit(made.change)
        }
        for _ in 0..<3 {
            for tag in tags {
                #expect(
                    try ring.key(
                        tag, number: 1, scene.keys, store: scene.vault.store,
                        lock: scene.vault.lock)?.tag == tag)
                #expect(ring.count <= 3)
            }
        }
        ring.forget()
        #expect(ring.count == 0)
    }

    @Test func headRowsAreReadReplacedAndStrict() throws {
        let scene = try Scene()
        let store = scene.vault.store
        let ring = SubjectKeyring()
        let made = try scene.writable(ring, scene.keys)
        try scene.vault.commit(made.change)
        let name = try #require(IndexWord("张三"))
        let head = HeadRow(
            indexEntries: [IndexEntry(field: "name", word: name, number: 1)], walls: [[1]],
            consents: [[], [2, 3]], holds: [])
        let create = try HeadRow.create(head, key: made.key)
        try scene.vault.commit(create)
        #expect(throws: StorageError.self) { try scene.vault.commit(create) }
        func read() throws -> StoredHead? {
            try HeadRow.read(
                scene.tag, ring, scene.keys, store: store, lock: scene.vault.lock)
        }
        let stored = try #require(try read())
        #expect(stored.head == head)
        let replacement = try stored.replacing(with: HeadRow(), key: made.key)
        try scene.vault.commit(replacement)
        #expect(try read()?.head == HeadRow())
        #expect(throws: StorageError.self) { try scene.vault.commit(replacement) }
        let sizes = try store.scan(.careRows, from: [], to: nil, limit: 10).map(\.value.count)
        #expect(sizes == [512 + Envelope.overhead], "the length of a name does not show")

        let bytes = head.bytes
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var mangled = bytes
                mangled[index] = byte
                if let parsed = try? HeadRow(parsing: mangled) { #expect(parsed.bytes == mangled) }
            }
            #expect(throws: CodingError.self) { try HeadRow(parsing: Array(bytes[..<index])) }
        }
    }

    // MARK: Index

    private func word(_ text: String) throws -> IndexWord { try #require(IndexWord(text)) }

    @Test func chainsFindInOrderAndHideFrequencies() throws {
        let scene = try Scene()
        let chains = LabelChains(scene.keys, store: scene.vault.store)
        let common = try word("王伟")
        var subjects: [SubjectID] = []
        for index in 0..<40 {
            let subject: SubjectID = Random.identifier()
            subjects.append(subject)
            let insert = try chains.insert(
                [
                    ("name", common), ("name", common),
                    ("number", try word("E\(index)")),
                ], subject: subject)
            #expect(insert.entries.count == 2, "a word named twice counts once")
            try scene.vault.commit(insert.change)
        }
        #expect(try chains.find(field: "name", common, limit: 100) == subjects)
        #expect(try chains.find(field: "name", common, limit: 7) == Array(subjects.prefix(7)))
        #expect(try chains.find(field: "number", try word("E7"), limit: 9) == [subjects[7]])
        #expect(try chains.find(field: "number", common, limit: 9).isEmpty)
        #expect(try chains.find(field: "name", try word("E7"), limit: 9).isEmpty)

        let rows = try scene.vault.store.scan(.index, from: [], to: nil, limit: 1000)
        #expect(rows.count == 80)
        #expect(Set(rows.map(\.value.count)) == [1 + 16 + Envelope.overhead])
        #expect(Set(rows.map(\.key.count)) == [16])
        // Equal words leave nothing equal behind.
        #expect(Set(rows.map(\.value)).count == 80)
    }

    @Test func twoInsertsAtOnceDoNotLoseOne() throws {
        let scene = try Scene()
        let chains = LabelChains(scene.keys, store: scene.vault.store)
        let name = try word("a")
        let first = try chains.insert([("name", name)], subject: Random.identifier())
        let second = try chains.insert([("name", name)], subject: scene.subject)
        try scene.vault.commit(first.change)
        #expect(throws: StorageError.self) { try scene.vault.commit(second.change) }
        try scene.vault.commit(
            try chains.insert([("name", name)], subject: scene.subject).change)
        #expect(try chains.find(field: "name", name, limit: 9).count == 2)
    }

    @Test func removalLeavesATombstoneAndNoGap() throws {
        let scene = try Scene()
        let chains = LabelChains(scene.keys, store: scene.vault.store)
        let name = try word("a")
        var subjects: [SubjectID] = []
        for _ in 0..<9 {
            let subject: SubjectID = Random.identifier()
            subjects.append(subject)
            try scene.vault.commit(try chains.insert([("name", name)], subject: subject).change)
        }
        let entry = IndexEntry(field: "name", word: name, number: 1)
        try scene.vault.commit(try chains.remove([entry], subject: subjects[3]))
        #expect(try chains.remove([entry], subject: subjects[3]).writes.isEmpty)
        let left = subjects.filter { $0 != subjects[3] }
        #expect(try chains.find(field: "name", name, limit: 99) == left)
        let rows = try scene.vault.store.scan(.index, from: [], to: nil, limit: 1000)
        #expect(rows.count == 9)
        #expect(Set(rows.map(\.value.count)).count == 1)
        try scene.vault.commit(
            try chains.insert([("name", name)], subject: scene.subject).change)
        #expect(try chains.find(field: "name", name, limit: 99) == left + [scene.subject])
    }

    @Test func everyLiveIndexKeyIsSearched() throws {
        let scene = try Scene()
        let name = try word("a")
        let old = LabelChains(scene.keys, store: scene.vault.store)
        let early: SubjectID = Random.identifier()
        try scene.vault.commit(try old.insert([("name", name)], subject: early).change)
        try scene.vault.forge(.meta, Fence.compartment(.registry).rowKey, [0, 0, 0, 2])
        let new = LabelChains(
            try scene.nextGeneration(with: true), store: scene.vault.store)
        for subject in [scene.subject, early] {
            let insert = try new.insert([("name", name)], subject: subject)
            #expect(insert.entries.map(\.number) == [2])
            try scene.vault.commit(insert.change)
        }
        #expect(try new.find(field: "name", name, limit: 9) == [early, scene.subject])
        #expect(try old.find(field: "name", name, limit: 9) == [early])
    }

    @Test func aMovedOrMangledLinkIsLoud() throws {
        let scene = try Scene()
        let chains = LabelChains(scene.keys, store: scene.vault.store)
        let name = try word("a")
        for _ in 0..<2 {
            try scene.vault.commit(
                try chains.insert([("name", name)], subject: Random.identifier()).change)
        }
        let rows = try scene.vault.store.scan(.index, from: [], to: nil, limit: 9)
        try scene.vault.forge(.index, rows[0].key, rows[1].value)
        #expect(throws: KeyringError.rowDamaged(.index)) {
            try chains.find(field: "name", name, limit: 9)
        }
    }

    @Test func wordsAreBounded() {
        #expect(IndexWord("") == nil)
        #expect(IndexWord(String(repeating: "x", count: 1025)) == nil)
        #expect(IndexWord(String(repeating: "x", count: 1024)) != nil)
    }
}
