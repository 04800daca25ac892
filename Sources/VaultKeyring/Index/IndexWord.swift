/// A word under which a subject is found: the whole of an identifier or of a name, normalised by
/// whoever knows the field.
package struct IndexWord: Hashable, Sendable {
    /// The longest word in bytes of UTF-8: a full name with room to spare.
    package static let maximumBytes = 1024

    /// The word.
    package let text: String

    /// From normalised text; nil if it is empty or too long.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumBytes else { return nil }
        self.text = text
    }
}
