/// What is wrong with one field. The raw value is its name on the wire and never changes its meaning.
package enum FieldFault: String, CaseIterable, Sendable, Hashable {
    case missing = "missing"
    case unknown = "unknown-field"
    case wrongType = "wrong-type"
    case blank = "blank"
    case edgeSpace = "edge-space"
    case controlCharacter = "control-character"
    case tooLong = "too-long"
    case badFormat = "bad-format"
    case notAnOption = "not-an-option"
    case notADate = "not-a-date"
    case outOfRange = "out-of-range"
    case emptyList = "empty-list"
    case tooMany = "too-many"
    case conflict = "conflict"
    case wrongOrder = "wrong-order"
    case aboveWhole = "above-whole"
    case otherCurrency = "other-currency"

    /// The fault in words, to follow the name of the field.
    package var words: String {
        switch self {
        case .missing: "is missing"
        case .unknown: "is not a field here"
        case .wrongType: "has the wrong type"
        case .blank: "has no visible character"
        case .edgeSpace: "begins or ends with a space"
        case .controlCharacter: "contains a control character or a forbidden line break"
        case .tooLong: "is too long"
        case .badFormat: "has the wrong form"
        case .notAnOption: "is none of the options"
        case .notADate: "is no date of the calendar"
        case .outOfRange: "is out of range"
        case .emptyList: "is empty"
        case .tooMany: "has too many elements"
        case .conflict: "contradicts another field"
        case .wrongOrder: "comes before another date"
        case .aboveWhole: "is more than the whole"
        case .otherCurrency: "has another currency than the whole"
        }
    }
}

/// One wrong field: where, what is wrong, and what is expected. Never what was there.
package struct FieldProblem: Hashable, Sendable {
    /// Which field.
    package let path: FieldPath
    /// What is wrong with it.
    package let fault: FieldFault
    /// What is expected, in English.
    package let expected: String

    /// A problem, as it is.
    package init(path: FieldPath, fault: FieldFault, expected: String) {
        self.path = path
        self.fault = fault
        self.expected = expected
    }
}

extension FieldProblem: CustomStringConvertible {
    /// `path: what is wrong; expected …`.
    package var description: String { "\(path): \(fault.words); expected \(expected)" }
}

/// All that is wrong with a record.
package struct ValidationReport: Hashable, Sendable {
    /// The most problems that are listed: an answer stays far below the size of a message, whatever
    /// was sent.
    package static let limit = 256

    /// The problems in the order of the schema, at most ``limit``; at least one.
    package private(set) var problems: [FieldProblem] = []
    /// How many more there are.
    package private(set) var omitted = 0

    init() {}

    var isEmpty: Bool { problems.isEmpty }

    mutating func add(_ path: FieldPath, _ fault: FieldFault, expected: String) {
        if problems.count < Self.limit {
            problems.append(FieldProblem(path: path, fault: fault, expected: expected))
        } else {
            omitted += 1
        }
    }
}

extension ValidationReport: CustomStringConvertible {
    /// A line for each problem.
    package var description: String {
        let rest = omitted > 0 ? ["and \(omitted) more"] : []
        return (problems.map(\.description) + rest).joined(separator: "\n")
    }
}
