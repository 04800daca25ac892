package import VaultCoding

/// Why bytes are not a message, or a message not what it should be. Carries no content.
package enum WireError: Error, Equatable, Sendable {
    // The stream has no trustworthy boundary any more: the connection must be closed.

    /// A message is longer than `limit` bytes.
    case messageTooLong(limit: Int)
    /// A NUL with nothing before it.
    case emptyMessage
    /// Not one strict JSON value.
    case notJSON(JSON.Problem)
    /// JSON, but not an object.
    case notAnObject
    /// A key at the top level that the protocol does not know.
    case unknownKey
    /// A key at the top level holds a value of the wrong type.
    case wrongType(key: String)
    /// A call without a method.
    case noMethod
    /// Flags that exclude each other: `oneway` with `more` or `upgrade`, `error` with `continues`.
    case conflictingFlags

    // The message is well formed; its contents do not fit the interface.

    /// A field is missing, unknown or of the wrong type; its name, or `parameters` if the name is
    /// not one that a field can have.
    case field(String)
    /// An error reply whose name or parameters no interface here declares.
    case unknownError
}
