import VaultCoding
import VaultDaemon
import VaultText

/// What went wrong, for programs: one line like the client's, on standard output beside the words for
/// people on standard error.
enum ErrorLine {
    /// Wrong usage is 2 here, and 64 for the parser.
    static let usageExit: Int32 = 2

    /// The line: a stable code, the words in English, and how the program ends.
    static func text(code: String, _ diagnostic: Diagnostic, exit: Int32) -> String {
        let error = JSON.Object([
            "code": .string(code), "message": .string(diagnostic.message.text(in: .english)),
            "hints": .array(diagnostic.hints.map { .string($0.text(in: .english)) }),
            "exit": .int(Int64(exit)),
        ])
        let answer = JSON.Object(["format": 1, "error": .object(error)])
        return JSONWriter.text(.object(answer)) + "\n"
    }

    /// Says it in the language of the command line, and to programs where it wants JSON.
    static func tell(
        _ diagnostic: Diagnostic, code: String, exit: Int32, _ language: Language,
        _ arguments: [String]
    ) {
        StandardError.write(diagnostic.text(in: language))
        guard CommandLineWords.wantsJSON(arguments) else { return }
        StandardOutput.write(text(code: code, diagnostic, exit: exit))
    }
}
