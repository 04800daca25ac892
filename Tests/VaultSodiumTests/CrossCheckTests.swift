import Foundation
import Testing

/// The vector kit holds for an implementation that shares no code with this one.
///
/// Runs `check.py` with the interpreter that `CAREVAULT_PYTHON` names, else the system's; skipped
/// where that has no PyNaCl (Debian: `python3-nacl`).
@Suite struct CrossCheckTests {
    private static let python =
        ProcessInfo.processInfo.environment["CAREVAULT_PYTHON"] ?? "/usr/bin/python3"

    private static func run(_ arguments: [String]) -> (status: Int32, output: String)? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        do {
            try process.run()
        } catch {
            return nil
        }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.enabled(if: run(["-c", "import nacl"])?.status == 0, "needs PyNaCl"))
    func pythonAgreesWithEveryVector() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Vectors/sodium/check.py")
        let result = try #require(Self.run([script.path]))
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("59 of 59 vectors hold"))
    }
}
