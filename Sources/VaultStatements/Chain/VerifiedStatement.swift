package import VaultCoding

/// A statement that the chain has accepted: every signature and rule held at its place. Only
/// ``StatementChain`` makes one.
package struct VerifiedStatement: Sendable, Hashable {
    /// The statement as stored.
    package let statement: Statement
    /// What it says.
    package let content: StatementBody
    /// The hash of its head.
    package let hash: Digest

    init(statement: Statement, content: StatementBody, hash: Digest) {
        self.statement = statement
        self.content = content
        self.hash = hash
    }

    /// The head.
    package var head: StatementHead { statement.head }
    /// The place in the chain.
    package var place: ChainHead { ChainHead(number: head.number, hash: hash) }
}
