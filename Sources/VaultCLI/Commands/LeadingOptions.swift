/// Common options that stand before the name of the command.
enum LeadingOptions {
    /// What is left of a command line without them.
    static func withoutCommon(_ arguments: ArraySlice<String>) -> [String] {
        var left: [String] = []
        var rest = arguments
        while let first = rest.popFirst() {
            if CommonOptions.withValue.contains(first), !rest.isEmpty {
                rest.removeFirst()
            } else if !CommonOptions.flags.contains(first),
                !CommonOptions.withValue.contains(where: { first.hasPrefix("\($0)=") })
            {
                left.append(first)
            }
        }
        return left
    }

    /// Moves them to the end, where the commands declare them.
    static func movedBack(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if CommonOptions.flags.contains(first) {
                leading.append(rest.removeFirst())
            } else if CommonOptions.withValue.contains(first), rest.count > 1 {
                leading.append(rest.removeFirst())
                leading.append(rest.removeFirst())
            } else if CommonOptions.withValue.contains(where: { first.hasPrefix("\($0)=") }) {
                leading.append(rest.removeFirst())
            } else {
                break
            }
        }
        guard !rest.isEmpty else { return arguments }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + leading + Array(rest[end...])
    }
}
