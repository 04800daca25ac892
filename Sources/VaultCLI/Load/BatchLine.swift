import VaultCoding
import VaultRecords
import VaultText

/// One line of a batch, read and checked: a person, or a record of one.
///
/// ```
/// {"id":"s1","kind":"registry.subject","fields":{…}}
/// {"id":"r1","subject":"s1","kind":"medical.expense","fields":{…},"purpose":"payment"}
/// ```
///
/// `id` is the caller's own key, 1 to 64 characters, unique in the batch; `subject` is the id of an
/// earlier line or an identifier of the vault. No other members.
struct BatchLine: Sendable {
    /// The longest id, in characters.
    static let longestID = 64
    private static let members: Set<String> = ["id", "kind", "subject", "fields", "purpose"]

    /// The number of the line, from 1.
    let number: Int
    let id: String
    let kind: RecordKind
    /// As it stands there; nil for a person.
    let subject: String?
    /// The checked fields.
    let body: RecordBody
    /// The code of the purpose of this line; nil for that of the command.
    let purpose: String?

    /// Why a line cannot be loaded.
    struct Problem: Error {
        var messages: [Message]

        init(_ messages: Message...) { self.messages = messages }
        init(_ messages: [Message]) { self.messages = messages }
    }

    /// Reads a line without its line end.
    init(_ bytes: [UInt8], number: Int) throws(Problem) {
        let object = try Self.object(bytes)
        guard let id = object["id"]?.string, !id.isEmpty, id.count <= Self.longestID else {
            throw Problem(LoadMessages.wrongMember("id"))
        }
        guard let kind = object["kind"]?.string else {
            throw Problem(LoadMessages.wrongMember("kind"))
        }
        guard let known = RecordKind(rawValue: kind) else {
            throw Problem(LoadMessages.unknownKind(kind))
        }
        guard let fields = object["fields"], fields.object != nil else {
            throw Problem(LoadMessages.wrongMember("fields"))
        }
        if let other = object.keys.first(where: { !Self.members.contains($0) }) {
            throw Problem(LoadMessages.unknownMember(other))
        }
        self.number = number
        self.id = id
        self.kind = known
        subject = try Self.subject(object, known)
        purpose = try Self.purpose(object)
        do throws(RecordError) {
            body = try KindRegistry.schema(for: known).validate(fields)
        } catch {
            throw Problem(Self.problems(error, known))
        }
    }

    private static func object(_ bytes: [UInt8]) throws(Problem) -> JSON.Object {
        let value: JSON.Value
        do throws(JSON.Problem) {
            value = try JSON.parse(bytes)
        } catch {
            if case .notUTF8 = error { throw Problem(LoadMessages.notText) }
            throw Problem(LoadMessages.notJSON(at: error.offset))
        }
        guard let object = value.object else { throw Problem(LoadMessages.notAnObject) }
        return object
    }

    private static func subject(
        _ object: JSON.Object, _ kind: RecordKind
    ) throws(Problem) -> String? {
        guard kind != .registrySubject else {
            guard object["subject"] == nil else { throw Problem(LoadMessages.subjectOfSubject) }
            return nil
        }
        guard let subject = object["subject"]?.string, !subject.isEmpty else {
            throw Problem(LoadMessages.wrongMember("subject"))
        }
        return subject
    }

    private static func purpose(_ object: JSON.Object) throws(Problem) -> String? {
        guard let value = object["purpose"] else { return nil }
        guard let typed = value.string else { throw Problem(LoadMessages.wrongMember("purpose")) }
        guard let purpose = PurposeOfUse(typed: typed) else {
            throw Problem(LoadMessages.unknownPurpose(typed))
        }
        return purpose.rawValue
    }

    private static func problems(_ error: RecordError, _ kind: RecordKind) -> [Message] {
        guard case .invalid(let report) = error else {
            return [LoadMessages.notJSON(at: nil)]
        }
        return report.problems.map { FieldWords.problem($0, kind: kind) }
    }
}
