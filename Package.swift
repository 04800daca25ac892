// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6, warnings are errors, unsafe code must say so.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

extension Target.Dependency {
    static let nioCore: Self = .product(name: "NIOCore", package: "swift-nio")
    static let nioPosix: Self = .product(name: "NIOPosix", package: "swift-nio")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    static let grdbSQLite: Self = .product(name: "GRDBSQLite", package: "GRDB.swift")
    static let logging: Self = .product(name: "Logging", package: "swift-log")
    static let lifecycle: Self = .product(
        name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let arguments: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
}

/// A Swift module of the stack.
func module(_ name: String, _ uses: [Target.Dependency], embed: String? = nil) -> Target {
    .target(
        name: name, dependencies: uses, resources: embed.map { [.embedInCode($0)] } ?? [],
        swiftSettings: settings)
}

/// A module of C: shims over what Swift cannot name.
func cModule(_ name: String, _ uses: [Target.Dependency], links: [String] = []) -> Target {
    .target(name: name, dependencies: uses, linkerSettings: links.map { .linkedLibrary($0) })
}

/// An executable.
func program(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: uses, swiftSettings: settings)
}

/// A test target; fixtures are read from the source tree.
func testModule(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: uses, swiftSettings: settings)
}

let targets: [Target] = [
    // Layer 0
    cModule("CSodium", [], links: ["sodium"]),
    cModule("CPlatform", []),
    cModule("CWipingFree", []),
    module("VaultCoding", []),
    // Layer 1
    module("VaultSodium", ["CSodium", "VaultCoding"]),
    module("VaultRecords", ["VaultCoding"]),
    module("VaultPlatform", ["CPlatform", "VaultCoding"]),
    // Layer 2
    module("VaultStatements", ["VaultSodium", "VaultCoding"]),
    module("VaultStorage", ["VaultCoding"]),
    module("VaultWire", ["VaultCoding"], embed: "Interfaces"),
    module("VaultText", ["VaultPlatform", "VaultCoding"]),
    // Layer 3
    module("VaultKeyring", ["VaultStatements", "VaultStorage", "VaultSodium", "VaultCoding"]),
    module("VaultAudit", ["VaultStatements", "VaultSodium", "VaultCoding"]),
    module("VaultAccess", ["VaultStatements", "VaultRecords", "VaultCoding"]),
    // Layer 4
    module(
        "VaultEngine",
        [
            "VaultKeyring", "VaultAudit", "VaultAccess", "VaultStatements", "VaultStorage",
            "VaultRecords", "VaultSodium", "VaultCoding",
        ]),
    module(
        "VaultStorageSQLite", ["VaultStorage", "VaultAudit", "VaultCoding", .grdb, .grdbSQLite]),
    module("VaultSocket", ["VaultWire", "VaultPlatform", "VaultCoding", .nioCore, .nioPosix]),
    // Layer 5
    module(
        "VaultDaemon",
        [
            "VaultEngine", "VaultStorageSQLite", "VaultSocket", "VaultKeyring", "VaultAudit",
            "VaultAccess", "VaultStatements", "VaultStorage", "VaultWire", "VaultText",
            "VaultRecords", "VaultSodium", "VaultPlatform", "VaultCoding", .logging, .lifecycle,
        ]),
    module(
        "VaultCLI",
        [
            "VaultAudit", "VaultStatements", "VaultWire", "VaultText", "VaultRecords",
            "VaultSodium", "VaultPlatform", "VaultCoding", .arguments,
        ]),
    // Layer 6
    program(
        "carevaultd",
        ["VaultDaemon", "VaultText", "VaultPlatform", "VaultCoding", "CWipingFree", .arguments]),
    program("carevault", ["VaultCLI"]),
    // Beside the stack, never shipped
    module(
        "VaultTestKit",
        [
            "VaultAudit", "VaultStatements", "VaultStorage", "VaultSodium", "VaultPlatform",
            "VaultCoding",
        ]),
    // Tests
    testModule("VaultCodingTests", ["VaultCoding"]),
    testModule("VaultSodiumTests", ["VaultSodium", "VaultCoding"]),
    testModule("VaultRecordsTests", ["VaultRecords", "VaultCoding"]),
    testModule("VaultPlatformTests", ["VaultPlatform", "VaultCoding"]),
    testModule("VaultTextTests", ["VaultText", "VaultPlatform", "VaultCoding"]),
    testModule("VaultStatementsTests", ["VaultStatements", "VaultSodium", "VaultCoding"]),
    testModule(
        "VaultStorageTests",
        [
            "VaultTestKit", "VaultStorage", "VaultStorageSQLite", "VaultAudit", "VaultPlatform",
            "VaultCoding",
        ]),
    testModule("VaultWireTests", ["VaultWire", "VaultCoding"]),
    testModule("VaultSocketTests", ["VaultSocket", "VaultWire", "VaultPlatform", "VaultCoding"]),
    testModule(
        "VaultKeyringTests",
        [
            "VaultKeyring", "VaultStatements", "VaultStorage", "VaultTestKit", "VaultSodium",
            "VaultCoding",
        ]),
    testModule("VaultAuditTests", ["VaultAudit", "VaultStatements", "VaultSodium", "VaultCoding"]),
    testModule(
        "VaultAccessTests", ["VaultAccess", "VaultStatements", "VaultRecords", "VaultCoding"]),
    testModule(
        "VaultEngineTests",
        [
            "VaultEngine", "VaultTestKit", "VaultStorageSQLite", "VaultKeyring", "VaultAudit",
            "VaultAccess", "VaultStatements", "VaultStorage", "VaultRecords", "VaultSodium",
            "VaultCoding",
        ]),
    testModule(
        "OperatorAttackTests",
        [
            "VaultEngine", "VaultTestKit", "VaultStorageSQLite", "VaultKeyring", "VaultAudit",
            "VaultAccess", "VaultStatements", "VaultStorage", "VaultRecords", "VaultSodium",
            "VaultCoding", .grdb,
        ]),
    testModule(
        "VaultCLITests",
        [
            "VaultCLI", "VaultText", "VaultWire", "VaultRecords", "VaultPlatform", "VaultCoding",
        ]),
    testModule(
        "VaultDaemonTests",
        [
            "VaultDaemon", "VaultEngine", "VaultWire", "VaultText", "VaultTestKit", "VaultRecords",
            "VaultAccess", "VaultStatements", "VaultPlatform", "VaultCoding",
        ]),
    testModule("ArchitectureTests", []),
]

let package = Package(
    name: "carevault",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
        .package(
            url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle",
            .upToNextMinor(from: "2.13.0")),
        .package(
            url: "https://github.com/swiftlang/swift-docc-plugin", .upToNextMinor(from: "1.5.0")),
    ],
    targets: targets
)
