import VaultCoding
import VaultRecords
import VaultText

/// The end of a form: everything once more with numbers, then send, change a field, or drop.
struct FormMenu {
    let desk: FormDesk
    /// Whether nothing would be lost if the form ended now.
    let isUntouched: Bool

    /// Characters of a text that is too long.
    private static let beginning = 200

    /// What the person wants.
    enum Choice {
        case send
        case change(Field)
        /// To be asked for every field, one after the other.
        case all
        case drop
    }

    /// Shows the summary and asks until it is clear what is wanted.
    func ask(_ form: RecordForm) throws(ClientError) -> Choice {
        try show(form)
        while true {
            switch try desk.line(FormMessages.menu, help: [FormMessages.menuAgain]) {
            case .text(let text):
                let typed = TypedValue.narrow(text).lowercased()
                if ["s", "send", "发送"].contains(typed) { return .send }
                if ["a", "all", "全部"].contains(typed) { return .all }
                if let number = Int(typed), form.fields.indices.contains(number - 1) {
                    return .change(form.fields[number - 1])
                }
                if ["d", "drop", "放弃"].contains(typed) {
                    if isUntouched { return .drop }
                    if try desk.confirm(FormMessages.reallyDrop) { return .drop }
                    continue
                }
                try desk.say(FormMessages.menuAgain)
            case .show: try show(form)
            case .nothing, .back, .clear: try desk.say(FormMessages.menuAgain)
            }
        }
    }

    private func show(_ form: RecordForm) throws(ClientError) {
        var list = FieldList()
        var empty: Message?
        for (index, field) in form.fields.enumerated() {
            let place = RecordPlace(kind: form.schema.kind.name).field(field.name)
            let label = FormMessages.numbered(index + 1, place.label)
            guard var value = form.object[field.name] else {
                if form.isBarred(field.name, form.object) { continue }
                if form.isAnswered(field.name, form.object) { continue }
                empty = empty.map { FormMessages.and($0, label) } ?? label
                continue
            }
            let isTooLong = field.type.isExceeded(by: value)
            // What does not fit is there as a whole, and here by its beginning.
            if isTooLong, let text = value.string {
                value = .string(String(text.prefix(Self.beginning)) + "…")
            }
            RecordText.field(
                field, value, place, isTooLong ? FormMessages.tooLongStill(label) : label,
                into: &list)
        }
        let text = list.text(in: desk.language, columns: desk.columns)
        try desk.show(
            [""]
                + text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map(String.init))
        if let empty {
            let line = FormMessages.notGiven(empty).text(in: desk.language)
            try desk.show(WrappedText.lines(line, columns: desk.columns))
        }
    }
}
