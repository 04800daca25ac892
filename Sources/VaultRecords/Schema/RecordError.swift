package import VaultCoding

/// Why text is not an acceptable record. All are the caller's mistakes; none carries a value, because
/// values are personal data.
package enum RecordError: Error, Equatable, Sendable {
    /// No kind has this name.
    case unknownKind
    /// The bytes are not acceptable JSON.
    case notJSON(JSON.Problem)
    /// Fields are wrong: every one of them.
    case invalid(ValidationReport)
    /// Lines of the form `field: value` are wrong: every one of them, in order, at least one.
    case unreadableLines([LineProblem])
}

extension RecordError: CustomStringConvertible {
    /// What is wrong, where, and what is expected; a line for each problem.
    package var description: String {
        switch self {
        case .unknownKind:
            let known = RecordKind.allCases.map(\.name).joined(separator: ", ")
            return "unknown kind: use one of \(known)"
        case .notJSON(let problem):
            return "not acceptable JSON: \(problem)"
        case .invalid(let report):
            return report.description
        case .unreadableLines(let problems):
            return problems.map(\.description).joined(separator: "\n")
        }
    }
}
