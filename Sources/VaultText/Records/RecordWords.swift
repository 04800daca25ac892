/// The fields and options of records in words for people. The schemas, in VaultRecords, are English:
/// their names and meanings are the English text, and only the Chinese stands here.
///
/// A test of the client asks for every field and option of every kind.
package enum RecordWords {
    /// One field: what it is called and what it means.
    struct FieldWord: Sendable {
        let label: Phrase
        let meaning: Phrase

        init(_ label: Phrase, _ meaning: Phrase) {
            self.label = label
            self.meaning = meaning
        }
    }

    private static let fields: [String: [String: FieldWord]] = [
        "registry.subject": registrySubject,
        "counselling.session": counsellingSession,
        "hardship.case": hardshipCase,
        "medical.expense": medicalExpense,
        "medical.benefit": medicalBenefit,
        "medical.coverage": medicalCoverage,
    ]

    /// What a field is called.
    ///
    /// - Parameters:
    ///   - path: names joined by dots, without the numbers of elements, such as `names.full`.
    ///   - kind: the kind's name.
    package static func label(_ path: String, of kind: String) -> Message {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        let english = Phrase(stored: name.split(separator: "_").joined(separator: " "))
        return Message(english, chinese: fields[kind]?[path]?.label)
    }

    /// What a field means; `english` is what the schema says.
    package static func meaning(_ path: String, of kind: String, english: String) -> Message {
        Message(Phrase(stored: english), chinese: fields[kind]?[path]?.meaning)
    }

    /// What an option of a field is called, such as `in person` for `in_person`.
    package static func option(_ code: String, at path: String, of kind: String) -> Message {
        let english = Phrase(stored: code.split(separator: "_").joined(separator: " "))
        return Message(
            english, chinese: ownOptions["\(kind)/\(path)/\(code)"] ?? options[code])
    }

    /// What a kind is called.
    package static func kind(_ name: String) -> Message {
        Message(Phrase(stored: name), chinese: kinds[name])
    }

    /// Whether a field has Chinese words.
    package static func knows(_ path: String, of kind: String) -> Bool {
        fields[kind]?[path] != nil
    }

    /// Whether an option has Chinese words.
    package static func knows(option code: String) -> Bool { options[code] != nil }

    private static let kinds: [String: Phrase] = [
        "registry.subject": "人员登记", "counselling.session": "心理咨询记录",
        "hardship.case": "困难帮扶档案", "medical.expense": "医疗费用",
        "medical.benefit": "医疗补助与赔付", "medical.coverage": "医疗保障",
    ]
}
