import Foundation

/// The rules of the architecture, each with the reason that a failing test prints.
enum Rules {
    /// The layer of each module; an import goes to a strictly lower one.
    static let layers: [String: Int] = [
        "CSodium": 0, "CPlatform": 0, "CWipingFree": 0, "VaultCoding": 0,
        "VaultSodium": 1, "VaultRecords": 1, "VaultPlatform": 1,
        "VaultStatements": 2, "VaultStorage": 2, "VaultWire": 2, "VaultText": 2,
        "VaultKeyring": 3, "VaultAudit": 3, "VaultAccess": 3,
        "VaultEngine": 4, "VaultStorageSQLite": 4, "VaultSocket": 4,
        "VaultDaemon": 5, "VaultCLI": 5,
        "carevaultd": 6, "carevault": 6,
        // Beside the stack: never shipped, imported by tests only.
        "VaultTestKit": 7,
    ]

    struct Edge {
        let from: [String]
        let to: [String]
        let why: String
    }

    /// Forbidden even where the layers would allow it, directly or through others.
    static let forbidden = [
        Edge(
            from: ["VaultStorage", "VaultStorageSQLite"],
            to: ["VaultRecords", "VaultKeyring"],
            why: "storage must be unable to see plaintext or keys"),
        Edge(
            from: ["VaultCLI", "VaultSocket"],
            to: ["VaultKeyring", "VaultEngine", "VaultStorage", "VaultStorageSQLite"],
            why: "a client can never hold a vault key"),
        Edge(
            from: ["VaultAccess"],
            to: [
                "VaultStorage", "VaultStorageSQLite", "VaultSocket", "VaultPlatform", "VaultEngine",
                "NIOCore", "NIOPosix", "GRDB", "Logging",
            ],
            why: "decisions are pure, so they can be tested exhaustively and replayed"),
        Edge(
            from: ["VaultAudit"],
            to: [
                "VaultStorage", "VaultStorageSQLite", "VaultKeyring", "VaultEngine",
                "VaultPlatform", "VaultRecords",
            ],
            why:
                "an outside auditor builds the verifier from VaultAudit, VaultStatements, VaultSodium and VaultCoding alone"
        ),
        Edge(
            from: ["VaultEngine", "VaultKeyring"],
            to: ["NIOCore", "NIOPosix", "GRDB", "GRDBSQLite", "Logging", "VaultPlatform"],
            why: "the engine composes; it does not talk to the world"),
    ]

    /// Forbidden as a direct import only.
    static let forbiddenDirectly = [
        Edge(
            from: ["VaultStorage", "VaultStorageSQLite"], to: ["VaultSodium"],
            why: "storage must be unable to open anything")
    ]

    /// The only modules that may name these packages.
    static let fences: [String: [String]] = [
        "NIOCore": ["VaultSocket"], "NIOPosix": ["VaultSocket"],
        "GRDB": ["VaultStorageSQLite"], "GRDBSQLite": ["VaultStorageSQLite"],
        "Logging": ["VaultDaemon"], "ServiceLifecycle": ["VaultDaemon"],
        "ArgumentParser": ["VaultCLI", "carevaultd"],
        "CSodium": ["VaultSodium"], "CPlatform": ["VaultPlatform"],
    ]

    static let topLevel: Set<String> = [
        "Package.swift", "Sources", "Tests", "keys", "scripts", "README.md",
    ]

    static func check(_ tree: SourceTree) -> [String] {
        imports(tree) + unsafeFence(tree) + secrets(tree) + shape(tree) + modulesOfTests(tree)
    }

    static func imports(_ tree: SourceTree) -> [String] {
        var problems: [String] = []
        let graph = tree.modules.mapValues { files in
            files.reduce(into: Set<String>()) { $0.formUnion(SourceTree.imports(of: $1.text)) }
        }
        for (module, imported) in graph.sorted(by: { $0.key < $1.key }) {
            guard let layer = layers[module] else {
                problems.append(
                    "\(module): no layer is known for this module; give it one in Rules.layers")
                continue
            }
            for name in imported.sorted() {
                if let other = layers[name], other >= layer {
                    problems.append("\(module) → \(name): an import goes to a strictly lower layer")
                }
                if let allowed = fences[name], !allowed.contains(module) {
                    problems.append(
                        "\(module) → \(name): only \(allowed.joined(separator: " and ")) may")
                }
            }
            for edge in forbidden where edge.from.contains(module) {
                for name in reach(module, graph).intersection(edge.to).sorted() {
                    problems.append("\(module) → \(name): \(edge.why)")
                }
            }
            for edge in forbiddenDirectly where edge.from.contains(module) {
                for name in imported.intersection(edge.to).sorted() {
                    problems.append("\(module) → \(name): \(edge.why)")
                }
            }
        }
        return problems
    }

    private static func reach(_ module: String, _ graph: [String: Set<String>]) -> Set<String> {
        var seen: Set<String> = []
        var queue = Array(graph[module] ?? [])
        while let next = queue.popLast() {
            if seen.insert(next).inserted { queue.append(contentsOf: graph[next] ?? []) }
        }
        return seen
    }

    /// `unsafe` stands in two modules and one file.
    static func unsafeFence(_ tree: SourceTree) -> [String] {
        var outside: [String] = []
        var storageFiles: [String] = []
        for (module, files) in tree.modules
        where module != "VaultSodium" && module != "VaultPlatform" {
            for (path, text) in files {
                let words = SourceTree.code(of: text).split { !$0.isLetter && $0 != "_" }
                guard words.contains("unsafe") else { continue }
                if module == "VaultStorageSQLite" {
                    storageFiles.append(path)
                } else {
                    outside.append(path)
                }
            }
        }
        if storageFiles.count > 1 { outside.append(contentsOf: storageFiles.sorted()) }
        return outside.sorted().map {
            "\($0): `unsafe` is fenced into VaultSodium, VaultPlatform and one file of VaultStorageSQLite"
        }
    }

    /// Nothing secret is committed: key files start with a loud line.
    static func secrets(_ tree: SourceTree) -> [String] {
        let prefix = "CAREVAULT-SECRET-" + "KEY-1"
        return tree.files.filter { path, text in
            text.split(separator: "\n").contains { line in
                line.hasPrefix(prefix) && !path.hasSuffix(".swift") && !path.hasSuffix(".md")
            }
        }.keys.sorted().map { "\($0): a secret key; remove it and make a new one" }
    }

    static func shape(_ tree: SourceTree) -> [String] {
        Set(tree.files.keys.map { String($0.split(separator: "/")[0]) })
            .filter { !$0.hasPrefix(".") && !topLevel.contains($0) && $0 != "Package.resolved" }
            .sorted().map { "\($0): the top level is fixed" }
    }

    /// What is shipped never imports the test kit.
    static func modulesOfTests(_ tree: SourceTree) -> [String] {
        tree.modules.flatMap { module, files in
            files.filter {
                module != "VaultTestKit" && SourceTree.imports(of: $0.text).contains("VaultTestKit")
            }
            .map { "\($0.path): the test kit is never shipped" }
        }
    }
}
