/// What is wrong with a line of the form `field: value`. The raw value is its stable name.
package enum LineFault: String, CaseIterable, Sendable, Hashable {
    case tooLarge = "too-large"
    case noColon = "no-colon"
    case unknownField = "unknown-field"
    case noValue = "no-value"
    case repeated = "repeated"
    case noElement = "no-element"
    case notContinued = "not-continued"
    case notANumber = "not-a-number"
    case notAFlag = "not-a-flag"
    case notMoney = "not-money"

    /// The fault in words.
    package var words: String {
        switch self {
        case .tooLarge: "is beyond the size that is read"
        case .noColon: "has no field name and colon"
        case .unknownField: "names no field"
        case .noValue: "has no value"
        case .repeated: "states a field again"
        case .noElement: "belongs to no element yet"
        case .notContinued: "continues a field that has one line"
        case .notANumber: "holds no whole number"
        case .notAFlag: "holds neither yes nor no"
        case .notMoney: "holds no amount of money"
        }
    }
}

/// One wrong line: where, what is wrong, and what is expected. Never what was there.
package struct LineProblem: Hashable, Sendable {
    /// The number of the line, from 1.
    package let line: Int
    /// The field, where the line names one.
    package let field: FieldPath?
    /// What is wrong.
    package let fault: LineFault
    /// What is expected, in English.
    package let expected: String
}

extension LineProblem: CustomStringConvertible {
    /// `line 3, household.income: what is wrong; expected …`.
    package var description: String {
        let place = field.map { "line \(line), \($0)" } ?? "line \(line)"
        return "\(place): \(fault.words); expected \(expected)"
    }
}
