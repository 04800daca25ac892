import Foundation
import Synchronization
import Testing
import VaultEngine
import VaultPlatform
import VaultText
import VaultWire

@testable import VaultDaemon

/// What a daemon sees of its machine: each finding comes and goes.
@Suite struct MachineCheckTests {
    /// A data directory and a socket directory, with as much room as a test says.
    private final class Machine: Sendable {
        let data: DataDirectory
        let socket: String
        let free = Mutex<[String: UInt64]>([:])
        let before = Mutex<[HealthCode: HealthColour]>([:])
        private let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            data = DataDirectory(directory.file("data"))
            try Files.createDirectory(data.path, mode: 0o700)
            try Files.createDirectory(directory.file("run"), mode: 0o750)
            socket = directory.file("run/vault.sock")
            for file in [data.header, data.store, data.log, data.reserve, data.lock] {
                try Files.writeDurably(file, [], mode: 0o600)
            }
        }

        func look(asRoot: Bool = false) -> [HealthCode: HealthFinding] {
            let check = MachineCheck(
                data: data, socketPath: socket, isServiceOfRoot: asRoot,
                freeSpace: { path in self.free.withLock { $0[path] } })
            let found = check.look { code in self.before.withLock { $0[code] ?? .green } }
            let all = Dictionary(uniqueKeysWithValues: found.map { ($0.code, $0) })
            before.withLock { $0 = all.mapValues(\.colour) }
            return all
        }

        func setFree(_ path: String, _ bytes: UInt64) { free.withLock { $0[path] = bytes } }
    }

    @Test func aGoodMachineHasNoFindings() throws {
        let machine = try Machine()
        #expect(machine.look().isEmpty)
        machine.setFree(machine.data.path, 1 << 40)
        #expect(machine.look().isEmpty)
    }

    @Test func theDiskFillsAndIsEmptied() throws {
        let machine = try Machine()
        let data = machine.data.path
        let (mebi, gibi): (UInt64, UInt64) = (1 << 20, 1 << 30)
        let steps: [(free: UInt64, colour: HealthColour?)] = [
            (gibi, nil), (gibi - 1, .amber), (gibi + mebi, .amber), (gibi + gibi / 4, nil),
            (gibi + mebi, nil), (32 * mebi - 1, .red), (39 * mebi, .red), (40 * mebi, .amber),
            (0, .red), (2 * gibi, nil),
        ]
        for step in steps {
            machine.setFree(data, step.free)
            let found = machine.look()[.diskLow]
            #expect(found?.colour == step.colour, "\(step.free)")
            if let found { #expect(found.value == step.free && found.detail == data) }
        }
    }

    @Test func theRuntimeDirectoryFills() throws {
        let machine = try Machine()
        let directory = Files.parent(of: machine.socket)
        machine.setFree(directory, 1 << 19)
        #expect(machine.look()[.runtimeFull]?.colour == .amber)
        machine.setFree(directory, 0)
        #expect(machine.look()[.runtimeFull]?.colour == .red)
        machine.setFree(directory, 1 << 21)
        #expect(machine.look()[.runtimeFull] == nil)
    }

    @Test func weakSettingsAreSeenWhileItRuns() throws {
        let machine = try Machine()
        #expect(machine.look(asRoot: true).keys.sorted { $0.rawValue < $1.rawValue } == [.asRoot])

        try Files.setMode(machine.data.path, 0o750)
        #expect(machine.look()[.directoryOpen]?.colour == .red)
        try Files.setMode(machine.data.path, 0o700)
        #expect(machine.look().isEmpty)

        try Files.writeDurably(machine.socket, [], mode: 0o666)
        #expect(machine.look()[.socketOpen]?.detail == machine.socket)
        try Files.setMode(machine.socket, 0o660)
        #expect(machine.look().isEmpty)
    }

    @Test func aKeyFileAmongTheVaultsFilesIsFound() throws {
        let machine = try Machine()
        let key = Array("CAREVAULT-SECRET-KEY-1\n\(String(repeating: "A", count: 43))=\n".utf8)
        for name in ["seal.key", "lock.key", "vault.db-2", ".hidden"] {
            let path = Files.join(machine.data.path, name)
            try Files.writeDurably(path, key, mode: 0o400)
            #expect(machine.look()[.keyFileInside]?.detail == path)
            try Files.remove(path)
        }
        // Nothing else is one, and the databases are not read.
        try Files.writeDurably(
            Files.join(machine.data.path, "notes"), Array("CAREVAULT".utf8), mode: 0o600)
        try Files.writeDurably(
            Files.join(machine.data.path, "vault.db-wal"), key, mode: 0o600)
        #expect(machine.look().isEmpty)
    }

    /// Codes, sentences and the documentation name the same.
    @Test func everyCodeHasItsSentencesAndItsRow() throws {
        let codes = HealthCode.allCases.map(\.rawValue)
        #expect(codes == HealthTopic.allCases.map(\.rawValue))
        let page = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/VaultDaemon/VaultDaemon.docc/Health.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let documented = rows.map { String($0.split(separator: "`")[1]) }
        #expect(documented.sorted() == codes.sorted())
        for code in HealthCode.allCases {
            let row = try #require(rows.first { $0.hasPrefix("| `\(code.rawValue)` |") })
            #expect(row.contains("\(code.colour)"), "\(row)")
            let words = try #require(
                HealthMessages(code: code.rawValue, detail: "/some/path", value: 3))
            for message in [words.cause, words.remedy] {
                let (english, chinese) = (
                    message.text(in: .english), message.text(in: .simplifiedChinese)
                )
                #expect(english != chinese && english.hasSuffix(".") && chinese.hasSuffix("。"))
            }
        }
    }
}
