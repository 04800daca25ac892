import Foundation
import Testing
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// Sealed and unsealed: who may change it, what is told, and what works in each.
@Suite struct SealingTests {
    private func unseal(_ name: String, _ secret: [UInt8], _ office: Office) throws {
        _ = try office.vault.unseal(
            secret: try Office.secret(secret), caller: office.caller(name))
    }

    @Test func wrongSecretsAndStrangersStayOutside() throws {
        let office = try Office.open()
        office.vault.shutdown()
        try office.kill()
        let wrong = try #require(office.secrets["olga"])
        let before = office.disks.rows
        #expect(try failure { try unseal("olga", wrong, office) } == .wrongSecret)
        #expect(try failure { try unseal("olga", [1, 2, 3], office) } == .wrongSecret)
        // From an account that is not listed, no secret counts: right or wrong, the answer is one.
        for secret in [office.sealSecret, wrong] {
            #expect(try failure { try unseal("nina", secret, office) } == .mayNotUnseal)
        }
        #expect(office.vault.isSealed)
        let isUntouched = office.disks.rows == before
        #expect(isUntouched)
        let report = try office.unseal()
        // Start and four refusals were told while sealed, and are adopted.
        #expect(report.adopted == 5)
        #expect(try failure { try office.unseal() } == .alreadyUnsealed)
        let lines = try office.lines()
        let refused = lines.filter { $0.a?.action == .vaultUnseal && $0.a?.outcome == .denied }
        #expect(refused.map { $0.a?.actor.uid } == [1001, 1001, 1004, 1004])
        #expect(refused.allSatisfy { $0.leaf.epoch == 0 })
        let opened = try #require(
            lines.last { $0.a?.action == .vaultUnseal && $0.a?.outcome == .success })
        // The daemon was started anew, so nothing vouches for them.
        #expect(opened.a?.detail == .unsealed(SealedSummary(adopted: 5, vouched: 0)))
    }

    @Test func whatIsToldBetweenSealAndUnsealIsVouchedFor() throws {
        let office = try Office.open()
        let wrong = try #require(office.secrets["olga"])
        try office.vault.seal(try office.login("olga"))
        for _ in 0..<3 {
            #expect(try failure { try unseal("olga", wrong, office) } == .wrongSecret)
        }
        #expect(try office.unseal().adopted == 3)
        let opened = try office.lines().last {
            $0.a?.action == .vaultUnseal && $0.a?.outcome == .success
        }
        #expect(opened?.a?.detail == .unsealed(SealedSummary(adopted: 3, vouched: 3)))
        // And once more: each seal begins a chain of its own.
        try office.vault.seal(try office.login("olga"))
        _ = try failure { try unseal("olga", wrong, office) }
        try office.unseal()
        let next = try office.lines().last {
            $0.a?.action == .vaultUnseal && $0.a?.outcome == .success
        }
        #expect(next?.a?.detail == .unsealed(SealedSummary(adopted: 1, vouched: 1)))
    }

    @Test func secretsAtTheSealAreSlowedDownToo() throws {
        let office = try Office()
        let wrong = try #require(office.secrets["olga"])
        for _ in 0...LoginLimits.freeFailures {
            #expect(try failure { try unseal("olga", wrong, office) } == .wrongSecret)
        }
        guard case .tooManyRequests(let wait) = try failure({ try office.unseal() }) else {
            Issue.record("not slowed down")
            return
        }
        office.time.change { $0 += wait }
        try office.unseal()
    }

    @Test func nothingWorksWhileSealed() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let olga = try office.login("olga")
        let ada = try office.addSubject("Ada Lovelace", nina)
        try office.vault.seal(olga)
        let attempts: [() throws -> Void] = [
            { _ = try office.login("nina") },
            { _ = try office.read(ada.subject, ada.record, nina) },
            { _ = try office.find("x", nina) }, { _ = try office.addSubject("x", nina) },
            { _ = try office.vault.principals(olga) }, { try office.vault.seal(olga) },
            { _ = try office.vault.keyStatus(olga) }, { try office.vault.logout(nina) },
        ]
        for attempt in attempts { #expect(try failure(attempt) == .sealed) }
        let status = office.vault.status(for: office.caller("olga"))
        #expect(status.nextStep == .unseal && status.founded == nil)
        #expect(status.storageEpoch == nil && status.fingerprintWords == nil)
        // The key material is gone from the logins that somebody still holds.
        #expect(nina.care == nil && olga.audit == nil)
        try office.unseal()
        #expect(try office.find("Ada Lovelace", try office.login("nina")).count == 1)
    }

    @Test func aShutVaultStaysShut() throws {
        let office = try Office.open()
        office.vault.shutdown()
        #expect(office.vault.isSealed)
        #expect(throws: EngineError.self) { try office.unseal() }
        office.vault.shutdown()
    }

    @Test func everyStartAndStopIsTold() throws {
        let office = try Office.open()
        for _ in 0..<3 {
            office.vault.shutdown()
            // Unsealed at once: the start is still on its way to the log.
            office.vault = try Vault(try office.world())
            try office.unseal()
        }
        let lines = try office.lines()
        // One at the making of the office, one after it, three here; stops likewise.
        #expect(lines.count { $0.a?.action == .vaultStart } == 5)
        #expect(lines.count { $0.a?.action == .vaultStop } == 4)
        #expect(lines.count { $0.a?.action == .vaultUnseal } == 4)
        #expect(lines.first { $0.a?.action == .vaultInit } != nil)
    }

    /// A doubt asks for a seal, which comes later: when the vault may have been sealed and unsealed
    /// already, and then it is not about this life.
    @Test func aDoubtOfBeforeDoesNotSealTheVault() throws {
        let office = try Office.open()
        let vault = office.vault
        let before = try #require(vault.life)
        try vault.seal(try office.login("olga"))
        #expect(vault.life == nil)
        vault.sealSoon(.log, before)
        try office.unseal()
        vault.sealSoon(.log, before)
        Thread.sleep(forTimeInterval: 0.02)
        #expect(!vault.isSealed)
        #expect(office.codes.isEmpty)
        vault.sealSoon(.log, try #require(vault.life))
        for _ in 0..<2_000 where !vault.isSealed { Thread.sleep(forTimeInterval: 0.001) }
        #expect(office.codes == [.sealedByItself])
        try office.unseal()
        #expect(office.codes.isEmpty)
    }

    /// An unseal that ends in doubt about the store can be tried again.
    @Test func aDoubtAtTheUnsealIsOverAtTheNext() throws {
        let office = try Office.open()
        office.vault.shutdown()
        let disk = office.disk
        let isFirst = Office.Box(true)
        try office.kill(
            into: try office.world(store: { () throws(StorageError) in
                let store = FaultyStore(InMemoryStore(disk: disk))
                if isFirst.value {
                    store.failNext(.commit, .before, with: .outcomeUnknown(path: "vault.db"))
                }
                isFirst.value = false
                return store
            }))
        guard case .unavailable = try failure({ try office.unseal() }) else {
            Issue.record("opened in doubt")
            return
        }
        try office.unseal()
        Thread.sleep(forTimeInterval: 0.02)
        #expect(!office.vault.isSealed)
        #expect(office.codes.isEmpty)
    }

    /// Requests of many threads while the vault is sealed and unsealed under them: each is answered,
    /// nothing is lost, nothing alarms.
    @Test func sealingUnderLoad() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let ada = try office.addSubject("Ada Lovelace", nina)
        let vault = office.vault
        let (secret, caller) = (office.secrets["nina"] ?? [], office.caller("nina"))
        let isOver = Office.Box(false)
        let written = Office.Box<[Written]>([])
        let odd = Office.Box<[String]>([])
        let done = DispatchSemaphore(value: 0)
        for thread in 0..<3 {
            Thread {
                defer { done.signal() }
                var number = 0
                var session: Session?
                while !isOver.value {
                    number += 1
                    let word = "word \(thread).\(number)"
                    do {
                        if session == nil {
                            let (token, _) = try vault.login(
                                name: nil, secret: try Office.secret(secret), form: .keyFile,
                                purpose: .treatment, caller: caller)
                            session = try vault.resume(token: token, caller: caller)
                        }
                        guard let session else { continue }
                        let request = FileRequest(session: session, purpose: nil)
                        let made = try wait {
                            vault.create(
                                ada.subject, kind: "counselling.session",
                                body: OfficeDay.talk(word), request, $0)
                        }
                        let entry = Written(
                            subject: ada.subject, record: made.record, version: 1, word: word)
                        written.change { $0.append(entry) }
                    } catch {
                        session = nil
                        switch error as? EngineError {
                        case .sealed, .loginNeeded, .outcomePending: break
                        // The files of a vault that is being sealed are closed.
                        case .unavailable(_, let detail) where detail.contains("closed"): break
                        default: odd.change { $0.append("\(error)") }
                        }
                    }
                }
            }.start()
        }
        for _ in 0..<5 {
            let before = written.value.count
            for _ in 0..<1_000 where written.value.count < before + 3 {
                Thread.sleep(forTimeInterval: 0.002)
            }
            try vault.seal(try office.login("olga"))
            try office.unseal()
            #expect(!vault.isSealed)
        }
        isOver.value = true
        for _ in 0..<3 { done.wait() }
        #expect(odd.value.isEmpty)
        #expect(office.codes.isEmpty)
        #expect(!vault.isSealed)
        try office.verify(written.value, "after sealing under load")
    }
}
