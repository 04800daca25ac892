import VaultCoding
import VaultEngine
import VaultRecords
import VaultSodium
import VaultStorage
import VaultStorageSQLite

@testable import VaultKeyring

/// The files of one moment, as a thief has them, of an office with many people in four compartments;
/// and beside them, for judging guesses, which tag is whose.
struct Snapshot {
    static let compartments: [Compartment] = [.registry, .counselling, .hardship, .medical]

    /// The whole store file.
    let file: [UInt8]
    /// The whole log file.
    let log: [UInt8]
    /// The rows of each space, in key order.
    let rows: [Space: [Row]]
    /// The truth: the tags of each person.
    let people: [[Compartment: Tag]]

    /// The truth: who they are.
    let subjects: [SubjectID]

    /// How the records were written.
    enum Order {
        /// Everything in random order, as over months with several at work.
        case shuffled
        /// One person after the other, all their records at once.
        case sessions
    }

    init(people count: Int, _ order: Order, seed: UInt64) throws {
        let office = try AttackOffice.open()
        try office.employ("hana", .caseworker)
        try office.employ("max", .medicalOfficer)
        let staff = [
            Compartment.registry: try office.login("nina"),
            .counselling: try office.login("nina"),
            .hardship: try office.login("hana"), .medical: try office.login("max"),
        ]
        var random = Generator(state: seed)
        var subjects: [Int: SubjectID] = [:]
        for (person, compartment) in Self.steps(count, order, &random) {
            // Logins are not a matter here: they stay open.
            guard let session = staff[compartment] else { continue }
            if compartment == .registry {
                subjects[person] = try office.addSubject(
                    "Person \(person)", session, number: "E-\(person)"
                ).subject
            } else if let subject = subjects[person] {
                let (kind, body, purpose) = Self.record(compartment, &random)
                _ = try office.add(subject, kind, body, session, purpose)
            }
        }
        office.stop()
        file = try office.folder.read("vault.db")
        log = try office.folder.read("audit.db")
        let editor = try Editor(office)
        defer { editor.store.close() }
        var rows: [Space: [Row]] = [:]
        for space in Space.allCases { rows[space] = try editor.rows(space) }
        self.rows = rows
        let care = try CareLock.open(
            try editor.keys(of: "cora"), directory: editor.directory, editor.store,
            lock: editor.lock, service: editor.service)
        self.subjects = subjects.sorted { $0.key < $1.key }.map(\.value)
        people = try self.subjects.map { try care.tags(of: $0) }
    }

    private static func steps(
        _ count: Int, _ order: Order, _ random: inout Generator
    ) -> [(Int, Compartment)] {
        switch order {
        case .sessions:
            return (0..<count).shuffled(using: &random).flatMap { person in
                compartments.map { (person, $0) }
            }
        case .shuffled:
            // Whoever is in the registry first; everything else anywhere behind that.
            var steps = (0..<count).flatMap { person in
                compartments.map { (person, $0) }
            }.shuffled(using: &random)
            for person in 0..<count {
                let places = steps.indices.filter { steps[$0].0 == person }
                guard let first = places.first,
                    let registry = places.first(where: { steps[$0].1 == .registry })
                else { continue }
                steps.swapAt(first, registry)
            }
            return steps
        }
    }

    private static func record(
        _ compartment: Compartment, _ random: inout Generator
    ) -> (kind: String, body: JSON.Value, purpose: PurposeOfUse) {
        let text = String(repeating: "x", count: 1 + Int(random.next() % 200))
        return switch compartment {
        case .hardship:
            (
                "hardship.case",
                [
                    "opened_on": "2024-01-01", "status": "draft", "level": "deep",
                    "remarks": .string(text),
                ], .eligibility
            )
        case .medical:
            (
                "medical.expense",
                [
                    "incurred_on": "2024-05-05", "patient": "self", "category": "outpatient",
                    "total": ["amount_minor": 100_000, "currency": "CNY"],
                    "status": "submitted", "remarks": .string(text),
                ], .payment
            )
        default: ("counselling.session", AttackOffice.Scene.session("s" + text), .treatment)
        }
    }

    /// SplitMix64: the same order for the same seed.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
