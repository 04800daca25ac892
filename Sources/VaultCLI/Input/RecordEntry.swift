import ArgumentParser
import VaultPlatform

/// How the fields of a record come.
enum RecordEntry {
    /// Asked for one by one at the terminal.
    case form
    /// Typed at the terminal as `field: value` lines.
    case lines
    /// Written in the person's editor.
    case editor
    /// From a file or standard input.
    case from(String)
}

/// Where a record is read from.
struct SourceOption: ParsableArguments {
    @Option(
        name: .customLong("from"),
        help: .init(
            "Read `field: value` lines or JSON from a file, - for standard input.",
            valueName: "file"))
    var source: String?

    @Flag(help: "Type `field: value` lines instead of answering field by field.")
    var lines = false

    @Flag(help: "Write the fields in $VISUAL or $EDITOR, on a file that is in memory only.")
    var edit = false

    /// What was asked for.
    func entry() throws(ClientError) -> RecordEntry {
        if source != nil, lines { throw .usage(.excludes("--from", "--lines")) }
        if source != nil, edit { throw .usage(.excludes("--from", "--edit")) }
        if lines, edit { throw .usage(.excludes("--lines", "--edit")) }
        if let source { return .from(source) }
        return lines ? .lines : edit ? .editor : .form
    }
}
