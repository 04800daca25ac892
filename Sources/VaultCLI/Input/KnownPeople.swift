import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// Looks, before a person is added at a terminal, whether somebody has their employee number or
/// national id already: two files of one person keep a counsellor from seeing the other half.
///
/// It asks and forbids nothing: numbers are mistyped, and offices inherit doubles. A look is a search
/// like any other, with its entry in the trail.
struct KnownPeople {
    let client: Client
    /// The purpose of the search; nil for that of the login.
    let purpose: String?
    /// Numbers that the person wants to use all the same.
    private var accepted: Set<String> = []

    init(_ client: Client, purpose: String?) {
        self.client = client
        self.purpose = purpose
    }

    /// Most people shown.
    private static let limit: Int64 = 5

    /// Shows who has a number of the fields already, and asks whether to add another person with it.
    /// - Throws: `ClientError.input(.numberInUse)` when not; what a search throws.
    mutating func check(_ fields: JSON.Object) throws(ClientError) {
        for (by, name) in [
            (WireFindBy.employeeNumber, "employee_number"), (.nationalID, "national_id"),
        ] {
            guard let number = fields[name]?.string, !accepted.contains(number) else { continue }
            let hits = try holders(by, number)
            guard !hits.isEmpty else {
                accepted.insert(number)
                continue
            }
            let label = RecordPlace(kind: RecordKind.registrySubject.name).field(name).label
            client.note(RecordFormMessages.numberInUse(label))
            client.note(SubjectTable.text(hits, empty: CommonMessages.none, client))
            let isAnother = try client.ask { (prompts) throws(PromptError) in
                try prompts.confirm(RecordFormMessages.addAnyway)
            }
            guard isAnother else { throw .input(.numberInUse) }
            accepted.insert(number)
        }
    }

    /// Who has a number; nobody where the login may add people and not look for them.
    private func holders(
        _ by: WireFindBy, _ number: String
    ) throws(ClientError) -> [WireSubjectHit] {
        do throws(ClientError) {
            return try client.read(
                SubjectsFind.self,
                .init(by: by, text: number, purpose: purpose, limit: Self.limit)
            ).hits
        } catch {
            switch error {
            case .service(.denied), .service(.notFound): return []
            default: throw error
            }
        }
    }
}
