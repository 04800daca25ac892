package import VaultCoding
package import VaultSodium
package import VaultStatements
package import VaultStorage

/// Why keys could not be opened, made or moved, sorted by whose matter it is.
///
/// No case carries a secret, a name or anything about a subject; compartments, numbers of keys and
/// statements and kinds of rows are not secret from those who see these errors.
package enum KeyringError: Error, Equatable, Sendable {
    // The caller's

    /// The text is neither eight words of the list nor a key file; `word` is the place (from 1) of
    /// the first word that is not in the list, if that is the reason. Found before any derivation.
    case secretMalformed(word: Int?)
    /// The secret opens nothing here.
    case wrongSecret
    /// There is no such enrolment code for this principal, or it is another one.
    case codeUnknown
    /// The enrolment code is too old.
    case codeExpired
    /// The session lacks the compartment's current generation: it may read, not write.
    case staleGeneration(Compartment)
    /// The statements before give this principal no such right, so no key is boxed to it.
    case notGranted
    /// A label, a list or a text is longer than the format allows.
    case tooLong(what: String, limit: Int)
    /// Nobody could open the vault: at least one slot must stay.
    case lastSlot
    /// There is no slot with this identifier.
    case slotUnknown
    /// An epoch of the storage key is already being retired; complete that first.
    case rotationRunning
    /// No rotation of the storage key is running.
    case noRotation
    /// That many rows are still under the old storage key.
    case rowsRemain(Int)
    /// The vault is founded already: nobody takes a seat any more.
    case alreadyFounded
    /// Another principal holds this seat of the founding.
    case foundingSeatTaken
    /// The draft of the founding does not name this principal's keys, or no longer stands on the
    /// newest statement.
    case foundingDraftDiffers
    /// The twelve words do not belong to the key that the draft names.
    case wordsDiffer

    // Damaged, or changed by somebody who may not

    /// The header is not in its format; `what` is the member.
    case headerMalformed(what: String)
    /// The header is of a format that this program does not know.
    case headerFormat(Int64)
    /// The header is whole but not the one that the vault wrote: its MAC or its hash differs.
    case headerChanged
    /// The header lacks the storage key of this epoch, which the statements name.
    case storageKeyMissing(epoch: UInt32)
    /// A row that must be there is not.
    case rowMissing(RowKind)
    /// A row cannot be opened or read: damaged, of another place, or under another key.
    case rowDamaged(RowKind)
    /// A box holds another key than the statement names, or was made for another place or person.
    case boxMismatch(kind: BoxKind, scope: String, number: UInt32)
    /// A blob holds other keys than the statements name for this principal.
    case identityMismatch
    /// The pins are of another vault.
    case pinOtherVault
    /// The chain ends before the newest statement that the principal has seen.
    case pinRolledBack(pinned: UInt64, found: UInt64)
    /// The chain holds another statement at this number than the principal has seen.
    case pinForked(number: UInt64)
    /// A fence row differs from the statements.
    case fenceMismatch(Fence)

    // Of the modules below

    /// The store refused.
    case storage(StorageError)
    /// The cryptographic library refused: memory, or a size.
    case sodium(SodiumError)
    /// The chain of statements refused.
    case statement(StatementError)
}

extension KeyringError: CustomStringConvertible {
    /// What happened, where, and what to do, in one line.
    package var description: String {
        switch self {
        case .secretMalformed(let word?):
            "word \(word) of the secret is not in the list; type the eight words again"
        case .secretMalformed(nil):
            "the secret is neither eight words nor a key file; check what was given"
        case .wrongSecret: "the secret does not open this; check which one was given"
        case .codeUnknown: "the enrolment code is not the one issued; ask the operator"
        case .codeExpired: "the enrolment code has expired; ask the operator for a new one"
        case .staleGeneration(let compartment):
            "this login lacks the newest key of \(compartment.rawValue); log in again to write"
        case .notGranted: "no statement grants this; a grant must come first"
        case .tooLong(let what, let limit): "\(what) is longer than \(limit)"
        case .lastSlot: "the last slot cannot be removed; add another one first"
        case .slotUnknown: "there is no such slot; list the slots for their identifiers"
        case .rotationRunning: "a rotation of the storage key is running; complete it first"
        case .noRotation: "no rotation of the storage key is running; start one first"
        case .rowsRemain(let count):
            "\(count) rows are still under the old storage key; let the rotation go on"
        case .alreadyFounded: "the vault is founded; enrol without a seat and be granted"
        case .foundingSeatTaken: "this seat of the founding is taken by another principal"
        case .foundingDraftDiffers:
            "the founding draft does not fit these keys or is outdated; show it anew"
        case .wordsDiffer: "the words are not those of the key in the draft; do not sign"
        case .headerMalformed(let what):
            "vault.json is damaged (\(what)); restore it from a backup"
        case .headerFormat(let format):
            "vault.json has format \(format), which this program does not know; use a newer one"
        case .headerChanged:
            "vault.json and vault.db do not belong together: the store names another header; put back the files of one day"
        case .storageKeyMissing(let epoch):
            "vault.json lacks the storage key of epoch \(epoch); restore it from a backup"
        case .rowMissing(let row): "the \(row.rawValue) is missing from the store; restore a backup"
        case .rowDamaged(let row): "the \(row.rawValue) cannot be opened; restore a backup"
        case .boxMismatch(let kind, let scope, let number):
            "the box of the \(kind.rawValue) key \(scope) \(number) does not hold that key; "
                + "somebody changed the store"
        case .identityMismatch:
            "the principal's keys are not those in the statements; somebody changed the store"
        case .pinOtherVault: "this is not the vault that the principal enrolled in"
        case .pinRolledBack(let pinned, let found):
            "statement \(pinned) was seen before, the chain ends at \(found); it was cut"
        case .pinForked(let number):
            "statement \(number) is not the one seen before; the chain was replaced"
        case .fenceMismatch(let fence):
            "the fence of \(fence.name) differs from the statements; restore a backup"
        case .storage(let error): error.description
        case .sodium(let error): error.description
        case .statement(let error): "statements: \(error)"
        }
    }
}

/// Runs `body`, an error of the store as a keyring error.
func fromStore<R>(_ body: () throws(StorageError) -> R) throws(KeyringError) -> R {
    do { return try body() } catch { throw .storage(error) }
}

/// Runs `body`, an error of the cryptographic library as a keyring error.
func fromSodium<R: ~Copyable>(_ body: () throws(SodiumError) -> R) throws(KeyringError) -> R {
    do { return try body() } catch { throw .sodium(error) }
}

/// Runs `body`, which opens or reads a row: whatever makes it refuse the bytes says `rowDamaged`.
func opening<R: ~Copyable>(
    _ row: RowKind, _ body: () throws(SodiumError) -> R
) throws(KeyringError) -> R {
    do {
        return try body()
    } catch .outOfMemory {
        throw .sodium(.outOfMemory)
    } catch {
        throw .rowDamaged(row)
    }
}

/// Runs `body`, which parses what a row held.
func parsing<R>(
    _ row: RowKind, _ body: () throws(CodingError) -> R
) throws(KeyringError) -> R {
    do { return try body() } catch { throw .rowDamaged(row) }
}
