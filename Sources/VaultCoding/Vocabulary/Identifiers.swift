/// The kinds of things that carry random 128-bit identifiers.
package enum Named {
    /// One vault, from its init to its end.
    package enum Vault {}
    /// A person or service with an account in the vault.
    package enum Principal {}
    /// A person about whom files are kept.
    package enum Subject {}
    /// One record of a subject, through all its versions.
    package enum Record {}
    /// One entry of the audit log.
    package enum Entry {}
    /// One login.
    package enum Session {}
    /// One request; entries of one request share it.
    package enum Request {}
    /// A client's name for one write, so that a retry is recognised.
    package enum Idempotency {}
}

package typealias VaultID = Identifier<Named.Vault>
package typealias PrincipalID = Identifier<Named.Principal>
package typealias SubjectID = Identifier<Named.Subject>
package typealias RecordID = Identifier<Named.Record>
package typealias EntryID = Identifier<Named.Entry>
package typealias SessionID = Identifier<Named.Session>
package typealias RequestID = Identifier<Named.Request>
package typealias IdempotencyID = Identifier<Named.Idempotency>
