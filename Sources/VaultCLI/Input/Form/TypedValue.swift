import VaultCoding
import VaultRecords
import VaultText

/// What a person types for one field, more freely than it is stored: an option by its number or
/// beginning, a date as it is written here or there, money without a currency.
struct TypedValue {
    let type: FieldType
    let place: RecordPlace
    let language: Language
    /// The currency of amounts that name none.
    let currency: String

    /// Why it cannot be that.
    struct Problem: Error {
        let message: Message
    }

    /// The value; a list is one of options.
    func read(_ typed: String) throws(Problem) -> JSON.Value {
        switch type {
        case .text(let rule):
            var text = Self.unified(typed, isLong: rule.isLong)
            // What has a form of its own is typed on any keyboard.
            if rule.form != nil { text = Self.narrow(text) }
            if rule.form == .timeOfDay { text = Self.timeOfDay(text) }
            if let fault = rule.fault(in: text) { throw problem(fault.rawValue) }
            return .string(text)
        case .option(let options): return .string(try option(typed, options))
        case .date:
            guard let date = Self.date(typed) else { throw problem("not-a-date") }
            return .string(date.description)
        case .integer(let range, _):
            guard let number = Int64(Self.narrow(typed)) else { throw problem("not-a-number") }
            guard range.contains(number) else { throw problem("out-of-range") }
            return .int(number)
        case .flag:
            switch typed.lowercased() {
            case "yes", "y", "是", "true": return .bool(true)
            case "no", "n", "否", "false": return .bool(false)
            default: throw problem("not-a-flag", RecordProblemMessages.yesOrNo)
            }
        case .money:
            guard let money = money(typed) else {
                throw problem("not-money", RecordProblemMessages.money)
            }
            return money.json
        case .list(.option(let options), let limit):
            return try list(typed, options, limit)
        case .object, .list: throw problem("wrong-type")
        }
    }

    private func problem(_ code: String, _ expected: Message? = nil) -> Problem {
        let fault = RecordProblemMessages.fault(code) ?? Message(verbatim: code)
        return Problem(
            message: RecordProblemMessages.problem(
                line: nil, field: nil, fault, expected: expected ?? type.expectation))
    }

    private func list(
        _ typed: String, _ options: [String], _ limit: Int
    ) throws(Problem) -> JSON.Value {
        var words: [JSON.Value] = []
        let separators: Set<Character> = [",", "，", "、", ";", "；", " ", "\u{3000}"]
        for part in typed.split(whereSeparator: { separators.contains($0) }) {
            let word = JSON.Value.string(try option(String(part), options))
            if !words.contains(word) { words.append(word) }
        }
        guard !words.isEmpty else { throw problem("empty-list") }
        guard words.count <= limit else { throw problem("too-many") }
        return .array(words)
    }

    /// By number, by word, by a beginning of the word or of its name that no other option has.
    private func option(_ typed: String, _ options: [String]) throws(Problem) -> String {
        let text = Self.narrow(typed).lowercased()
        if let number = Int(text), options.indices.contains(number - 1) {
            return options[number - 1]
        }
        let names = options.map { option in
            [option, place.option(option).text(in: language).lowercased()]
        }
        for matches in [
            zip(options, names).filter { $0.1.contains(text) },
            zip(options, names).filter { $0.1.contains { $0.hasPrefix(text) } },
        ] where matches.count == 1 {
            if let found = matches.first { return found.0 }
        }
        throw problem(
            "not-an-option", FormMessages.numberOrBeginning(options.count))
    }

    /// Money as stored, or with separators, fewer decimals, or without a currency.
    private func money(_ typed: String) -> Money? {
        var text = Self.narrow(typed).uppercased()
        var code = currency
        for (mark, name) in [("元", "CNY"), ("¥", "CNY"), ("￥", "CNY"), ("$", "USD"), ("€", "EUR")]
        where text.hasSuffix(mark) || text.hasPrefix(mark) {
            text = text.split(separator: Character(mark)).joined()
            code = name
        }
        let letters = text.suffix { $0.isLetter }
        if !letters.isEmpty {
            code = String(letters)
            text.removeLast(letters.count)
        }
        text.removeAll { $0 == "," || $0.isWhitespace }
        guard let decimals = Currency(code: code)?.decimals else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[1].count < decimals else {
            return Money(text: "\(text) \(code)")
        }
        let zeros = String(repeating: "0", count: decimals - parts[1].count)
        return Money(text: "\(text)\(zeros) \(code)")
    }

    /// `2026-03-04`, `2026/3/4`, `2026.3.4`, `2026年3月4日`, `20260304`.
    static func date(_ typed: String) -> CalendarDate? {
        let text = narrow(typed)
        if text.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        {
            return CalendarDate(
                year: number / 10_000, month: number / 100 % 100, day: number % 100)
        }
        let parts = text.split { "-/.年月日 ".contains($0) }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3, parts.count == 3, parts[0].count == 4 else { return nil }
        return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// `9:30`, `9点`, `9点半` and `21点05分` as `09:30` and so on; anything else as it is.
    static func timeOfDay(_ typed: String) -> String {
        var text = typed.filter { !$0.isWhitespace }
        if text.hasSuffix("分") { text.removeLast() }
        if text.hasSuffix("半") { text = text.dropLast() + "30" }
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { ":点时".contains($0) })
        guard parts.count == 2, let hour = Int(parts[0]), (0...23).contains(hour) else {
            return typed
        }
        let isHour = parts[1].isEmpty && !text.hasSuffix(":")
        guard let minute = isHour ? 0 : Int(parts[1]), isHour || parts[1].count == 2 else {
            return typed
        }
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// Full-width forms, as Chinese keyboards give them, as narrow ones; blanks around removed.
    static func narrow(_ typed: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in typed.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                text.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: text.append(" ")
            default: text.append(scalar)
            }
        }
        return String(text).trimmed
    }

    /// A long text with line feeds as its only control characters: what was pasted may have the line
    /// ends of another system. Other text as it is.
    static func unified(_ text: String, isLong: Bool) -> String {
        guard isLong else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r": continue
            case "\t": scalars.append(contentsOf: "    ".unicodeScalars)
            case "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

extension String {
    /// Without blanks around.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The longest end whose characters all fit.
    fileprivate func suffix(_ fits: (Character) -> Bool) -> String {
        String(reversed().prefix(while: fits).reversed())
    }
}
