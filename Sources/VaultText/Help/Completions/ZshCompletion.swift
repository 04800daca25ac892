/// Completion for zsh, by its completion system (`zshcompsys(1)`), with what each word is for, in
/// the language of the locale.
package enum ZshCompletion {
    /// The script: the body of the function that zsh loads by the name of the file.
    package static func script(_ root: CommandHelp) -> String {
        let name = root.name
        var text = "#compdef \(name)\n# Made from the commands of the program.\n\n"
        for command in CompletionWords.visible(root).reversed() {
            text += function(command, root)
        }
        text += """
            _\(name)_speaks_chinese() {
                [[ ${LC_ALL:-${LC_MESSAGES:-$LANG}} == zh* ]]
            }

            _\(name) "$@"

            """
        return text
    }

    private static func function(_ command: CommandHelp, _ root: CommandHelp) -> String {
        var text = "\(function(command))() {\n"
        text += "    if _\(root.name)_speaks_chinese; then\n"
        text += body(command, root, .simplifiedChinese)
        text += "    else\n"
        text += body(command, root, .english)
        return text + "    fi\n}\n\n"
    }

    private static func function(_ command: CommandHelp) -> String {
        "_" + command.path.joined(separator: "_").map { $0 == "-" ? "_" : String($0) }.joined()
    }

    private static func body(
        _ command: CommandHelp, _ root: CommandHelp, _ language: Language
    ) -> String {
        // `!`: known, so that what follows is completed, and not offered.
        let options =
            CompletionWords.options(command).flatMap { specs($0, language) }
            + command.leading.flatMap { specs($0, language) }.map { "!" + $0 }
        guard !command.commands.isEmpty else {
            let positional = command.arguments.filter { $0.kind == .positional && !$0.isHidden }
                .map { ":\(plain($0.valueName, language)):\(action($0))" }
            return arguments(options + positional, "")
        }
        var commands = command.commands.filter { !$0.isHidden }.map { child in
            quoted("\(child.name):\(described(child.abstract, language))")
        }
        if command.path == root.path {
            commands.append(quoted("help:\(described("Show help information.", language))"))
        }
        var text = "        local line state\n"
        text += arguments(options + ["1:command:->command", "*::argument:->argument"], " -C")
        text += "        case $state in\n        command)\n            local -a commands=(\n"
        text += commands.map { "                \($0)\n" }.joined()
        text += "            )\n            _describe command commands ;;\n        argument)\n"
        text += "            case $line[1] in\n"
        for child in command.commands where !child.isHidden {
            let names = ([child.name] + child.aliases).joined(separator: "|")
            text += "            \(names)) \(function(child)) ;;\n"
        }
        if command.path == root.path { text += "            help) \(function(root)) ;;\n" }
        return text + "            esac ;;\n        esac\n"
    }

    private static func arguments(_ specs: [String], _ flags: String) -> String {
        let lines = specs.map { " \\\n            " + quoted($0) }.joined()
        return "        _arguments\(flags)\(lines)\n"
    }

    /// An option in the notation of `_arguments`: `--from=[what for]:file:_files`.
    private static func specs(_ option: ArgumentHelp, _ language: Language) -> [String] {
        let text = described(option.abstract, language).map {
            $0 == "[" || $0 == "]" ? "\\\($0)" : String($0)
        }.joined()
        return option.names.map { name in
            let star = option.isRepeating ? "*" : ""
            guard option.kind == .option else { return "\(star)\(name)[\(text)]" }
            let joint = name.hasPrefix("--") ? "=" : "+"
            return "\(star)\(name)\(joint)[\(text)]:\(plain(option.valueName, language)):"
                + action(option)
        }
    }

    private static func action(_ argument: ArgumentHelp) -> String {
        switch argument.values {
        case .any: " "
        case .file: "_files"
        case .directory: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        }
    }

    private static func described(_ english: String, _ language: Language) -> String {
        plain(english, language)
    }

    /// A text without the colon that would end it.
    private static func plain(_ english: String, _ language: Language) -> String {
        HelpTexts.text(english, in: language).map { $0 == ":" ? "\\:" : String($0) }.joined()
    }

    private static func quoted(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
