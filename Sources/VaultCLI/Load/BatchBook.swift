import VaultCoding
import VaultText

/// Which ids a batch has used so far, and what has become of its people.
struct BatchBook {
    /// What is known of the subject that a record names.
    enum Place {
        /// It has an identifier.
        case known(String)
        /// Its line is on its way.
        case pending
        /// Its line failed.
        case failed(line: Int)
        /// No line and no identifier.
        case unknown
    }

    private var lines: [String: Int] = [:]
    private var people: [String: String] = [:]
    private var pending: Set<String> = []
    private var failed: [String: Int] = [:]

    /// Reads the next line and enters its id.
    mutating func enter(
        _ text: BatchSource.Line, _ number: Int
    ) throws(BatchLine.Problem) -> BatchLine {
        guard case .bytes(let bytes) = text else {
            throw BatchLine.Problem(LoadMessages.tooLong(limit: BatchSource.longestLine))
        }
        let line: BatchLine
        do throws(BatchLine.Problem) {
            line = try BatchLine(bytes, number: number)
        } catch {
            // A person whose line is wrong has an id all the same: what belongs to them is told so.
            if let id = BatchLine.personID(bytes), lines[id] == nil {
                lines[id] = number
                failed[id] = number
            }
            throw error
        }
        if let other = lines[line.id] {
            throw BatchLine.Problem(LoadMessages.sameID(line: other))
        }
        lines[line.id] = number
        if line.subject == nil { pending.insert(line.id) }
        return line
    }

    /// What is known of a subject.
    func place(of subject: String) -> Place {
        if let identifier = people[subject] { return .known(identifier) }
        if pending.contains(subject) { return .pending }
        if let line = failed[subject] { return .failed(line: line) }
        guard let identifier = try? SubjectID(text: subject) else { return .unknown }
        return .known(identifier.text)
    }

    /// A person has an identifier.
    mutating func know(_ id: String, _ identifier: String) {
        pending.remove(id)
        people[id] = identifier
    }

    /// A person was refused.
    mutating func lose(_ id: String) {
        pending.remove(id)
        failed[id] = lines[id] ?? 0
    }
}

extension BatchLine {
    /// The id of a line that is meant to be a person, whatever else is wrong with it.
    static func personID(_ bytes: [UInt8]) -> String? {
        guard let object = (try? JSON.parse(bytes))?.object, object["subject"] == nil,
            let id = object["id"]?.string, !id.isEmpty, id.count <= longestID
        else { return nil }
        return id
    }
}
