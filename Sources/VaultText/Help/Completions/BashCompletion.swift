/// Completion for bash, by its own means: works without the package bash-completion.
///
/// The script walks the words to the command, skipping the values of options, then offers the
/// commands under it, its options, or what the option before the cursor takes.
package enum BashCompletion {
    /// The script.
    package static func script(_ root: CommandHelp) -> String {
        let name = root.name
        var text = "# Completion of \(name) for bash. Made from the commands of the program.\n"
        text += "_\(name)() {\n"
        text += """
                local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
                local here=\(name) word index skip=
                # bash takes = for a word of its own.
                if [[ $current == = ]]; then current=; elif [[ $before == = ]]; then
                    before=${COMP_WORDS[COMP_CWORD-2]}
                fi
                COMPREPLY=()
                for ((index = 1; index < COMP_CWORD; index++)); do
                    word=${COMP_WORDS[index]}
                    if [[ $word == = ]]; then skip=1; continue; fi
                    if [[ -n $skip ]]; then skip=; continue; fi
                    case $word in
                        \(withValue(root).joined(separator: "|")))
                            [[ ${COMP_WORDS[index+1]} == = ]] || skip=1 ;;
                        -*) ;;
                        help) [[ $here == \(name) ]] || break ;;
                        *)
                            case " $here $word " in
                                \(CompletionWords.parents(root).map { "\" \($0) \"" }.joined(separator: "|")))
                        here="$here $word" ;;
                            esac ;;
                    esac
                done

            """
        text += "    case \"$here $before\" in\n" + values(root) + "    esac\n"
        text += "    local words=\n    case $here in\n"
        for command in CompletionWords.visible(root) {
            var words = command.commands.filter { !$0.isHidden }.flatMap { [$0.name] + $0.aliases }
            if command.path == root.path { words += ["help"] }
            words += CompletionWords.options(command).flatMap(\.names)
            words += CompletionWords.positionalWords(command)
            let line = "words='\(words.joined(separator: " "))'"
            text += ShellLine.arm("\"\(command.path.joined(separator: " "))\"", line, 8) + "\n"
        }
        text += """
                esac
                COMPREPLY=($(compgen -W "$words" -- "$current"))

            """
        let files = CompletionWords.visible(root).filter(CompletionWords.takesFile)
        if !files.isEmpty {
            let paths = files.map { "\"\($0.path.joined(separator: " "))\"" }
            text += "    case $here in\n"
            text += ShellLine.arm(
                paths.joined(separator: "|"), "COMPREPLY+=($(compgen -f -- \"$current\"))", 8)
            text += "\n    esac\n"
        }
        text += "}\ncomplete -o bashdefault -F _\(name) \(name)\n"
        return text
    }

    private static func withValue(_ root: CommandHelp) -> [String] {
        CompletionWords.optionsWithValue(root)
    }

    /// What options take, the same answers joined. An option that takes the same everywhere is known
    /// before the command is, too.
    private static func values(_ root: CommandHelp) -> String {
        var order: [String] = []
        var places: [String: [String]] = [:]
        var everywhere: [String: Set<String>] = [:]
        for command in CompletionWords.visible(root) {
            for option in CompletionWords.options(command) where option.kind == .option {
                let action = action(option.values)
                if places[action] == nil { order.append(action) }
                for name in option.names {
                    everywhere[name, default: []].insert(action)
                    places[action, default: []].append(
                        command.path.joined(separator: " ") + " " + name)
                }
            }
        }
        return order.map { action in
            var seen: Set<String> = []
            let patterns = places[action, default: []].map { place -> String in
                let name = String(place.split(separator: " ").last ?? "")
                return everywhere[name]?.count == 1 ? "*\" \(name)\"" : "\"\(place)\""
            }.filter { seen.insert($0).inserted }
            return ShellLine.arm(patterns.joined(separator: "|"), action, 8) + "\n"
        }.joined()
    }

    private static func action(_ values: ArgumentHelp.Values) -> String {
        switch values {
        case .any: "return"
        case .file: "COMPREPLY=($(compgen -f -- \"$current\")); return"
        case .directory: "COMPREPLY=($(compgen -d -- \"$current\")); return"
        case .words(let words):
            "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$current\")); return"
        }
    }
}

/// Lines of a shell script.
enum ShellLine {
    /// One arm of a `case`.
    static func arm(_ pattern: String, _ action: String, _ indent: Int) -> String {
        Blanks.string(indent) + "\(pattern)) \(action) ;;"
    }
}

/// What completions of every shell offer.
enum CompletionWords {
    /// Every command that is shown in help.
    static func visible(_ command: CommandHelp) -> [CommandHelp] {
        [command] + command.commands.filter { !$0.isHidden }.flatMap { visible($0) }
    }

    /// Paths as typed, of every command below the root, aliases included.
    static func parents(_ root: CommandHelp) -> [String] {
        visible(root).dropFirst().flatMap { command in
            ([command.name] + command.aliases).map { name in
                (command.path.dropLast() + [name]).joined(separator: " ")
            }
        }
    }

    /// Options and flags that are shown in help.
    static func options(_ command: CommandHelp) -> [ArgumentHelp] {
        command.arguments.filter { $0.kind != .positional && !$0.isHidden }
    }

    /// Names of all options that take a value, each once.
    static func optionsWithValue(_ root: CommandHelp) -> [String] {
        var seen: Set<String> = []
        return visible(root).flatMap { options($0) }.filter { $0.kind == .option }
            .flatMap(\.names).filter { seen.insert($0).inserted }
    }

    /// Words that stand for themselves by their place, such as kinds of record.
    static func positionalWords(_ command: CommandHelp) -> [String] {
        command.arguments.filter { $0.kind == .positional && !$0.isHidden }.flatMap { argument in
            if case .words(let words) = argument.values { words } else { [String]() }
        }
    }

    /// Whether a file is given by its place.
    static func takesFile(_ command: CommandHelp) -> Bool {
        command.arguments.contains {
            $0.kind == .positional && ($0.values == .file || $0.values == .directory)
        }
    }
}
