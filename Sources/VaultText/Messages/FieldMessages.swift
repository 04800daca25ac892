/// Names of the kinds and their fields for people, in both languages, by the names that the schemas
/// have. Complete for every schema: a test compares them.
package enum FieldMessages {
    /// A field: its path without the numbers of elements, its label, and what it means. The English
    /// meaning is the schema's own.
    struct Entry {
        let path: String
        let label: Message
        /// In Chinese.
        let meaning: String

        init(_ path: String, _ label: Message, chinese meaning: String) {
            (self.path, self.label, self.meaning) = (path, label, meaning)
        }
    }

    /// The label of a field; nil for one that is not known here.
    ///
    /// - Parameter path: with dots and without numbers: `household.income`.
    package static func label(_ path: String, kind: String) -> Message? {
        entry(path, kind)?.label
    }

    /// What a field means; `english` is the schema's own phrase.
    package static func meaning(_ path: String, kind: String, english: String) -> Message {
        guard let entry = entry(path, kind) else { return Message(verbatim: english) }
        return Message("\(english)", chinese: "\(entry.meaning)")
    }

    /// The name of a kind; nil for one that is not known here.
    package static func kind(_ name: String) -> Message? {
        switch name {
        case "registry.subject": Message("person", chinese: "人员登记")
        case "counselling.session": Message("counselling session", chinese: "咨询会谈")
        case "hardship.case": Message("hardship case", chinese: "困难帮扶")
        case "medical.expense": Message("medical expense", chinese: "医疗费用")
        case "medical.benefit": Message("medical benefit", chinese: "医疗补助")
        case "medical.coverage": Message("medical cover", chinese: "医疗保障")
        default: nil
        }
    }

    /// What one element of a list field is called; nil for one that is not known here.
    ///
    /// - Parameter path: without numbers.
    package static func element(_ path: String, kind: String) -> Message? {
        switch "\(kind)/\(path)" {
        case "registry.subject/names": Message("name", chinese: "姓名")
        case "registry.subject/relatives": Message("relative", chinese: "亲属")
        case "hardship.case/household": Message("member", chinese: "成员")
        case "hardship.case/approvals": Message("decision", chinese: "审批")
        case "hardship.case/relief": Message("relief", chinese: "救助")
        default: nil
        }
    }

    private static func entry(_ path: String, _ kind: String) -> Entry? {
        byKind[kind]?[path]
    }

    private static let byKind: [String: [String: Entry]] = [
        "registry.subject": index(registry),
        "counselling.session": index(counselling),
        "hardship.case": index(hardship),
        "medical.expense": index(expense),
        "medical.benefit": index(benefit),
        "medical.coverage": index(coverage),
    ]

    private static func index(_ entries: [Entry]) -> [String: Entry] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.path, $0) })
    }
}
