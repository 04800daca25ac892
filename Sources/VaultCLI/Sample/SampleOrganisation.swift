import VaultCoding
import VaultRecords

/// An invented organisation as lines of a batch: people first, then what is kept about them. The same
/// seed and scale give the same lines.
struct SampleOrganisation {
    private let shape: SampleShape
    private let people: [SamplePerson]
    private let medical: SampleMedical
    private let hardship: SampleHardship
    private let counselling: SampleCounselling

    init(seed: UInt64, shape: SampleShape) {
        let people = (0..<shape.people).map { SamplePerson($0, seed: seed) }
        self.shape = shape
        self.people = people
        medical = SampleMedical(seed: seed, shape: shape, people: people)
        hardship = SampleHardship(seed: seed, shape: shape, people: people)
        counselling = SampleCounselling(seed: seed, shape: shape, people: people)
    }

    /// Every line, without its LF, in the format that `carevault load` reads.
    /// - Parameter kinds: which records; nil is all. With some, only the people whom those records are
    ///   about come before them; ``RecordKind/registrySubject`` among them brings everybody.
    func eachLine(
        of kinds: Set<RecordKind>?, _ body: (JSON.Object) throws(ClientError) -> Void
    ) throws(ClientError) {
        var wanted: Set<Int>?
        if let kinds, !kinds.contains(.registrySubject) {
            var found: Set<Int> = []
            try eachRecord(of: kinds) { (record) throws(ClientError) in
                found.insert(record.person)
            }
            wanted = found
        }
        for person in people where wanted?.contains(person.number) ?? true {
            try body(Self.line(person.id, .registrySubject, about: nil, person.fields))
        }
        try eachRecord(of: kinds) { (record) throws(ClientError) in
            let subject = people[record.person].id
            try body(Self.line(record.id, record.kind, about: subject, record.fields))
        }
    }

    private func eachRecord(
        of kinds: Set<RecordKind>?, _ body: (SampleRecord) throws(ClientError) -> Void
    ) throws(ClientError) {
        func isWanted(_ kind: RecordKind) -> Bool { kinds?.contains(kind) ?? true }
        if isWanted(.medicalCoverage) { try medical.eachCover(body) }
        if isWanted(.medicalBenefit) { try medical.eachBenefit(body) }
        if isWanted(.hardshipCase) { try hardship.eachCase(body) }
        if isWanted(.counsellingSession) { try counselling.eachSession(body) }
    }

    private static func line(
        _ id: String, _ kind: RecordKind, about subject: String?, _ fields: JSON.Object
    ) -> JSON.Object {
        var line = JSON.Object()
        line["id"] = .string(id)
        if let subject { line["subject"] = .string(subject) }
        line["kind"] = .string(kind.name)
        line["fields"] = .object(fields)
        return line
    }
}
