import VaultText

/// `carevault --generate DIRECTORY`, for those who install it: writes completions and manual pages.
enum GeneratedFiles {
    /// Writes them if the command line asks for it.
    /// - Returns: how the program ends; nil when something else is asked for.
    static func asked(_ arguments: [String], _ help: ClientHelp) -> ExitStatus? {
        guard let directory = HelpFiles.directory(arguments) else { return nil }
        let files = HelpFiles(
            help.root, section: 1, version: ClientVersion.text, others: ["carevaultd(8)"])
        do {
            try files.write(to: directory)
            return .success
        } catch {
            return help.fail(.platform(error), arguments)
        }
    }
}
