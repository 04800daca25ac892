import VaultCoding
import VaultRecords

/// A record as it was given: `field: value` lines, or a JSON object.
enum RecordInput {
    /// Reads the text of a record.
    ///
    /// Lines are checked against the schema here, so that problems name the line. JSON goes as it
    /// is: a program may use a kind that this client does not know yet.
    ///
    /// - Parameter kind: the kind as typed.
    static func object(_ text: String, kind: String) throws(ClientError) -> JSON.Object {
        if text.first(where: { !$0.isWhitespace }) == "{" {
            return try json(text)
        }
        guard let known = RecordKind(rawValue: kind) else { throw .usage(.unknownKind(kind)) }
        let lines: FieldLines
        do throws(RecordError) {
            lines = try FieldLines(text, kind: known)
        } catch {
            throw problem(error, lines: nil, known)
        }
        do throws(RecordError) {
            _ = try KindRegistry.schema(for: known).validate(.object(lines.object))
        } catch {
            throw problem(error, lines: lines, known)
        }
        return lines.object
    }

    private static func json(_ text: String) throws(ClientError) -> JSON.Object {
        let value: JSON.Value
        do throws(JSON.Problem) {
            value = try JSON.parse(text)
        } catch {
            throw .input(.json(at: error.offset))
        }
        guard case .object(let object) = value else { throw .input(.notAnObject) }
        return object
    }

    private static func problem(
        _ error: RecordError, lines: FieldLines?, _ kind: RecordKind
    ) -> ClientError {
        switch error {
        case .unknownKind: .usage(.unknownKind(""))
        case .notJSON(let problem): .input(.json(at: problem.offset))
        case .invalid(let report):
            .input(
                .record(
                    report.problems.map {
                        LocatedProblem(
                            line: lines?.line(of: $0.path), field: "\($0.path)",
                            problem: $0.fault.words, expected: $0.expected,
                            code: $0.fault.rawValue, kind: kind.name)
                    }))
        case .unreadableLines(let problems):
            .input(
                .record(
                    problems.map {
                        LocatedProblem(
                            line: $0.line, field: $0.field.map { "\($0)" },
                            problem: $0.fault.words, expected: $0.expected,
                            code: $0.fault.code, kind: kind.name)
                    }))
        }
    }
}

extension JSON.Problem {
    /// Where it is, in bytes; nil where it is everywhere.
    var offset: Int? {
        switch self {
        case .tooLarge, .notUTF8: nil
        case .tooDeep(_, let at), .duplicateKey(let at), .numberOutOfRange(let at),
            .loneSurrogate(let at), .syntax(let at), .trailing(let at):
            at
        }
    }
}

extension LineFault {
    /// The code by which the catalogue has its words; `unknown-field` is a fault of fields too, with
    /// other words.
    fileprivate var code: String { self == .unknownField ? "names-no-field" : rawValue }
}
