/// The schemas in force, one for each kind.
package enum KindRegistry {
    /// The newest schema of a kind.
    package static func schema(for kind: RecordKind) -> RecordSchema {
        switch kind {
        case .registrySubject: .registrySubject
        case .counsellingSession: .counsellingSession
        case .hardshipCase: .hardshipCase
        case .medicalExpense: .medicalExpense
        case .medicalBenefit: .medicalBenefit
        case .medicalCoverage: .medicalCoverage
        }
    }

    /// The newest schema of a kind that is named in input.
    ///
    /// - Throws: `RecordError.unknownKind`.
    package static func schema(named name: String) throws(RecordError) -> RecordSchema {
        schema(for: try RecordKind(name: name))
    }
}
