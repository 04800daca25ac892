import Foundation
import Testing

/// Starts this test program again to run a `HelperProgram.Task` in a directory.
enum Helper {
    /// Where strace writes what it saw.
    static let trace = "trace"

    /// Runs a task under strace with these options and returns the lines of the trace.
    static func trace(
        _ task: HelperProgram.Task, in directory: TemporaryDirectory, options: [String]
    ) async throws -> [String] {
        let strace = try #require(
            ["/usr/bin/strace", "/bin/strace", "/usr/local/bin/strace"]
                .first { FileManager.default.isExecutableFile(atPath: $0) },
            "strace is missing: install it with apt-get install strace")
        let output = directory.file(trace)
        let status = try await run(
            strace, ["-f", "-qq", "-y", "-o", output] + options + command, task, directory)
        #expect(status == 0, "the helper's own expectations hold, and strace may trace it")
        return try String(contentsOfFile: output, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// Starts a task; the caller ends it.
    static func start(
        _ task: HelperProgram.Task, in directory: TemporaryDirectory
    ) throws -> Process {
        let process = try process(command[0], Array(command.dropFirst()), task, directory)
        try process.run()
        return process
    }

    private static var command: [String] {
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        return [
            program, "--testing-library", "swift-testing", "--filter",
            "VaultStorageTests.HelperProgram",
        ]
    }

    private static func run(
        _ program: String, _ arguments: [String], _ task: HelperProgram.Task,
        _ directory: TemporaryDirectory
    ) async throws -> Int32 {
        let process = try process(program, arguments, task, directory)
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }

    private static func process(
        _ program: String, _ arguments: [String], _ task: HelperProgram.Task,
        _ directory: TemporaryDirectory
    ) throws -> Process {
        try directory.write([], to: "output")
        let output = try FileHandle(
            forWritingTo: URL(fileURLWithPath: directory.file("output")))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            HelperProgram.taskVariable: task.rawValue,
            HelperProgram.directoryVariable: directory.path,
        ]) { $1 }
        process.standardOutput = output
        process.standardError = output
        return process
    }
}
