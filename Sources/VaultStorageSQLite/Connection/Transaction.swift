import GRDB
import GRDBSQLite
import Synchronization
import VaultStorage

/// The statements around every change.
struct TransactionStatements: Sendable {
    /// Takes the write lock at once, so that a commit later on cannot find it taken.
    let begin: RawStatement
    /// The commit point.
    let commit: RawStatement
    /// Undoes the transaction.
    let rollback: RawStatement

    /// Prepares the statements.
    init(on database: Database) throws(SQLiteFailure) {
        begin = try RawStatement("BEGIN IMMEDIATE", on: database)
        commit = try RawStatement("COMMIT", on: database)
        rollback = try RawStatement("ROLLBACK", on: database)
    }

    /// All statements, for closing.
    var all: [RawStatement] { [begin, commit, rollback] }
}

/// Runs transactions on a writing connection and remembers when the outcome of one is unknown.
final class TransactionRunner: Sendable {
    private let doubt = Atomic(false)
    private let path: String

    /// The runner for the one writing connection of the file at `path`.
    init(path: String) {
        self.path = path
    }

    /// Whether a commit has had an unknown outcome since the file was opened.
    var isInDoubt: Bool { doubt.load(ordering: .sequentiallyConsistent) }

    /// Runs `body` between BEGIN and COMMIT, on the connection's queue.
    ///
    /// Commit point: SQLite's sync of the write-ahead log inside COMMIT. If we die before it, the
    /// frames have no commit mark on the medium and recovery drops them; after it, recovery finds
    /// them. An input or output error *at* COMMIT leaves the mark written or not, synced or not, and
    /// a second sync that succeeds proves nothing (the system may have dropped the pages): the
    /// outcome is unknown until the file is opened again, so nothing may be committed on top.
    func run(
        _ database: Database, _ statements: TransactionStatements,
        _ body: () throws(StorageError) -> Void
    ) throws(StorageError) {
        guard !isInDoubt else {
            throw .outcomeUnknown(path: path)
        }
        do throws(SQLiteFailure) {
            try Self.execute(statements.begin)
        } catch {
            throw StorageError(error, path: path, operation: "begin")
        }
        do throws(StorageError) {
            try body()
        } catch {
            undo(database, statements.rollback)
            throw error
        }
        do throws(SQLiteFailure) {
            try Self.execute(statements.commit)
        } catch {
            undo(database, statements.rollback)
            guard Self.isUndone(error) else {
                doubt.store(true, ordering: .sequentiallyConsistent)
                throw .outcomeUnknown(path: path)
            }
            throw StorageError(error, path: path, operation: "commit")
        }
    }

    /// Whether a failure at COMMIT is one after which certainly nothing is committed: the log could
    /// not grow to take the commit mark, or the lock was never there.
    private static func isUndone(_ failure: SQLiteFailure) -> Bool {
        failure.primaryCode == SQLITE_FULL || failure.primaryCode == SQLITE_BUSY
    }

    /// Ends the transaction, unless SQLite has done so itself, as it does after some errors.
    private func undo(_ database: Database, _ rollback: RawStatement) {
        guard database.isInsideTransaction else { return }
        try? Self.execute(rollback)
        if database.isInsideTransaction {
            doubt.store(true, ordering: .sequentiallyConsistent)
        }
    }

    private static func execute(_ statement: RawStatement) throws(SQLiteFailure) {
        defer { statement.reset() }
        _ = try statement.step()
    }
}
