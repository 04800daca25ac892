import VaultCoding

/// Reads what the argument parser tells of its commands: the JSON of `--experimental-dump-help`.
///
/// Shape: `{"command":{"commandName","abstract","discussion","shouldDisplay","aliases",
/// "arguments":[{"kind","names":[{"kind","name"}],"valueName",…}],"subcommands":[…]}}`, format 0.
package enum HelpReader {
    /// Headings under which commands stand: the path of the group, then titles with names. The
    /// parser leaves them out of what it tells.
    package typealias Titles = [[String]: [(title: String?, names: [String])]]

    /// The program's commands.
    ///
    /// - Parameters:
    ///   - dump: the JSON.
    ///   - titles: headings; what has none comes first, under the usual one.
    ///   - words: what values may be, by the name of the value (`kind` → every kind).
    /// - Returns: nil for a text that is no such description.
    package static func read(
        _ dump: String, titles: Titles = [:], words: [String: [String]] = [:]
    ) -> CommandHelp? {
        let limits = JSON.Limits(bytes: 16 << 20, depth: 64)
        guard case .object(let whole)? = try? JSON.parse(dump, limits: limits),
            case .object(let root)? = whole["command"]
        else { return nil }
        return command(root, under: [], titles, words)
    }

    private static func command(
        _ object: JSON.Object, under path: [String], _ titles: Titles, _ words: [String: [String]]
    ) -> CommandHelp? {
        guard let name = string(object["commandName"]) else { return nil }
        let path = path + [name]
        let children = objects(object["subcommands"]).compactMap {
            command($0, under: path, titles, words)
        }.filter { path.count > 1 || $0.name != "help" }
        return CommandHelp(
            path: path, aliases: strings(object["aliases"]),
            abstract: string(object["abstract"]) ?? "",
            discussion: string(object["discussion"]) ?? "",
            isHidden: object["shouldDisplay"] == .bool(false),
            arguments: objects(object["arguments"]).compactMap { argument($0, words) },
            groups: grouped(children, titles[path] ?? []))
    }

    private static func grouped(
        _ commands: [CommandHelp], _ titles: [(title: String?, names: [String])]
    ) -> [CommandHelp.Group] {
        let titled = Set(titles.flatMap(\.names))
        let plain = commands.filter { !titled.contains($0.name) }
        let groups = titles.map { entry in
            CommandHelp.Group(
                title: entry.title, commands: commands.filter { entry.names.contains($0.name) })
        }
        return ([CommandHelp.Group(title: nil, commands: plain)] + groups)
            .filter { !$0.commands.isEmpty }
    }

    private static func argument(
        _ object: JSON.Object, _ words: [String: [String]]
    ) -> ArgumentHelp? {
        let kind: ArgumentHelp.Kind
        switch string(object["kind"]) {
        case "positional": kind = .positional
        case "option": kind = .option
        case "flag": kind = .flag
        default: return nil
        }
        let names = objects(object["names"]).compactMap { entry in
            string(entry["name"]).map { (string(entry["kind"]) == "long" ? "--" : "-") + $0 }
        }
        let abstract = string(object["abstract"]) ?? ""
        let valueName = string(object["valueName"]) ?? ""
        let listed = strings(object["allValues"])
        return ArgumentHelp(
            kind: kind, names: names, valueName: valueName, abstract: abstract,
            discussion: string(object["discussion"]) ?? "",
            defaultValue: string(object["defaultValue"]),
            values: kind == .flag ? .any : values(object, listed, valueName, words),
            listsValues: !listed.isEmpty, isOptional: object["isOptional"] == .bool(true),
            isRepeating: object["isRepeating"] == .bool(true),
            isHidden: object["shouldDisplay"] == .bool(false),
            section: string(object["sectionTitle"]),
            isOfTheParser: names.contains("--help")
                || names.contains("--version") && abstract == "Show the version.")
    }

    private static func values(
        _ object: JSON.Object, _ listed: [String], _ valueName: String,
        _ words: [String: [String]]
    ) -> ArgumentHelp.Values {
        if !listed.isEmpty { return .words(listed) }
        if case .object(let completion)? = object["completionKind"] {
            if case .object(let list)? = completion["list"] {
                return .words(strings(list["values"]))
            }
            if completion["directory"] != nil { return .directory }
            if completion["file"] != nil { return .file }
        }
        if let known = words[valueName] { return .words(known) }
        switch valueName {
        case "file", "path", "image": return .file
        case "directory": return .directory
        default: return .any
        }
    }

    private static func string(_ value: JSON.Value?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }

    private static func strings(_ value: JSON.Value?) -> [String] {
        guard case .array(let values)? = value else { return [] }
        return values.compactMap { string($0) }
    }

    private static func objects(_ value: JSON.Value?) -> [JSON.Object] {
        guard case .array(let values)? = value else { return [] }
        return values.compactMap { value in
            if case .object(let object) = value { object } else { nil }
        }
    }
}
