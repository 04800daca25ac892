package import VaultCoding

/// Records as people type them: one `field: value` a line.
///
/// ```text
/// # who
/// names.full: 张三
/// names.kind: legal
/// names.full: Zhang San
/// contacts.phone: 138 0013 8000
/// remarks: first line
///   second line
/// ```
///
/// - Blank lines and lines that begin with `#` are skipped; white space around names and values too.
/// - The colon may be the full-width one, as Chinese keyboards give it.
/// - Fields of objects are named with dots. A list grows by repeating its name; in a list of objects,
///   the first field of the object (see the reference of kinds) begins the next element, and the
///   fields after it belong to that element.
/// - Lines that begin with white space continue a long text, each on a new line. The blanks that all of
///   them begin with are not part of it, nor tabs; what a line is further indented by is, as is the
///   full-width blank that opens a paragraph in Chinese.
/// - Flags are `yes` or `no` (`是`, `否`), money is `1200.50 CNY`, everything else as in JSON.
package struct FieldLines: Sendable {
    /// The largest input in bytes: that of a message.
    package static let limit = 1 << 20

    /// The record as it stands in the lines; not yet validated.
    package private(set) var object = JSON.Object()
    private var lines: [FieldPath: Int] = [:]

    /// Reads lines for a record of a kind.
    ///
    /// - Throws: `RecordError.unreadableLines` with every wrong line.
    package init(_ text: String, kind: RecordKind) throws(RecordError) {
        guard text.utf8.count <= Self.limit else {
            throw .unreadableLines([
                LineProblem(
                    line: 1, field: nil, fault: .tooLarge, expected: "at most \(Self.limit) bytes")
            ])
        }
        let statements = LineScanner.statements(in: text)
        var builder = LineBuilder(fields: KindRegistry.schema(for: kind).fields)
        for statement in statements { builder.take(statement) }
        guard builder.problems.isEmpty else { throw .unreadableLines(builder.problems) }
        object = builder.object
        lines = builder.lines
    }

    /// The line on which a field was stated, or, if it was not, the object or list around it; nil for
    /// what no line has to do with.
    package func line(of path: FieldPath) -> Int? {
        var place: FieldPath? = path
        while let here = place {
            if let line = lines[here] { return line }
            place = here.parent
        }
        return nil
    }
}

/// One `field: value` with the lines that continue it.
struct FieldStatement {
    let line: Int
    /// What stands before the colon; nil if there is none.
    let name: String?
    /// What stands after the colon, white space around it removed, then each continuing line.
    var values: [String]
    /// The first continuing line, where there is one.
    var continuedAt: Int?
}

/// Cuts text into statements. Knows nothing of fields.
struct LineScanner {
    private var statements: [FieldStatement] = []
    /// The continuing lines of the last statement, as they stand there.
    private var continued: [Substring.UnicodeScalarView] = []

    static func statements(in text: String) -> [FieldStatement] {
        var scanner = LineScanner()
        var blanks = 0
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, raw) in lines.enumerated() {
            var line = raw[...]
            if index == 0, line.first == "\u{FEFF}" { line = line.dropFirst() }
            if trim(line).isEmpty {
                blanks += 1
                continue
            }
            scanner.take(line, number: index + 1, blanks: blanks)
            blanks = 0
        }
        scanner.closeText()
        return scanner.statements
    }

    /// Takes a line that is not blank, behind so many that are.
    private mutating func take(
        _ line: Substring.UnicodeScalarView, number: Int, blanks: Int
    ) {
        let isContinuation = line.first.map(\.properties.isWhitespace) ?? false
        if isContinuation, !statements.isEmpty {
            let last = statements.count - 1
            if statements[last].continuedAt == nil { statements[last].continuedAt = number }
            if !continued.isEmpty || !statements[last].values.isEmpty {
                continued += Array(repeating: Substring().unicodeScalars, count: blanks)
            }
            continued.append(line)
            return
        }
        let content = Self.trim(line)
        guard content.first != "#" else { return }
        closeText()
        statements.append(Self.statement(content, line: number))
    }

    /// Ends the text of the last statement: takes off what all its lines are indented by, and all
    /// blanks before them where there are tabs, which no text may hold.
    private mutating func closeText() {
        let indents = continued.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " || $0 == "\t" } }
        guard let least = indents.map(\.count).min() else { return }
        let hasTabs = indents.contains { $0.contains("\t") }
        statements[statements.count - 1].values += continued.map { line in
            let text = hasTabs ? line.drop { $0 == " " || $0 == "\t" } : line.dropFirst(least)
            return String(Self.withoutTrailing(text))
        }
        continued = []
    }

    private static func statement(
        _ content: Substring.UnicodeScalarView, line: Int
    ) -> FieldStatement {
        guard let colon = content.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) else {
            return FieldStatement(line: line, name: nil, values: [], continuedAt: nil)
        }
        let name = String(trim(content[..<colon]))
        let value = String(trim(content[content.index(after: colon)...]))
        return FieldStatement(
            line: line, name: name, values: value.isEmpty ? [] : [value], continuedAt: nil)
    }

    private static func trim(
        _ text: Substring.UnicodeScalarView
    ) -> Substring.UnicodeScalarView {
        withoutTrailing(text.drop { $0.properties.isWhitespace })
    }

    private static func withoutTrailing(
        _ text: Substring.UnicodeScalarView
    ) -> Substring.UnicodeScalarView {
        var rest = text
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return rest
    }
}
