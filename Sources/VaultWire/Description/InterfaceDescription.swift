/// A type of the interface language (varlink.org, "Interface Definition").
package indirect enum WireType: Sendable, Equatable {
    case bool
    /// A JSON integer; an `Int64` here.
    case int
    case float
    case string
    /// Any JSON object.
    case object
    /// A struct with at least one field.
    case structure([WireField])
    /// One of at least two names; a JSON string on the wire.
    case enumeration([String])
    /// A type declared in the same interface.
    case named(String)
    case array(WireType)
    /// Keys are strings.
    case map(WireType)
    /// May be absent or null.
    case nullable(WireType)

    /// Whether a field of this type may be left out.
    package var isNullable: Bool {
        if case .nullable = self { true } else { false }
    }
}

/// A named field of a struct, of the parameters or of the reply of a method, or of an error.
package struct WireField: Sendable, Equatable {
    package let name: String
    package let type: WireType

    /// - Parameters:
    ///   - name: letters and digits with single underscores between them.
    ///   - type: its type.
    package init(_ name: String, _ type: WireType) {
        self.name = name
        self.type = type
    }
}

/// Whether a method answers with several replies.
package enum Streaming: Sendable, Equatable {
    /// One reply, always.
    case never
    /// Several if the call says `more`, else one.
    case supported
    /// The call has to say `more`; else the answer is `ExpectedMore`.
    case required
}

/// One interface as its description text declares it.
package struct InterfaceDescription: Sendable, Equatable {
    /// A method.
    package struct Method: Sendable, Equatable {
        package let name: String
        package let parameters: [WireField]
        package let reply: [WireField]
        /// Read from the comment line `[Requires 'more' flag]` or `[Supports 'more' flag]`, the
        /// convention of systemd: the language has no keyword for it.
        package let streaming: Streaming
    }

    /// Full name, such as `io.carevault.Vault`.
    package let name: String
    /// Declared types by name.
    package let types: [String: WireType]
    /// Methods in the order of the text.
    package let methods: [Method]
    /// Errors by name.
    package let errors: [String: [WireField]]
    /// Comment lines by what they stand before: `""` for the interface, `Name` for a type, method
    /// or error, `Name.field` for its fields and `Name>field` for fields of a reply.
    package let documentation: [String: String]
}

/// Why a description text was refused.
package struct DescriptionError: Error, Sendable, Equatable {
    /// What is wrong.
    package enum Problem: Sendable, Equatable {
        case invalidUTF8
        case unexpectedCharacter
        /// Something else should stand here.
        case expected(String)
        case duplicateName
        case undefinedType
        /// A container or `?` within a container or `?`.
        case nestedContainer
        /// An enum of one name, or a type without fields.
        case tooFew
        /// Comments stand only before a declaration or a field.
        case misplacedComment
        case tooDeep
    }

    package let problem: Problem
    /// Line of the text, from 1.
    package let line: Int

    /// - Parameters:
    ///   - problem: what is wrong.
    ///   - line: line of the text, from 1.
    package init(problem: Problem, line: Int) {
        self.problem = problem
        self.line = line
    }
}
