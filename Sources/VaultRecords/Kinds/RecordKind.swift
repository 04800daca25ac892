package import VaultCoding

/// What a record is. The raw value is the name on the wire, in row keys and in the log, in the form
/// `family.name`; it never changes its meaning.
package enum RecordKind: String, CaseIterable, Sendable, Hashable {
    /// Who a person is: the only kind that names anybody.
    case registrySubject = "registry.subject"
    /// One meeting of a counsellor with a person.
    case counsellingSession = "counselling.session"
    /// A household in need, what it lives on, and what was decided about it.
    case hardshipCase = "hardship.case"
    /// One medical bill and who paid how much of it.
    case medicalExpense = "medical.expense"
    /// Money from a fund or an insurer towards an illness, and what was decided about it.
    case medicalBenefit = "medical.benefit"
    /// One policy or scheme that covers a person or a relative against illness.
    case medicalCoverage = "medical.coverage"

    /// From the name in use everywhere.
    ///
    /// - Throws: `RecordError.unknownKind` for any other text.
    package init(name: String) throws(RecordError) {
        guard let kind = RecordKind(rawValue: name) else { throw .unknownKind }
        self = kind
    }

    /// The name on the wire.
    package var name: String { rawValue }

    /// The part of the name before the dot: `medical` of `medical.expense`.
    package var family: String { String(rawValue.prefix { $0 != "." }) }

    /// The compartment under whose key records of this kind lie.
    package var compartment: Compartment {
        switch self {
        case .registrySubject: .registry
        case .counsellingSession: .counselling
        case .hardshipCase: .hardship
        case .medicalExpense, .medicalBenefit, .medicalCoverage: .medical
        }
    }
}
