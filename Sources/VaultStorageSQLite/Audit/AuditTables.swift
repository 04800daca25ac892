/// The tables of an audit file.
///
/// Unlike the store's, rows lie in order of arrival: the log is that order.
enum AuditTables {
    /// "CVau": a CareVault audit log.
    static let format = FileFormat(
        applicationID: 0x4356_6175, version: 1,
        tables: [
            "records":
                "CREATE TABLE records (sequence INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT",
            "tiles":
                "CREATE TABLE tiles (level INTEGER, position INTEGER, value BLOB NOT NULL, "
                + "PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID",
            "checkpoints":
                "CREATE TABLE checkpoints (number INTEGER PRIMARY KEY, size INTEGER NOT NULL, "
                + "note BLOB NOT NULL) STRICT",
            "checkpoints_by_size": "CREATE INDEX checkpoints_by_size ON checkpoints (size)",
            "singles":
                "CREATE TABLE singles (name INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT",
        ])

    /// `name` of the newest head in `singles`.
    static let head: Int64 = 1
    /// `name` of the row of the sealed-state chain in `singles`.
    static let sealedChain: Int64 = 2
}
