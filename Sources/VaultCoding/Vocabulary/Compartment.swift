/// A part of the files with a key of its own. The raw value is the name on the wire and in encodings.
package enum Compartment: String, CaseIterable, Sendable, Hashable {
    /// Who a subject is.
    case registry
    case hardship
    case medical
    case counselling
    case legal
}

extension Compartment: Comparable {
    /// The order of declaration: how compartments are listed in encodings.
    package static func < (left: Compartment, right: Compartment) -> Bool {
        left.order < right.order
    }

    private var order: Int { Compartment.allCases.firstIndex(of: self) ?? 0 }
}
