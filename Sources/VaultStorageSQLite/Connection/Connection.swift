import GRDB
import Synchronization
import VaultStorage

/// One connection to a database file, on its own serial queue, with its prepared statements.
///
/// Whoever uses it holds `use`; `read` does so without a hop to the queue, which costs as much as a
/// third of a read. SQLite lets any thread use a connection that no other uses at the time.
///
/// GRDB's own WAL modes (`DatabasePool`, `Configuration.journalMode`) are not used: they switch to
/// `synchronous = NORMAL` after `prepareDatabase`, and commits would no longer be synced.
final class Connection<Statements: Sendable>: Sendable {
    /// Path of the file.
    let path: String
    private let queue: DatabaseQueue
    private let use = Mutex(())
    private let statements: Statements
    private let all: @Sendable (Statements) -> [RawStatement]

    /// Opens the file at `path`.
    ///
    /// `all` lists the statements that `prepare` made, so that closing can finalize them.
    init(
        path: String, mode: ConnectionMode, format: FileFormat,
        prepare: @escaping @Sendable (Database) throws(SQLiteFailure) -> Statements,
        all: @escaping @Sendable (Statements) -> [RawStatement]
    ) throws(StorageError) {
        var configuration = Configuration()
        configuration.label = "io.carevault.storage"
        configuration.readonly = mode == .reading
        configuration.foreignKeysEnabled = false
        // Another process may hold the file for a moment (a checkpoint, a backup).
        configuration.busyMode = .timeout(5)
        // A rollback that fails must not end the process; the store refuses further commits instead.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try Pragmas.apply(to: database, path: path, mode: mode, format: format)
        }
        self.path = path
        self.all = all
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            statements = try queue.unsafeRead { try prepare($0) }
        } catch {
            throw StorageError(error, path: path, operation: StorageError.opening)
        }
    }

    /// Runs `body` alone on the connection's queue. Blocks; must not be nested.
    func run<Value: Sendable>(
        _ body: (Database, Statements) -> Result<Value, StorageError>
    ) throws(StorageError) -> Value {
        try queue.unsafeRead { database in use.withLock { _ in body(database, statements) } }.get()
    }

    /// Runs `body` alone with the statements, on the caller's thread. Blocks; must not be nested.
    func read<Value: Sendable>(
        _ body: (Statements) -> Result<Value, StorageError>
    ) throws(StorageError) -> Value {
        try use.withLock { _ in body(statements) }.get()
    }

    /// Reads the whole file and checks the order and structure of all its pages; throws `corrupt`.
    func checkIntegrity() throws(StorageError) {
        try run { [path] database, _ -> Result<Void, StorageError> in
            do {
                let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
                guard verdict == "ok" else {
                    // SQLite's verdict names pages and trees, and may quote a key: not shown.
                    return .failure(.corrupt(path: path, detail: "integrity check failed"))
                }
                return .success(())
            } catch {
                return .failure(StorageError(error, path: path, operation: "check"))
            }
        }
    }

    /// Waits for running calls, then finalizes and closes; later calls throw `closed`.
    func close() {
        queue.unsafeRead { _ in
            use.withLock { _ in
                for statement in all(statements) { statement.finalize() }
            }
        }
        // With all statements gone this fails only if the last checkpoint does; the write-ahead log
        // then stays and the next opening takes it in.
        try? queue.close()
    }
}

/// What a connection is for.
enum ConnectionMode: Sendable, Equatable {
    /// The one writer, on a new and empty file.
    case creating
    /// The one writer, on an existing file.
    case writing
    /// One of the readers.
    case reading
}
