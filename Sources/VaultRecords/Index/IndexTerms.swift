import VaultCoding

/// What a subject can be found by. The raw value is the name on the wire and in index labels.
package enum IndexField: String, CaseIterable, Sendable, Hashable {
    case employeeNumber = "employee_number"
    case nationalID = "national_id"
    /// A full name of any kind; parts of names find nothing.
    case name
}

/// One thing that a subject is found by, in the one spelling that is indexed.
package struct IndexTerm: Hashable, Sendable {
    /// Which thing.
    package let field: IndexField
    /// The normalised text; never empty.
    package let text: String

    /// The term for something typed, or nil if nothing is left of it: the same for what is stored and
    /// what is sought.
    package init?(_ field: IndexField, typed: String) {
        let text =
            switch field {
            case .name: Normalisation.name(typed)
            case .employeeNumber, .nationalID: Normalisation.identifier(typed)
            }
        guard !text.isEmpty else { return nil }
        self.field = field
        self.text = text
    }
}

extension IndexTerm: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The field and nothing else.
    package var description: String { "\(field.rawValue) (not shown)" }
    /// The field and nothing else.
    package var debugDescription: String { description }
    /// No children.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The terms of a record.
package enum IndexTerms {
    /// What a subject is found by: employee number, national id, then each full name, no term twice.
    /// Empty for an anonymous subject and for every other kind.
    package static func of(_ body: RecordBody) -> [IndexTerm] {
        guard body.kind == .registrySubject else { return [] }
        var terms: [IndexTerm] = []
        func add(_ field: IndexField, _ value: JSON.Value?) {
            guard let text = value?.string, let term = IndexTerm(field, typed: text) else { return }
            if !terms.contains(term) { terms.append(term) }
        }
        add(.employeeNumber, body.fields["employee_number"])
        add(.nationalID, body.fields["national_id"])
        for name in body.fields["names"]?.array ?? [] { add(.name, name["full"]) }
        return terms
    }
}
