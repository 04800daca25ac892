import VaultCoding
import VaultPlatform
import VaultRecords
import VaultText

extension FieldType {
    /// Whether some text in the value is too long.
    func isExceeded(by value: JSON.Value) -> Bool {
        switch (self, value) {
        case (.text(let rule), .string(let text)): rule.excess(of: text) != nil
        case (.object(let fields), .object(let object)):
            fields.contains { field in
                object[field.name].map { field.type.isExceeded(by: $0) } ?? false
            }
        case (.list(let element, _), .array(let values)):
            values.contains { element.isExceeded(by: $0) }
        default: false
        }
    }
}

/// A text that does not fit into its field: nothing of it is lost, and the person shortens it.
struct LongText {
    let desk: FormDesk
    /// The label of the field.
    let label: Message
    let rule: TextRule
    let help: [Message]

    /// What became of the text.
    enum Outcome {
        /// It fits, or it is kept as it is for later.
        case text(String)
        /// Elsewhere; the text is kept.
        case leave(RecordForm.Step, String)
        /// The person takes a new text in its place.
        case anew(String)
    }

    /// Columns of the text around a cut that are shown.
    private static let context = 30

    /// Says by how much it is too long and asks what to do, until it fits or is left for later.
    func ask(_ text: String) throws(ClientError) -> Outcome {
        var text = text
        while let excess = rule.excess(of: text) {
            try desk.say(
                FormMessages.tooLong(
                    label, excess.count, over: excess.limit, inBytes: excess.unit == .bytes))
            let hasEditor = PersonsEditor.isThere(desk.client)
            switch try desk.line(FormMessages.shorten(hasEditor: hasEditor), help: help) {
            case .nothing: return .text(text)
            case .show: return .leave(.summary, text)
            case .back: return .leave(.back, text)
            case .clear: return .anew(text)
            case .text(let typed):
                switch TypedValue.narrow(typed).lowercased() {
                case "e", "edit", "编辑": text = try edit(text)
                case "c", "cut", "截断": text = try cut(text)
                case "n", "new", "重写": return .anew(text)
                default: try desk.say(FormMessages.shortenAgain(hasEditor: hasEditor))
                }
            }
        }
        return .text(text)
    }

    /// The text as the person's editor leaves it; unchanged where that fails.
    func edit(_ text: String) throws(ClientError) -> String {
        do throws(ClientError) {
            let editor = try PersonsEditor(desk.client)
            defer { editor.wipe() }
            var edited = try editor.edit(text + "\n")
            // Editors end the last line, which is no line of the text.
            if edited.hasSuffix("\n") { edited.removeLast() }
            guard edited.contains(where: { !$0.isWhitespace }) else { return text }
            if rule.isLong { return TypedValue.unified(edited, isLong: true) }
            return edited.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
        } catch {
            switch error {
            case .input, .platform, .noRuntimeDirectory: desk.client.warn(error.diagnostic)
            default: throw error
            }
            return text
        }
    }

    /// The part that fits, once the person has seen where the cut falls and what it leaves out.
    private func cut(_ text: String) throws(ClientError) -> String {
        let kept = rule.beginning(of: text)
        let rest = text[kept.endIndex...]
        let before = String(kept.suffix(Self.context)).trimmed
        let after = String(rest.prefix(Self.context)).trimmed
        try desk.say(FormMessages.cut(ending: before, leavingOut: after))
        guard try desk.confirm(FormMessages.reallyCut(rest.count)) else { return text }
        // What stands there must not end in the blank before the cut.
        return rule.isLong ? String(kept) : String(kept).trimmed
    }
}
