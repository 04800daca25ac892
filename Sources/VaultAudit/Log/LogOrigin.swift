package import VaultCoding

/// Which log: `<vault id>/<node>/<incarnation>`.
///
/// One log per daemon; a restore or an accepted rollback starts the next incarnation. The origin is
/// the first line of a checkpoint and the name of the log's verifier key.
package struct LogOrigin: Hashable, Sendable {
    /// The vault.
    package let vault: VaultID
    /// The daemon's number in the vault; 0 where there is one.
    package let node: UInt32
    /// Counts restores and accepted rollbacks, from 1.
    package let incarnation: UInt32

    /// From its parts.
    package init(vault: VaultID, node: UInt32, incarnation: UInt32) {
        self.vault = vault
        self.node = node
        self.incarnation = incarnation
    }

    /// From the text form, in its one spelling.
    package init(parse text: String) throws(CodingError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let node = UInt32(parts[1]), let incarnation = UInt32(parts[2])
        else { throw .invalid(what: "origin of a log", at: 0) }
        self.init(vault: try VaultID(text: String(parts[0])), node: node, incarnation: incarnation)
        guard self.text == text else { throw .invalid(what: "origin of a log", at: 0) }
    }

    /// The text form.
    package var text: String { "\(vault.text)/\(node)/\(incarnation)" }
}
