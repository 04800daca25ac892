package import VaultPlatform

/// The files that go beside an installed program: completions and manual pages.
///
/// ```
/// completions/bash/carevault   completions/zsh/_carevault   completions/fish/carevault.fish
/// man/man1/carevault.1         man/zh_CN/man1/carevault.1   … one page for each command
/// man/man5/carevaultd.json.5   man/zh_CN/man5/carevaultd.json.5   … and for each file
/// ```
package struct HelpFiles: Sendable {
    /// Paths below the directory, and contents.
    package let files: [(path: String, text: String)]

    /// The files of a program.
    ///
    /// - Parameters:
    ///   - section: of the manual: 1 or 8.
    ///   - version: such as `0.1.0`.
    ///   - others: pages of other programs to see.
    ///   - formats: pages of the files that the program reads.
    package init(
        _ root: CommandHelp, section: Int, version: String, others: [String],
        formats: [FileManualPage] = []
    ) {
        var files = [
            ("completions/bash/\(root.name)", BashCompletion.script(root)),
            ("completions/zsh/_\(root.name)", ZshCompletion.script(root)),
            ("completions/fish/\(root.name).fish", FishCompletion.script(root)),
        ]
        for language in Language.allCases {
            let folder = language == .english ? "man" : "man/zh_CN"
            for command in [root] + root.commands.filter({ !$0.isHidden }) {
                let page = ManualPage(
                    command, of: root, section: section, version: "\(root.name) \(version)",
                    language: language, others: others)
                files.append(("\(folder)/man\(section)/\(page.name).\(section)", page.text))
            }
            let format = FileManualPage.section
            for page in formats {
                let path = "\(folder)/man\(format)/\(page.name).\(format)"
                files.append((path, page.text(in: language)))
            }
        }
        self.files = files
    }

    /// Writes them below a directory, which is made where it is missing; readable for everybody.
    package func write(to directory: String) throws(PlatformError) {
        for file in files {
            let path = Files.join(directory, file.path)
            let parent = Files.parent(of: path)
            if try !Files.exists(parent) {
                try Files.createDirectory(parent, mode: 0o755, withParents: true)
            }
            try Files.writeDurably(path, Array(file.text.utf8), mode: 0o644)
        }
    }

    /// The directory that a command line asks to write to: `--generate DIRECTORY` and nothing else.
    package static func directory(_ arguments: [String]) -> String? {
        guard arguments.count == 2, arguments[0] == "--generate", !arguments[1].isEmpty else {
            return nil
        }
        return arguments[1]
    }
}
