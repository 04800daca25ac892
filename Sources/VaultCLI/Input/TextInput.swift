import VaultPlatform
import VaultText

/// Text from a file, standard input or an inherited descriptor.
struct TextInput {
    let client: Client

    /// The whole text.
    /// - Parameters:
    ///   - source: a path; `-` is standard input.
    ///   - limit: most bytes.
    func text(_ source: String, limit: Int) throws(ClientError) -> String {
        let bytes: [UInt8]
        do { bytes = try read(source, limit: limit) } catch { throw .platform(error) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .input(.notText(source: Self.name(source)))
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .input(.empty(source: Self.name(source)))
        }
        // Editors of some systems begin a file with a byte order mark.
        return text.unicodeScalars.first == "\u{FEFF}"
            ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// How messages call a source.
    static func name(_ source: String) -> String { source == "-" ? "<standard input>" : source }

    private func read(_ source: String, limit: Int) throws(PlatformError) -> [UInt8] {
        if source == "-" || source == "/dev/stdin" { return try client.context.input(limit) }
        return try Self.open(source).readAll(limit: limit)
    }

    /// Opens a path for reading, an inherited descriptor named as one included.
    static func open(_ source: String) throws(PlatformError) -> OwnedDescriptor {
        // A process that protects its memory may not open its own entries in /proc, which is what
        // `<(command)` of a shell names; the descriptor itself is open already.
        for directory in ["/dev/fd/", "/proc/self/fd/"] where source.hasPrefix(directory) {
            guard let number = Int32(source.dropFirst(directory.count)) else { break }
            return OwnedDescriptor(taking: number, path: source)
        }
        return try Files.open(source)
    }
}
