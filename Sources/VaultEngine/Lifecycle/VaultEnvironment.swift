package import VaultAccess
package import VaultAudit
import VaultCoding
package import VaultSodium
package import VaultStorage

/// Who is at the other end of a connection, as the kernel says.
package struct Caller: Sendable, Hashable {
    /// Effective uid at connect.
    package let uid: UInt32
    /// Effective gid at connect.
    package let gid: UInt32
    /// Process id at connect: a hint for people, never decided on.
    package let pid: Int32

    /// A caller with these ids.
    package init(uid: UInt32, gid: UInt32, pid: Int32) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
    }
}

/// Everything the engine needs of the world. Paths are for messages; the closures do the work.
package struct VaultEnvironment: Sendable {
    /// Where the public header is.
    package var headerPath: String
    /// Where the store is.
    package var storePath: String
    /// Where the audit log is.
    package var logPath: String
    /// The public header's bytes.
    package var readHeader: @Sendable () throws(EngineError) -> [UInt8]
    /// Replaces the public header: atomic, durable on return.
    package var writeHeader: @Sendable ([UInt8]) throws(EngineError) -> Void
    /// Opens the existing store.
    package var openStore: @Sendable () throws(StorageError) -> any ByteStore
    /// Opens the existing log.
    package var openLog: @Sendable () throws(AuditStoreError) -> any AuditStore
    /// Microseconds since 1970, UTC.
    package var clock: @Sendable () -> UInt64
    /// Microseconds of a clock that never jumps.
    package var monotonic: @Sendable () -> UInt64
    /// Argon2id cost of new seal slots.
    package var slotCost: PasswordHash.Parameters
    /// Argon2id cost of new principals' secrets.
    package var principalCost: PasswordHash.Parameters
    /// How long logins last at most.
    package var sessionBounds = SessionBounds()
    /// Told what an operator should see in the system's journal. Typed, without personal data.
    package var diagnostics: @Sendable (Diagnostic) -> Void

    /// An environment of these parts.
    package init(
        headerPath: String, storePath: String, logPath: String,
        readHeader: @escaping @Sendable () throws(EngineError) -> [UInt8],
        writeHeader: @escaping @Sendable ([UInt8]) throws(EngineError) -> Void,
        openStore: @escaping @Sendable () throws(StorageError) -> any ByteStore,
        openLog: @escaping @Sendable () throws(AuditStoreError) -> any AuditStore,
        clock: @escaping @Sendable () -> UInt64, monotonic: @escaping @Sendable () -> UInt64,
        slotCost: PasswordHash.Parameters, principalCost: PasswordHash.Parameters,
        diagnostics: @escaping @Sendable (Diagnostic) -> Void
    ) {
        self.headerPath = headerPath
        self.storePath = storePath
        self.logPath = logPath
        self.readHeader = readHeader
        self.writeHeader = writeHeader
        self.openStore = openStore
        self.openLog = openLog
        self.clock = clock
        self.monotonic = monotonic
        self.slotCost = slotCost
        self.principalCost = principalCost
        self.diagnostics = diagnostics
    }
}

/// What the daemon writes to its own log: never a name, a content or a secret.
package enum Diagnostic: Sendable, Equatable {
    case unsealed(adopted: Int, statements: UInt64, recovered: Int)
    case sealed(reason: SealReason)
    case unsealFailed(uid: UInt32)
    case logUnavailable(detail: String)
    case logAvailable
    case storeUnavailable(detail: String)
    case quarantined(space: String, reference: String)
    case storeDiffers
    case clockMoved(microseconds: UInt64)
    case rotation(state: String, done: Int)
}

/// Why the vault sealed itself or was sealed.
package enum SealReason: String, Sendable {
    case asked, shutdown, storeUncertain = "store-uncertain", statements, log
}
