/// What can be told of a command line before it is parsed, so that even what is wrong with it is
/// said as the person asked.
package enum CommandLineWords {
    /// The words before `--`.
    private static func options(_ arguments: [String]) -> ArraySlice<String> {
        arguments.prefix { $0 != "--" }
    }

    /// The language of `--language`, the last one that is one of ours.
    package static func language(_ arguments: [String]) -> Language? {
        let words = Array(options(arguments))
        return words.indices.compactMap { index in
            let word = words[index]
            if word.hasPrefix("--language=") {
                return Language(tag: String(word.dropFirst("--language=".count)))
            }
            guard word == "--language", index + 1 < words.count else { return nil }
            return Language(tag: words[index + 1])
        }.last
    }

    /// Whether programs read the answer.
    package static func wantsJSON(_ arguments: [String]) -> Bool {
        options(arguments).contains("--json")
    }

    /// Whether help is asked for, and for which words: `help record get`, `record get --help`.
    package static func helpRequest(_ arguments: [String]) -> [String]? {
        let words = options(arguments)
        if words.first == "help" {
            return Array(words.dropFirst().prefix { !$0.hasPrefix("-") })
        }
        let asks = words.contains { ["--help", "-h", "-help"].contains($0) }
        return asks ? Array(words.prefix { !$0.hasPrefix("-") }) : nil
    }
}
