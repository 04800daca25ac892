/// What the argument parser says of a wrong command line, in our voice and in every language.
///
/// The parser speaks English; its sentences are known by their pattern, in which `{}` stands for a
/// value. A sentence that is new here stays English.
package enum ParserWords {
    /// The sentence as a message: lower case, no final period, one line.
    package static func message(_ text: String) -> Message {
        let english = own(text)
        for pattern in patterns {
            guard let values = match(english, pattern.english) else { continue }
            return Message(
                Phrase(stored: english),
                chinese: Phrase(stored: fill(pattern.chinese, values.map { translated($0) })))
        }
        return Message(verbatim: english)
    }

    /// Whether a sentence of a command's own check has a Chinese form.
    package static func isKnown(_ text: String) -> Bool {
        let english = own(text)
        return patterns.contains { match(english, $0.english) != nil }
    }

    /// The more words a pattern has, the earlier it stands.
    private static let patterns: [(english: String, chinese: String)] = [
        ("unknown option '{}'. Did you mean '{}'?", "未知选项“{}”；是否想输入“{}”？"),
        ("unknown option '{}' or: missing value for '{}' in '{}'", "未知选项“{}”，或“{}”缺少值（在“{}”中）"),
        ("unknown option '{}'", "未知选项“{}”"),
        ("missing value for '{}'", "“{}”缺少值"),
        (
            "the option '{}' does not take any value, but '{}' was specified",
            "选项“{}”不带值，却给出了“{}”"
        ),
        ("unexpected argument '{}'", "多余的参数“{}”"),
        ("{} unexpected arguments: '{}'", "{} 个多余的参数：“{}”"),
        (
            "value to be set with flag '{}' had already been set with flag '{}'",
            "“{}”要设置的值已由“{}”设置"
        ),
        ("missing expected argument '{}'", "缺少参数“{}”"),
        ("missing one of: '{}'", "须给出其中之一：“{}”"),
        (
            "the value '{}' is invalid for '{}'. Please provide one of the following: {}",
            "值“{}”不适用于“{}”；请给出其中之一：{}"
        ),
        (
            "the value '{}' is invalid for '{}'. Please provide one of {}",
            "值“{}”不适用于“{}”；请给出其中之一：{}"
        ),
        ("the value '{}' is invalid for '{}': {}", "值“{}”不适用于“{}”：{}"),
        ("the value '{}' is invalid for '{}'", "值“{}”不适用于“{}”"),
        ("missing required subcommand", "缺少子命令"),
        ("invalid option: {}", "无效的选项：{}"),
        ("there is no language {}; use en or zh", "没有语言 {}；请使用 en 或 zh"),
    ]

    /// Lower case at the beginning, no final period, one line; a list of lines becomes one.
    package static func own(_ text: String) -> String {
        let lines = text.split(separator: "\n").map { trimmed($0) }
        var line = lines.first ?? text
        if line.hasSuffix(":") {
            line +=
                " "
                + lines.dropFirst().map { $0.drop { "- ".contains($0) } }
                .joined(separator: ", ")
        } else if let second = lines.dropFirst().first, second.hasPrefix("or: ") {
            line += " or: " + second.dropFirst(4).prefix(1).lowercased() + second.dropFirst(5)
        }
        while line.last == "." { line.removeLast() }
        let letters = line.prefix(2)
        guard letters.count == 2, letters.first?.isUppercase == true,
            letters.last?.isLowercase == true
        else { return line }
        return line.prefix(1).lowercased() + line.dropFirst()
    }

    private static func trimmed(_ line: Substring) -> String {
        Blanks.trimmed(String(line.drop { $0 == " " }))
    }

    /// The values in a sentence; nil where it has another pattern.
    private static func match(_ text: String, _ pattern: String) -> [String]? {
        let fixed = parts(of: pattern)
        guard let first = fixed.first, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        var values: [String] = []
        for (number, part) in fixed.enumerated().dropFirst() {
            let isLast = number == fixed.count - 1
            if part.isEmpty, isLast {
                guard !rest.isEmpty else { return nil }
                values.append(String(rest))
                return values
            }
            guard let end = isLast ? lastIndex(of: part, in: rest) : firstIndex(of: part, in: rest)
            else { return nil }
            values.append(String(rest[..<end]))
            rest = rest[end...].dropFirst(part.count)
        }
        return rest.isEmpty ? values : nil
    }

    private static func parts(of pattern: String) -> [String] {
        var parts = [""]
        var rest = pattern[...]
        while let next = rest.first {
            if rest.hasPrefix("{}") {
                parts.append("")
                rest = rest.dropFirst(2)
            } else {
                parts[parts.count - 1].append(next)
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    private static func firstIndex(of part: String, in text: Substring) -> Substring.Index? {
        text.indices.first { text[$0...].hasPrefix(part) }
    }

    private static func lastIndex(of part: String, in text: Substring) -> Substring.Index? {
        guard text.hasSuffix(part) else { return nil }
        return text.index(text.endIndex, offsetBy: -part.count)
    }

    private static func fill(_ pattern: String, _ values: [String]) -> String {
        zip(parts(of: pattern), values + [""]).map { $0 + $1 }.joined()
    }

    /// A value with the names of values in it as help shows them: `<file>` is `<文件>`. A list that
    /// the parser writes as a sentence becomes one without quotes.
    private static func translated(_ value: String) -> String {
        var value = value
        for (english, chinese) in HelpTexts.valueNames {
            value = replaced(value, "<\(english)>", "<\(chinese)>")
        }
        for joint in [" and ", " or "] { value = replaced(value, "'\(joint)'", "'、'") }
        value = replaced(value, "', '", "'、'")
        return value.filter { $0 != "'" }
    }

    private static func replaced(_ text: String, _ old: String, _ new: String) -> String {
        var result = ""
        var rest = text[...]
        while let place = firstIndex(of: old, in: rest) {
            result += rest[..<place] + new
            rest = rest[place...].dropFirst(old.count)
        }
        return result + rest
    }
}
