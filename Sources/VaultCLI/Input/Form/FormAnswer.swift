import VaultCoding
import VaultRecords
import VaultText

/// Turns what a person types as the answer to one question into a value.
///
/// More is understood than in files: dates as `2024/2/9` or `2024年2月9日`, options by number or by the
/// beginning of their word, `是` for yes. What results is shown before anything is sent.
struct FormAnswer {
    /// The kind of the record.
    let kind: RecordKind
    /// The names of fields down to the one asked for, joined by dots.
    let path: String
    /// The currency that was given last in this form; amounts may then leave it out.
    var currency: Currency?
    /// The day on which the person sits there.
    let today: String?

    /// The value; nil if the text is none. Whether the value fits its field is not judged here.
    mutating func value(_ text: String, as type: FieldType) -> JSON.Value? {
        switch type {
        case .text: .string(text)
        case .option(let options): option(text, options).map { .string($0) }
        case .date: Self.date(text, today: today).map { .string($0) }
        case .integer: Int64(text).map { .int($0) }
        case .flag: Self.flag(text).map { .bool($0) }
        case .money: money(text)
        case .list(let element, _): list(text, of: element)
        case .object: nil
        }
    }

    /// An option by its number from 1, its code, its word in either language, or a beginning of one
    /// of these that no other option shares.
    func option(_ text: String, _ options: [String]) -> String? {
        if let number = Int(text), options.indices.contains(number - 1) {
            return options[number - 1]
        }
        let typed = text.lowercased()
        func words(_ code: String) -> [String] {
            let message = RecordWords.option(code, at: path, of: kind.name)
            return [code] + Language.allCases.map { message.text(in: $0).lowercased() }
        }
        if let exact = options.first(where: { words($0).contains(typed) }) { return exact }
        let near = options.filter { words($0).contains { $0.hasPrefix(typed) } }
        return near.count == 1 ? near[0] : nil
    }

    private mutating func list(_ text: String, of element: FieldType) -> JSON.Value? {
        var values: [JSON.Value] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || ",，、;；".contains($0) }) {
            guard let value = value(String(word), as: element) else { return nil }
            if !values.contains(value) { values.append(value) }
        }
        return .array(values)
    }

    private mutating func money(_ text: String) -> JSON.Value? {
        let plain = text.filter { $0 != "," && $0 != "，" }
        let parts = plain.split(whereSeparator: \.isWhitespace).map(String.init)
        let code = parts.count == 2 ? parts[1].uppercased() : currency?.code
        guard let number = parts.first, parts.count <= 2, let code,
            let money = Money(text: "\(number) \(code)")
        else { return nil }
        currency = money.currency
        return money.json
    }

    /// Yes or no in either language.
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "y", "yes", "是", "有": true
        case "n", "no", "否", "无": false
        default: nil
        }
    }

    /// A date as ISO 8601, from year, month and day with anything between them, from eight digits,
    /// or from the word for today.
    static func date(_ text: String, today: String?) -> String? {
        if ["today", "今天", "今日"].contains(text.lowercased()) { return today }
        var parts = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).map(String.init)
        if parts.count == 1, parts[0].count == 8 {
            let digits = Array(parts[0])
            parts = [String(digits[0..<4]), String(digits[4..<6]), String(digits[6..<8])]
        }
        guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count),
            (1...2).contains(parts[2].count)
        else { return nil }
        let padded = parts.dropFirst().map { $0.count == 1 ? "0\($0)" : $0 }
        let date = "\(parts[0])-\(padded[0])-\(padded[1])"
        return CalendarDate(date) == nil ? nil : date
    }
}
