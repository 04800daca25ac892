import Foundation
import VaultStorage

/// What has to be true of a file before SQLite may open it, which would make a missing one.
enum DatabaseFile {
    /// Makes an empty file that only its owner can read, or throws `exists`.
    ///
    /// SQLite gives its companions (write-ahead log, shared index) the mode of the file, so the mode
    /// is set while the file is still empty.
    static func create(at path: String) throws(StorageError) {
        do {
            // Exclusive creation: never an existing file, never through a link.
            try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch let error as CocoaError {
            switch error.code {
            case .fileWriteFileExists: throw .exists(path: path)
            case .fileWriteOutOfSpace: throw .full(path: path)
            default:
                let code = (error.underlying as? POSIXError)?.code.rawValue ?? 0
                throw .unavailable(path: path, code: code, operation: "create")
            }
        } catch {
            throw .unavailable(path: path, code: 0, operation: "create")
        }
    }

    /// Throws `missing` unless there is a file.
    static func require(at path: String) throws(StorageError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    }

    /// Whether a write-ahead log stands beside the file.
    static func hasLog(at path: String) -> Bool { ((try? size(at: path + "-wal")) ?? 0) > 0 }

    /// Length of the file in bytes.
    static func size(at path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.size] as? Int ?? 0
    }

    /// Removes what `create` and a failed set-up left.
    static func remove(at path: String) {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
