import GRDB
import VaultStorage

/// The statements of a reading connection, all spaces.
struct ReaderStatements: Sendable {
    private let spaces: [ReadStatements]

    /// Prepares the statements.
    init(on database: Database) throws(SQLiteFailure) {
        var spaces: [ReadStatements] = []
        for space in Space.allCases { spaces.append(try ReadStatements(space, on: database)) }
        self.spaces = spaces
    }

    /// The statements of one space. Raw values begin at 1 and have no gaps.
    subscript(space: Space) -> ReadStatements { spaces[Int(space.rawValue) - 1] }

    /// All statements, for closing.
    var all: [RawStatement] { spaces.flatMap(\.all) }
}

/// The statements of the writing connection, all spaces and the transaction's own.
struct WriterStatements: Sendable {
    /// Reading, for preconditions.
    let reading: ReaderStatements
    /// Around every commit.
    let transaction: TransactionStatements
    private let spaces: [WriteStatements]

    /// Prepares the statements.
    init(on database: Database) throws(SQLiteFailure) {
        reading = try ReaderStatements(on: database)
        transaction = try TransactionStatements(on: database)
        var spaces: [WriteStatements] = []
        for space in Space.allCases { spaces.append(try WriteStatements(space, on: database)) }
        self.spaces = spaces
    }

    /// The statements of one space.
    subscript(space: Space) -> WriteStatements { spaces[Int(space.rawValue) - 1] }

    /// All statements, for closing.
    var all: [RawStatement] { reading.all + transaction.all + spaces.flatMap(\.all) }
}
