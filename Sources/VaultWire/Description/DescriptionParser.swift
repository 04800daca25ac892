extension InterfaceDescription {
    /// Parses a description text: the subset of the language that every known parser accepts.
    ///
    /// Stricter than varlink.org's grammar: line feeds only, no enum of one name, no type without
    /// fields, no container within a container, no sets, no `float` keys, comments only before a
    /// declaration or a field, nesting of at most 16.
    ///
    /// - Throws: `DescriptionError` with the line.
    package init(parsing text: [UInt8]) throws(DescriptionError) {
        var parser = DescriptionParser(scanner: try DescriptionScanner(text))
        self = try parser.parse()
    }
}

private struct DescriptionParser {
    private static let deepest = 16

    var scanner: DescriptionScanner
    private var types: [String: WireType] = [:]
    private var methods: [InterfaceDescription.Method] = []
    private var errors: [String: [WireField]] = [:]
    private var documentation: [String: String] = [:]
    private var used: [(name: String, line: Int)] = []

    init(scanner: DescriptionScanner) { self.scanner = scanner }

    mutating func parse() throws(DescriptionError) -> InterfaceDescription {
        document("")
        try expectWord("interface")
        guard case .word(let name) = scanner.token, name.isInterfaceName else {
            throw scanner.failure(.expected("interface name"))
        }
        try scanner.advance()
        while scanner.token != .end { try parseMember() }
        // A comment after the last declaration belongs to nothing.
        guard scanner.comment.isEmpty else { throw scanner.failure(.misplacedComment) }
        for use in used where types[use.name] == nil {
            throw DescriptionError(problem: .undefinedType, line: use.line)
        }
        return InterfaceDescription(
            name: name, types: types, methods: methods, errors: errors,
            documentation: documentation)
    }

    private mutating func parseMember() throws(DescriptionError) {
        let comment = scanner.comment
        guard case .word(let keyword) = scanner.token else {
            throw scanner.failure(.expected("type, method or error"))
        }
        try scanner.advance()
        guard case .word(let name) = scanner.token, name.isMemberName else {
            throw scanner.failure(.expected("member name"))
        }
        let isTaken =
            types[name] != nil || errors[name] != nil || methods.contains { $0.name == name }
        guard !isTaken else { throw scanner.failure(.duplicateName) }
        if !comment.isEmpty { documentation[name] = comment.joined(separator: "\n") }
        try scanner.advance()
        switch keyword {
        case "type": types[name] = try parseGroup(owner: name + ".", depth: 1)
        case "error": errors[name] = try parseFields(owner: name + ".", depth: 1)
        case "method":
            let parameters = try parseFields(owner: name + ".", depth: 1)
            try expect("->")
            let reply = try parseFields(owner: name + ">", depth: 1)
            methods.append(
                .init(
                    name: name, parameters: parameters, reply: reply,
                    streaming: Streaming(comment: comment)))
        default: throw scanner.failure(.expected("type, method or error"))
        }
    }

    /// `()` or `(name: type, …)`.
    private mutating func parseFields(
        owner: String, depth: Int
    ) throws(DescriptionError) -> [WireField] {
        try expect("(")
        if scanner.token == .mark(")") {
            try close()
            return []
        }
        return try parseNamedFields(owner: owner, depth: depth)
    }

    /// After the opening bracket, up to and with the closing one.
    private mutating func parseNamedFields(
        owner: String, depth: Int
    ) throws(DescriptionError) -> [WireField] {
        var fields: [WireField] = []
        while true {
            guard case .word(let name) = scanner.token, name.isFieldName else {
                throw scanner.failure(.expected("field name"))
            }
            guard !fields.contains(where: { $0.name == name }) else {
                throw scanner.failure(.duplicateName)
            }
            document(owner + name)
            try scanner.advance()
            try expect(":")
            fields.append(WireField(name, try parseType(depth: depth)))
            if scanner.token == .mark(")") { break }
            try expect(",")
        }
        try close()
        return fields
    }

