import VaultAudit
import VaultKeyring
import VaultStatements

extension Unsealing {
    /// How far back the newest opening of an epoch is looked for: beyond what an office logs in a day,
    /// and read in a third of a second.
    private static let reach: UInt64 = 65_536
    private static let page: UInt64 = 256

    /// Refuses statements that are behind, or other than, the newest that the log names: the first entry
    /// of every audit epoch stands open and names number and hash.
    ///
    /// Pins lie in the store, and come back with it when it is rolled back. The log does not: whoever
    /// rolls back the store has to cut the log too, and that contradicts the checkpoints outside.
    func compareStatements() throws(EngineError) {
        guard let opening = try newestOpening() else { return }
        let named = ChainHead(number: opening.statement, hash: opening.statementHash)
        guard keyring.chain.contains(named) else {
            throw .damaged(
                file: world.storePath,
                detail: "the log \(world.logPath) names statement \(named.number), the store has "
                    + "\(keyring.chain.head.number) and not that one",
                remedy: "put back the files that belong together")
        }
    }

    private func newestOpening() throws(EngineError) -> EpochOpening? {
        var end = log.size
        let last = end - min(end, Self.reach)
        while end > last {
            let start = end - min(end - last, Self.page)
            let records = try fromLog(ErrorPlaces(world)) { () throws(AuditError) in
                try log.records(start..<end)
            }
            for record in records.reversed() {
                guard let a = record.content.openA, let part = try? PartA(parse: a.encoded),
                    case .epochOpened(let opening) = part.detail
                else { continue }
                return opening
            }
            end = start
        }
        return nil
    }
}
