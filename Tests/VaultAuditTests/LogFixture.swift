import Dispatch
import Synchronization
import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

/// A log with its keys, a clock that the test moves, and entries to append.
final class LogFixture: Sendable {
    let keys: LogKeys
    let store: MemoryAuditStore
    let sealer: EntrySealer
    let clock = Mutex<UInt64>(1_000_000)
    let health = Mutex<[LogHealth]>([])
    /// Every text that the log's key has signed.
    let signed: SignedTexts

    init(
        store: MemoryAuditStore = MemoryAuditStore(), incarnation: UInt32 = 1, seed: UInt8 = 7
    ) throws {
        self.store = store
        let vault = try #require(VaultID([UInt8](repeating: 1, count: 16)))
        let pair = SigningBox(try SigningKeyPair(seed: Self.secret(seed)))
        let signed = SignedTexts()
        self.signed = signed
        keys = LogKeys(
            origin: LogOrigin(vault: vault, node: 1, incarnation: incarnation),
            publicKey: pair.publicKey, mac: SecretBox(try Self.secret(seed &+ 1))
        ) { message in
            signed.texts.withLock { $0.append(message) }
            return pair.sign(message)
        }
        sealer = EntrySealer(vault: vault, epoch: 1, key: SecretBox(try Self.secret(9)))
    }

    static func secret(_ byte: UInt8) throws -> SecretBytes {
        try SecretBytes(copying: [UInt8](repeating: byte, count: 32).span)
    }

    /// Opens the log in this or another store.
    func open(_ store: MemoryAuditStore? = nil) throws -> AuditLog {
        try AuditLog.open(
            store: store ?? self.store,
            clock: { self.clock.withLock { $0 } },
            health: { health in self.health.withLock { $0.append(health) } })
    }

    @discardableResult
    func unseal(_ log: AuditLog) throws -> SealedSummary {
        try log.unseal(keys) { StorePosition(counter: 5, digest: SHA256.hash([5])) }
    }

    /// An unsealed log with `count` entries.
    func unsealed(_ count: Int = 0) throws -> AuditLog {
        let log = try open()
        try unseal(log)
        if count > 0 { _ = try log.appendAndWait(try entries(count)) }
        return log
    }

    func entries(_ count: Int) throws -> [FinishedEntry] {
        try (0..<count).map { _ in
            try sealer.finish(PartA(time: 1, action: .read, outcome: .success), PartB())
        }
    }

    static func sealedEntries(_ count: Int) -> [FinishedEntry] {
        (0..<count).map { _ in
            .sealedState(PartA(time: 1, action: .vaultStatus, outcome: .denied))
        }
    }

    /// The root over all records in the store, by the slow reference.
    func referenceRoot(_ size: Int? = nil) throws -> Digest {
        let leaves = try store.change { contents in
            try contents.records.prefix(size ?? contents.records.count).map {
                try LeafHash.of(record: $0)
            }
        }
        return ReferenceTree(leaves: leaves).root(0..<leaves.count)
    }
}

/// What was signed, in order.
final class SignedTexts: Sendable {
    let texts = Mutex<[[UInt8]]>([])
}

/// A key pair that closures can share.
final class SigningBox: Sendable {
    private let pair: SigningKeyPair
    let publicKey: SigningPublicKey

    init(_ pair: consuming SigningKeyPair) {
        publicKey = pair.publicKey
        self.pair = pair
    }

    func sign(_ message: [UInt8]) -> [UInt8] { pair.sign(message) }
}

/// How an append ended, as a value that can be kept.
enum Answer: Sendable, Equatable {
    case durable(Range<UInt64>)
    case failed(AuditError)

    init(_ outcome: consuming AppendOutcome) {
        switch outcome {
        case .durable(let receipt): self = .durable(receipt.sequences)
        case .failed(let error): self = .failed(error)
        }
    }

    /// The places of the entries, if they are durable.
    var sequences: Range<UInt64>? { if case .durable(let range) = self { range } else { nil } }
}

/// An append that is durable, for tests that do not hold on to the receipt.
struct Places: Sendable, Equatable {
    let sequences: Range<UInt64>
}

extension AuditLog {
    /// Appends and waits for the answer.
    func appendAndWait(_ entries: [FinishedEntry]) throws(AuditError) -> Places {
        let answer = Mutex<Answer?>(nil)
        let done = DispatchSemaphore(value: 0)
        append(entries) { outcome in
            let ended = Answer(outcome)
            answer.withLock { $0 = ended }
            done.signal()
        }
        done.wait()
        switch answer.withLock({ $0 }) {
        case .durable(let range): return Places(sequences: range)
        case .failed(let error): throw error
        case nil: throw .closed
        }
    }
}
