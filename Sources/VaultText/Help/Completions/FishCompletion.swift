/// Completion for fish, with what each word is for, in the language of the locale.
package enum FishCompletion {
    /// The script.
    package static func script(_ root: CommandHelp) -> String {
        let name = root.name
        let options = CompletionWords.optionsWithValue(root).joined(separator: " ")
        let paths = CompletionWords.parents(root).map { "'\($0)'" }
        var text = """
            # Completion of \(name) for fish. Made from the commands of the program.

            # Whether the words so far lead to exactly this command.
            function __\(name)_at
                set -l here
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                    else if contains -- $word \(options)
                        set skip 1
                    else if string match -q -- '-*' $word
                        continue
                    else if test $word = help -a -z "$here"
                        continue
                    else if contains -- "$(string join ' ' \(name) $here $word)" \(paths.joined(separator: " "))
                        set -a here $word
                    end
                end
                test "$here" = "$argv"
            end

            complete -c \(name) -f
            if string match -q 'zh*' -- "$LC_ALL$LC_MESSAGES$LANG"

            """
        text += lines(root, .simplifiedChinese) + "else\n" + lines(root, .english) + "end\n"
        return text
    }

    private static func lines(_ root: CommandHelp, _ language: Language) -> String {
        CompletionWords.visible(root).map { lines($0, root, language) }.joined()
    }

    private static func lines(
        _ command: CommandHelp, _ root: CommandHelp, _ language: Language
    ) -> String {
        let path = command.path.dropFirst().joined(separator: " ")
        let start = "    complete -c \(root.name) -n \(quoted("__\(root.name)_at \(path)"))"
        var text = ""
        for child in command.commands where !child.isHidden {
            for name in [child.name] + child.aliases {
                text += "\(start) -a \(name) -d \(described(child.abstract, language))\n"
            }
        }
        if command.path == root.path {
            text += "\(start) -a help -d \(described("Show help information.", language))\n"
        }
        for option in CompletionWords.options(command) {
            let names = option.names.map { name in
                name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
            }.joined()
            let value = option.kind == .option ? " -r" + action(option.values) : ""
            text += "\(start)\(names)\(value) -d \(described(option.abstract, language))\n"
        }
        for argument in command.arguments where argument.kind == .positional && !argument.isHidden {
            let action = action(argument.values)
            if argument.values != .any {
                text += "\(start)\(action) -d \(described(argument.valueName, language))\n"
            }
        }
        return text
    }

    private static func action(_ values: ArgumentHelp.Values) -> String {
        switch values {
        case .any: ""
        case .file: " -F"
        case .directory: " -a '(__fish_complete_directories)'"
        case .words(let words): " -a \(quoted(words.joined(separator: " ")))"
        }
    }

    private static func described(_ english: String, _ language: Language) -> String {
        quoted(HelpTexts.text(english, in: language))
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
