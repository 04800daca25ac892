import Synchronization
import VaultAudit
import VaultCoding
import VaultEngine
import VaultStorage
import VaultTestKit

/// What stands on the disks at one moment: store, log and header.
struct Disks: Sendable {
    var rows: [Space: [Row]]
    var log: InMemoryAuditDisk.Contents
    var header: [UInt8]

    /// Puts store and log onto empty disks.
    func write(_ disk: InMemoryDisk, _ logDisk: InMemoryAuditDisk) throws {
        let writes = rows.flatMap { space, rows in
            rows.map { Write.put(space, $0.key, $0.value) }
        }
        try InMemoryStore(disk: disk).commit(Batch(writes: writes))
        logDisk.withContents { $0 = log }
    }

    /// The value of a row.
    func value(_ space: Space, _ key: [UInt8]) -> [UInt8]? {
        rows[space]?.first { $0.key == key }?.value
    }

    /// Replaces, adds or removes a row, as somebody with an editor does.
    mutating func put(_ space: Space, _ key: [UInt8], _ value: [UInt8]?) {
        var all = (rows[space] ?? []).filter { $0.key != key }
        if let value { all.append(Row(key: key, value: value)) }
        rows[space] = all.sorted { KeyOrder.precedes($0.key, $1.key) }
    }
}

extension Office {
    /// The disks as they are.
    var disks: Disks {
        Disks(rows: disk.snapshot(), log: logDisk.withContents { $0 }, header: header.value)
    }
}

/// Keeps a copy of all disks after every write to any of them, so that each moment at which the
/// power could go off can be opened later. Writes go one at a time, so a copy is of one moment.
final class Recorder: Sendable {
    /// One moment: after this many writes, with what had been acknowledged by then.
    struct Moment: Sendable {
        let disks: Disks
        let acknowledged: Int
        let cause: Cause
    }

    /// What was written last.
    enum Cause: Sendable, Equatable { case store, log, header }

    private struct State {
        var moments: [Moment] = []
        var acknowledged = 0
    }

    private let disk: InMemoryDisk
    private let logDisk: InMemoryAuditDisk
    private let header: Office.Box<[UInt8]>
    private let gate = Mutex(State())

    init(_ office: Office) {
        disk = office.disk
        logDisk = office.logDisk
        header = office.header
    }

    var moments: [Moment] { gate.withLock { $0.moments } }

    /// Says how much has been acknowledged.
    func acknowledge(_ count: Int) { gate.withLock { $0.acknowledged = count } }

    func write<E: Error>(_ cause: Cause, _ body: () throws(E) -> Void) throws(E) {
        try gate.withLock { state throws(E) in
            try body()
            state.moments.append(
                Moment(
                    disks: Disks(
                        rows: disk.snapshot(), log: logDisk.withContents { $0 },
                        header: header.value),
                    acknowledged: state.acknowledged, cause: cause))
        }
    }

    /// The office's world, recorded.
    func world(_ office: Office) throws -> VaultEnvironment {
        let (disk, logDisk, header) = (disk, logDisk, header)
        var world = try office.world(
            store: { () throws(StorageError) in
                RecordedStore(base: InMemoryStore(disk: disk), recorder: self)
            },
            log: { () throws(AuditStoreError) in
                RecordedLog(base: InMemoryAuditStore(disk: logDisk), recorder: self)
            })
        world.writeHeader = { bytes throws(EngineError) in
            self.write(.header) { header.value = bytes }
        }
        return world
    }
}

/// A store whose commits are recorded.
private final class RecordedStore: ByteStore {
    let base: InMemoryStore
    let recorder: Recorder

    init(base: InMemoryStore, recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    func get(_ space: Space, _ key: [UInt8]) throws(StorageError) -> [UInt8]? {
        try base.get(space, key)
    }

    func scan(
        _ space: Space, from lower: [UInt8], to upper: [UInt8]?, limit: Int
    ) throws(StorageError) -> [Row] {
        try base.scan(space, from: lower, to: upper, limit: limit)
    }

    func commit(_ batch: Batch) throws(StorageError) {
        try recorder.write(.store) { () throws(StorageError) in try base.commit(batch) }
    }

    func close() { base.close() }
}

/// A log whose appends are recorded.
private final class RecordedLog: AuditStore {
    let base: InMemoryAuditStore
    let recorder: Recorder

    init(base: InMemoryAuditStore, recorder: Recorder) {
        self.base = base
        self.recorder = recorder
    }

    func state() throws(AuditStoreError) -> AuditStoreState { try base.state() }

    func append(_ batch: AuditBatch) throws(AuditStoreError) {
        try recorder.write(.log) { () throws(AuditStoreError) in try base.append(batch) }
    }

    func records(from first: UInt64, limit: Int) throws(AuditStoreError) -> [[UInt8]] {
        try base.records(from: first, limit: limit)
    }

    func tile(_ id: TileID) throws(AuditStoreError) -> [UInt8]? { try base.tile(id) }

    func newestCheckpoint() throws(AuditStoreError) -> StoredCheckpoint? {
        try base.newestCheckpoint()
    }

    func checkpoints(
        from size: UInt64, limit: Int
    ) throws(AuditStoreError) -> [StoredCheckpoint] {
        try base.checkpoints(from: size, limit: limit)
    }

    func close() { base.close() }
}
