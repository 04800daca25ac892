/// Where in a record something stands: `household[2].income.amount_minor`; elements count from 0.
///
/// A path never shows a name from the input that does not look like a field name, because people who
/// mistype put values where names belong: such a step prints as `?`.
package struct FieldPath: Hashable, Sendable {
    private enum Step: Hashable, Sendable {
        case field(String)
        case element(Int)
    }

    /// The longest name of an unknown field that is shown, in bytes: longer than every name in use.
    private static let longestShownName = 40

    /// The record itself.
    package static let record = FieldPath(steps: [])

    private let steps: [Step]

    private init(steps: [Step]) { self.steps = steps }

    /// The field `name` of the object here.
    package func field(_ name: String) -> FieldPath {
        let letters = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
        let isPlain = letters && (1...Self.longestShownName).contains(name.utf8.count)
        return FieldPath(steps: steps + [.field(isPlain ? name : "?")])
    }

    /// The element `index`, from 0, of the list here.
    package func element(_ index: Int) -> FieldPath {
        FieldPath(steps: steps + [.element(index)])
    }

    /// The object or list around this; nil for the record itself.
    package var parent: FieldPath? {
        steps.isEmpty ? nil : FieldPath(steps: steps.dropLast())
    }
}

extension FieldPath: CustomStringConvertible {
    /// The path in text; `record` for the record itself.
    package var description: String {
        guard !steps.isEmpty else { return "record" }
        var text = ""
        for step in steps {
            switch step {
            case .field(let name): text += text.isEmpty ? name : ".\(name)"
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
