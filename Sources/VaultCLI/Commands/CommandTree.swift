import ArgumentParser
import VaultText

/// A name under which commands stand, and nothing by itself.
protocol ClientCommandGroup: ParsableCommand {}

/// A command that keeps the seat of a person for many commands, itself not among them.
protocol SeatTakingCommand: ParsableCommand {}

/// The commands of a program as one tree. Whoever parses, explains or completes command lines is
/// handed it, so that no command, and not the shell, has to know the root above itself.
struct CommandTree {
    private let root: any ClientCommandGroup.Type

    init(_ root: any ClientCommandGroup.Type) { self.root = root }

    // MARK: Command lines

    /// The command that a command line means.
    /// - Throws: what the parser throws; `diagnosis(of:)` tells what.
    func parse(_ arguments: [String]) throws -> any ParsableCommand {
        try root.parseAsRoot(arguments)
    }

    /// What the parser says of an error that it threw.
    func diagnosis(of error: any Error) -> (isError: Bool, text: String) {
        guard root.exitCode(for: error) != .success else {
            return (false, root.fullMessage(for: error))
        }
        return (true, root.message(for: error))
    }

    /// The names at the beginning of a command line that lead to a command, without the root's.
    func names(in arguments: [String]) -> [String] {
        var names: [String] = []
        var here: any ParsableCommand.Type = root
        for argument in arguments {
            guard let next = Self.child(of: here, named: argument) else { break }
            names.append(argument)
            here = next
        }
        return names
    }

    // MARK: Names

    /// The name of the program, then such names: as people type it.
    func path(_ names: [String]) -> String {
        ([root._commandName] + names).joined(separator: " ")
    }

    /// Whether names, the root's left out, lead to a command.
    func has(_ path: [String]) -> Bool { command(path) != nil }

    /// The names of the commands under such a path, without those that only old habits need; none
    /// where it leads nowhere.
    func names(under path: [String]) -> [String] {
        command(path).map { command in
            Self.children(of: command).map { $0.configuration }.filter { $0.shouldDisplay }
                .compactMap { $0.commandName }
        } ?? []
    }

    /// The names of the commands that take the seat of a person for themselves.
    var seatTaking: [String] {
        Self.children(of: root).filter { $0 is any SeatTakingCommand.Type }.map { $0._commandName }
    }

    private func command(_ path: [String]) -> (any ParsableCommand.Type)? {
        var here: any ParsableCommand.Type = root
        for name in path {
            guard let next = Self.child(of: here, named: name) else { return nil }
            here = next
        }
        return here
    }

    // Those in groups are among them.
    private static func children(
        of command: any ParsableCommand.Type
    ) -> [any ParsableCommand.Type] {
        command.configuration.subcommands
    }

    private static func child(
        of command: any ParsableCommand.Type, named name: String
    ) -> (any ParsableCommand.Type)? {
        children(of: command).first { $0._commandName == name }
    }

    // MARK: Help

    /// Every command, as help, manual pages and completions show it.
    /// - Parameter words: what values may be, by what stands for them.
    func help(words: [String: [String]]) -> CommandHelp {
        let titles = Self.titles(of: root, at: [root._commandName])
        let help = HelpReader.read(root._dumpHelp(), titles: titles, words: words)
        guard let help else { preconditionFailure("internal error: the parser tells no commands") }
        return help
    }

    private static func titles(
        of command: any ParsableCommand.Type, at path: [String]
    ) -> HelpReader.Titles {
        let configuration = command.configuration
        var titles: HelpReader.Titles = [:]
        let groups = configuration.groupedSubcommands.map { group in
            (Optional(group.name), group.subcommands.map { $0._commandName })
        }
        if !groups.isEmpty { titles[path] = groups }
        for child in configuration.subcommands {
            titles.merge(Self.titles(of: child, at: path + [child._commandName])) { $1 }
        }
        return titles
    }
}
