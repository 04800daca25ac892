import Testing

@Suite struct ArchitectureTests {
    @Test func projectKeepsTheRules() throws {
        let tree = try SourceTree.project()
        #expect(tree.modules.count >= 15, "the source tree was not found")
        let problems = Rules.check(tree)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    /// A tree that breaks one rule, and the words of the refusal.
    struct Canary: CustomTestStringConvertible {
        let path: String
        let text: String
        let refusal: String
        var testDescription: String { refusal }
    }

    @Test(arguments: [
        Canary(
            path: "Sources/VaultStorage/A.swift", text: "import VaultKeyring",
            refusal: "VaultStorage → VaultKeyring: an import goes"),
        Canary(
            path: "Sources/VaultStorageSQLite/A.swift", text: "package import VaultSodium",
            refusal: "VaultStorageSQLite → VaultSodium: storage"),
        Canary(
            path: "Sources/VaultCLI/A.swift", text: "@testable import VaultEngine",
            refusal: "VaultCLI → VaultEngine: a client"),
        Canary(
            path: "Sources/VaultAudit/A.swift", text: "import struct VaultStorage.Row",
            refusal: "VaultAudit → VaultStorage: an outside auditor"),
        Canary(
            path: "Sources/VaultAccess/A.swift", text: "import VaultPlatform",
            refusal: "VaultAccess → VaultPlatform: decisions"),
        Canary(
            path: "Sources/VaultEngine/A.swift", text: "internal import NIOCore",
            refusal: "VaultEngine → NIOCore: only VaultSocket"),
        Canary(
            path: "Sources/VaultEngine/B.swift", text: "import GRDB",
            refusal: "VaultEngine → GRDB: the engine composes"),
        Canary(path: "Sources/VaultNew/A.swift", text: "", refusal: "VaultNew: no layer"),
        Canary(
            path: "Sources/VaultEngine/C.swift", text: "let a = unsafe f()",
            refusal: "VaultEngine/C.swift: `unsafe`"),
        Canary(
            path: "Sources/VaultEngine/D.swift", text: "import VaultTestKit",
            refusal: "VaultEngine/D.swift: the test kit"),
        Canary(
            path: "keys/mine.txt", text: "CAREVAULT-SECRET-" + "KEY-1 x",
            refusal: "keys/mine.txt: a secret key"),
        Canary(path: "notes/a.txt", text: "", refusal: "notes: the top level"),
    ])
    func canaryIsRefused(_ canary: Canary) {
        let problems = Rules.check(SourceTree(files: [canary.path: canary.text]))
        #expect(problems.contains { $0.contains(canary.refusal) }, "\(problems)")
    }

    @Test func twoStorageFilesWithUnsafeAreRefused() {
        let tree = SourceTree(files: [
            "Sources/VaultStorageSQLite/A.swift": "unsafe a()",
            "Sources/VaultStorageSQLite/B.swift": "unsafe b()",
        ])
        #expect(Rules.unsafeFence(tree).count == 2)
        let one = SourceTree(files: ["Sources/VaultStorageSQLite/A.swift": "unsafe a()"])
        #expect(Rules.unsafeFence(one).isEmpty)
    }

    @Test func forbiddenEdgesAreFoundThroughOthers() {
        let tree = SourceTree(files: [
            "Sources/VaultCLI/A.swift": "import VaultText",
            "Sources/VaultText/A.swift": "import VaultKeyring",
        ])
        #expect(Rules.imports(tree).contains { $0.hasPrefix("VaultCLI → VaultKeyring") })
    }

    @Test func wordsInCommentsAndStringsAreNotCode() {
        let text = "// unsafe\n/* unsafe */ let a = \"unsafe\"\nlet b = \"\"\"\nunsafe\n\"\"\"\n"
        #expect(!SourceTree.code(of: text).contains("unsafe"))
    }
}
