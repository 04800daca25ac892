import Foundation

/// The project's files as text: what the rules are checked on. A canary is a tree made by hand.
struct SourceTree {
    /// Path from the root → content.
    var files: [String: String]

    /// The tree this test was built from.
    static func project() throws -> SourceTree {
        var files: [String: String] = [:]
        for folder in ["Sources", "Tests", "keys", "scripts"] {
            let base = root.appendingPathComponent(folder)
            let walk = FileManager.default.enumerator(
                at: base, includingPropertiesForKeys: [.isRegularFileKey])
            while let url = walk?.nextObject() as? URL {
                guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
                    !url.path.contains("/.build")
                else { continue }
                let path = String(url.standardizedFileURL.path.dropFirst(root.path.count + 1))
                files[path] = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path)
        where files.keys.allSatisfy({ !$0.hasPrefix(name + "/") }) {
            files[name] = ""
        }
        return SourceTree(files: files)
    }

    static let root = URL(fileURLWithPath: #filePath).standardizedFileURL
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Swift sources of the shipped modules, by module.
    var modules: [String: [(path: String, text: String)]] {
        var result: [String: [(String, String)]] = [:]
        for (path, text) in files where path.hasPrefix("Sources/") && path.hasSuffix(".swift") {
            let parts = path.split(separator: "/")
            guard parts.count > 2 else { continue }
            result[String(parts[1]), default: []].append((path, text))
        }
        return result
    }

    /// The modules that a source text imports.
    static func imports(of text: String) -> Set<String> {
        var result: Set<String> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"),
                words[..<index].allSatisfy({ $0.hasPrefix("@") || access.contains($0) })
            else { continue }
            let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol"]
            guard let name = words[(index + 1)...].first(where: { !kinds.contains($0) }) else {
                continue
            }
            result.insert(String(name.split(separator: ".")[0]))
        }
        return result
    }

    private static let access: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate",
    ]

    /// The text without comments and string contents, so that words are code.
    static func code(of text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let character = rest.first {
            if rest.hasPrefix("//") {
                rest = rest.drop { $0 != "\n" }
            } else if rest.hasPrefix("/*") {
                rest = rest.range(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if rest.hasPrefix("\"\"\"") {
                rest = rest.dropFirst(3)
                rest = rest.range(of: "\"\"\"").map { rest[$0.upperBound...] } ?? ""
            } else if character == "\"" {
                rest = rest.dropFirst()
                while let next = rest.first, next != "\"", next != "\n" {
                    rest = rest.dropFirst(next == "\\" ? 2 : 1)
                }
                rest = rest.dropFirst()
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