    private mutating func parseType(depth: Int) throws(DescriptionError) -> WireType {
        guard depth <= Self.deepest else { throw scanner.failure(.tooDeep) }
        if scanner.token == .mark("?") {
            try scanner.advance()
            if scanner.token == .mark("?") { throw scanner.failure(.nestedContainer) }
            return .nullable(try parseContainer(depth: depth))
        }
        return try parseContainer(depth: depth)
    }

    private mutating func parseContainer(depth: Int) throws(DescriptionError) -> WireType {
        switch scanner.token {
        case .mark("[]"):
            try scanner.advance()
            return .array(try parseElement(depth: depth))
        case .mark("[string]"):
            try scanner.advance()
            return .map(try parseElement(depth: depth))
        default: return try parseElement(depth: depth)
        }
    }

    private mutating func parseElement(depth: Int) throws(DescriptionError) -> WireType {
        switch scanner.token {
        case .mark("("): return try parseGroup(owner: nil, depth: depth + 1)
        case .mark("[]"), .mark("[string]"), .mark("?"): throw scanner.failure(.nestedContainer)
        case .word(let word):
            let type = try builtIn(word)
            try scanner.advance()
            return type
        default: throw scanner.failure(.expected("type"))
        }
    }

    private mutating func builtIn(_ word: String) throws(DescriptionError) -> WireType {
        switch word {
        case "bool": return .bool
        case "int": return .int
        case "float": return .float
        case "string": return .string
        case "object": return .object
        default:
            guard word.isMemberName else { throw scanner.failure(.expected("type")) }
            used.append((word, scanner.line))
            return .named(word)
        }
    }

    /// A struct or an enum.
    private mutating func parseGroup(
        owner: String?, depth: Int
    ) throws(DescriptionError) -> WireType {
        guard depth <= Self.deepest else { throw scanner.failure(.tooDeep) }
        try expect("(")
        guard case .word(let first) = scanner.token else { throw scanner.failure(.tooFew) }
        var ahead = scanner
        try ahead.advance()
        if ahead.token == .mark(":") {
            return .structure(try parseNamedFields(owner: owner ?? "(", depth: depth))
        }
        var names: [String] = []
        var name = first
        while true {
            guard name.isFieldName else { throw scanner.failure(.expected("enum name")) }
            guard !names.contains(name) else { throw scanner.failure(.duplicateName) }
            names.append(name)
            try scanner.advance()
            if scanner.token == .mark(")") { break }
            try expect(",")
            guard case .word(let next) = scanner.token else {
                throw scanner.failure(.expected("enum name"))
            }
            name = next
        }
        guard names.count > 1 else { throw scanner.failure(.tooFew) }
        try close()
        return .enumeration(names)
    }

    /// Takes the closing bracket; a comment between the last field and it is refused.
    private mutating func close() throws(DescriptionError) {
        guard scanner.comment.isEmpty else { throw scanner.failure(.misplacedComment) }
        try expect(")")
    }

    private mutating func expect(_ mark: String) throws(DescriptionError) {
        guard scanner.token == .mark(mark) else { throw scanner.failure(.expected(mark)) }
        try scanner.advance()
    }

    private mutating func expectWord(_ word: String) throws(DescriptionError) {
        guard scanner.token == .word(word) else { throw scanner.failure(.expected(word)) }
        try scanner.advance()
    }

    private mutating func document(_ key: String) {
        guard !scanner.comment.isEmpty else { return }
        documentation[key] = scanner.comment.joined(separator: "\n")
    }
}

extension Streaming {
    fileprivate init(comment: [String]) {
        if comment.contains("[Requires 'more' flag]") {
            self = .required
        } else if comment.contains("[Supports 'more' flag]") {
            self = .supported
        } else {
            self = .never
        }
    }
}
