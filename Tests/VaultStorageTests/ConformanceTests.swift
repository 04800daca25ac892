import Testing
import VaultAudit
import VaultStorage
import VaultStorageSQLite
import VaultTestKit

@Suite("The storage contract")
struct ConformanceTests {
    @Test("The suite has all its cases")
    func count() {
        #expect(StorageConformance.cases.count == 15)
    }

    @Test("In memory", arguments: StorageConformance.cases)
    func inMemory(_ conformance: StorageCase) throws {
        let disk = InMemoryDisk()
        try conformance.run(
            StoreBacking(
                create: { InMemoryStore(disk: disk) }, reopen: { InMemoryStore(disk: disk) }))
    }

    @Test("SQLite", arguments: StorageConformance.cases)
    func sqlite(_ conformance: StorageCase) throws {
        try TemporaryDirectory.with { directory in
            let path = directory.file("vault.db")
            try conformance.run(
                StoreBacking(
                    create: { try SQLiteStore.create(at: path) },
                    reopen: { try SQLiteStore.open(at: path) }))
        }
    }
}

@Suite("The audit store's contract")
struct AuditStoreConformanceTests {
    @Test("The suite has all its cases")
    func count() {
        #expect(AuditStoreConformance.cases.count == 10)
    }

    @Test("In memory", arguments: AuditStoreConformance.cases)
    func inMemory(_ conformance: AuditStoreCase) throws {
        let disk = InMemoryAuditDisk()
        try conformance.run(
            AuditStoreBacking(
                create: { InMemoryAuditStore(disk: disk) },
                reopen: { InMemoryAuditStore(disk: disk) }))
    }

    @Test("SQLite", arguments: AuditStoreConformance.cases)
    func sqlite(_ conformance: AuditStoreCase) throws {
        try TemporaryDirectory.with { directory in
            let path = directory.file("audit.db")
            try conformance.run(
                AuditStoreBacking(
                    create: { try SQLiteAuditStore.create(at: path) },
                    reopen: { try SQLiteAuditStore.open(at: path) }))
        }
    }
}
