import VaultStorage

/// The table of each space.
///
/// Rows are kept in key order without a row number: insertion order would tell which rows were made
/// together, and so whose they are. Bodies are the exception; their key is a number in order of
/// arrival and becomes the row number, which keeps large values out of the index pages.
enum SpaceTables {
    /// "CVst": a CareVault store.
    static let format = FileFormat(
        applicationID: 0x4356_7374, version: 1,
        tables: Dictionary(uniqueKeysWithValues: Space.allCases.map { (name($0), definition($0)) }))

    /// Name of the table of a space.
    static func name(_ space: Space) -> String {
        switch space {
        case .statements: "statements"
        case .wrappedKeys: "wrapped_keys"
        case .index: "blind_index"
        case .records: "records"
        case .bodies: "bodies"
        case .attachments: "attachments"
        case .careRows: "care_rows"
        case .tombstones: "tombstones"
        case .requests: "requests"
        case .outbox: "outbox"
        case .meta: "meta"
        }
    }

    private static func definition(_ space: Space) -> String {
        if space.isNumbered {
            "CREATE TABLE \(name(space)) (key INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT"
        } else {
            "CREATE TABLE \(name(space)) (key BLOB PRIMARY KEY, value BLOB NOT NULL) "
                + "STRICT, WITHOUT ROWID"
        }
    }
}
