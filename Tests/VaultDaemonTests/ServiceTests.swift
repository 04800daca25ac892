import Testing
import VaultCoding
import VaultEngine
import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

@testable import VaultDaemon

/// The daemon over its socket, against a real vault on files.
@Suite(.serialized) struct ServiceTests {
    @Test func tellsItsStatusToEverybody() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        let client = try scene.connect()
        let sealed = try client.ask(VaultGetStatus.self, .init())
        #expect(sealed.state == .sealed)
        #expect(sealed.vault == scene.report.vault)
        #expect(sealed.nextStep == "unseal")
        #expect(sealed.founded == nil)
        try scene.unseal()
        let open = try client.ask(VaultGetStatus.self, .init())
        #expect(open.state == .unsealed)
        #expect(open.founded == false)
        #expect(open.findings.contains { $0.code == "settings.shared-uid" && !$0.remedy.isEmpty })
        await scene.stop()
        #expect(try !Files.exists(scene.socketPath))
    }

    @Test func refusesWhatNeedsMore() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        let client = try scene.connect()
        let get = RecordsGet.Parameters(
            subject: scene.report.vault, record: scene.report.vault, purpose: "TREAT")
        #expect(try client.refusal(RecordsGet.self, get) == .sealed)
        #expect(
            try client.refusal(
                VaultUnseal.self, .init(secret: SecretText("no such words"), form: .words))
                == .wrongSecret)
        try scene.unseal()
        #expect(
            try client.refusal(
                VaultUnseal.self, .init(secret: scene.key("seal.key"), form: .keyfile))
                == .alreadyDone(what: "unsealed"))
        #expect(try client.refusal(RecordsGet.self, get) == .loginNeeded(reason: "none"))
        #expect(
            try client.refusal(SessionResume.self, .init(token: SecretText("AAAA")))
                == .loginNeeded(reason: "expired"))
        #expect(
            try client.refusal(
                SessionCompleteEnrolment.self, .init(pending: "00", secret: SecretText("x")))
                == .invalidFields([
                    .init(field: "pending", problem: "is not one of this connection")
                ]))
        await scene.stop()
    }

    /// A start that came to nothing is no start: the audit log tells of none.
    @Test func aRefusedStartIsNotInTheLog() async throws {
        let scene = try DaemonScene()
        func entries() throws -> UInt64 {
            let vault = try Vault(
                VaultEnvironment(
                    data: scene.data, creating: false, costs: DaemonScene.cheap,
                    diagnostics: { _ in }))
            defer { vault.shutdown() }
            return try #require(
                vault.status(for: Caller(uid: Accounts.effectiveUser, gid: 0, pid: 1)).logSize)
        }
        // Each look is a start and a stop of its own.
        let before = try entries()
        let long = scene.directory.file(String(repeating: "s", count: 107))
        for (path, group) in [(long, nil), (scene.socketPath, "no-such-group")]
            as [(String, String?)]
        {
            await #expect(throws: StartupError.self) {
                try await Daemon.run(
                    Configuration(
                        data: scene.data, socketPath: path, groupName: group, language: .english),
                    log: DaemonLog(style: .journal) { _ in }, weaknesses: [])
            }
        }
        #expect(try entries() == before + 2)
    }

    /// The whole thin path with four people on one account.
    @Test func servesFromFoundingToRecords() async throws {
        let scene = try DaemonScene()
        try await scene.start()
        try scene.unseal()
        let opal = try scene.login("Opal", scene.key("operator.key"))
        let cus = try scene.enrol("Cus", by: opal, role: .custodian)
        let aud = try scene.enrol("Aud", by: opal, role: .auditor)
        let fingerprint = try found(scene, cus, aud)

        let coral = try scene.enrol("Coral", by: opal, fingerprint: fingerprint)
        let custodian = try scene.login("Cus", cus.secret)
        let grant = DirectoryGrant.Parameters(
            principal: coral.principal, roles: ["counsellor"],
            compartments: ["registry", "counselling"], fingerprintWords: cus.words,
            idempotency: DaemonScene.request)
        #expect(
            try custodian.refusal(DirectoryGrant.self, grant)
                == .fingerprintMismatch(whose: "principal"))
        var right = grant
        right.fingerprintWords = coral.words
        _ = try custodian.ask(DirectoryGrant.self, right)

        let counsellor = try scene.login("Coral", coral.secret, purpose: "treatment")
        let (subject, record) = try keepRecords(counsellor)
        try refuseOthers(opal, subject, record)
        await scene.stop()
    }

    private func found(
        _ scene: DaemonScene, _ cus: (secret: SecretText, words: [String], principal: String),
        _ aud: (secret: SecretText, words: [String], principal: String)
    ) throws -> [String] {
        let first = try scene.login("Cus", cus.secret)
        let draft = try first.ask(DirectoryGetFoundingDraft.self, .init())
        #expect(draft.mine == "custodian")
        #expect(draft.custodian?.fingerprintWords == cus.words)
        #expect(draft.auditor?.fingerprintWords == [])
        let half = try first.ask(
            DirectorySignFounding.self,
            .init(
                draftHash: draft.draftHash, otherWords: aud.words,
                idempotency: DaemonScene.request))
        #expect(!half.committed)
        let second = try scene.login("Aud", aud.secret)
        let seen = try second.ask(DirectoryGetFoundingDraft.self, .init())
        #expect(seen.custodian?.signed == true)
        #expect(seen.custodian?.fingerprintWords == [])
        let wrong = DirectorySignFounding.Parameters(
            draftHash: seen.draftHash, otherWords: aud.words, idempotency: DaemonScene.request)
        #expect(
            try second.refusal(DirectorySignFounding.self, wrong)
                == .fingerprintMismatch(whose: "other"))
        let whole = try second.ask(
            DirectorySignFounding.self,
            .init(
                draftHash: seen.draftHash, otherWords: cus.words,
                idempotency: DaemonScene.request))
        #expect(whole.committed)
        return try #require(whole.vaultFingerprint)
    }

    private func keepRecords(_ client: Client) throws -> (subject: String, record: String) {
        let fields = JSON.Object([
            "names": [["full": "张伟"]], "employee_number": "E-1001", "unit": "Plant 2",
        ])
        let added = try client.ask(
            SubjectsAdd.self, .init(fields: fields, idempotency: DaemonScene.request))
        let found = try client.ask(SubjectsFind.self, .init(by: .name, text: "张伟"))
        #expect(found.hits.map(\.subject) == [added.subject])
        #expect(found.hits.first?.employeeNumber == "E-1001")
        #expect(found.hits.first?.unit == "Plant 2")
        let shown = try client.ask(SubjectsShow.self, .init(subject: added.subject))
        #expect(shown.document.pseudonym == added.pseudonym)
        #expect(try shown.document.fields.object() == stored(fields, "registry.subject"))

        let body = try #require(
            try JSON.parse(Self.session).object)
        let request = DaemonScene.request
        let create = RecordsCreate.Parameters(
            subject: added.subject, kind: "counselling.session", body: body, idempotency: request)
        let created = try client.ask(RecordsCreate.self, create)
        #expect(try client.ask(RecordsCreate.self, create).record == created.record)
        let got = try client.ask(
            RecordsGet.self, .init(subject: added.subject, record: created.record))
        #expect(try got.document.body.object() == stored(body, "counselling.session"))
        #expect(got.document.version == 1)
        let amended = try client.ask(
            RecordsAmend.self,
            .init(
                subject: added.subject, record: created.record, baseVersion: 1, body: body,
                idempotency: DaemonScene.request))
        #expect(amended.version == 2)
        let late = RecordsAmend.Parameters(
            subject: added.subject, record: created.record, baseVersion: 1, body: body,
            idempotency: DaemonScene.request)
        #expect(
            try client.refusal(RecordsAmend.self, late)
                == .conflict(what: "version", current: "2"))
        let history = try client.ask(
            RecordsHistory.self, .init(subject: added.subject, record: created.record))
        #expect(history.versions.map(\.version) == [2, 1])
        let list = try client.ask(RecordsList.self, .init(subject: added.subject))
        #expect(list.records.contains { $0.record == created.record })
        return (added.subject, created.record)
    }

    private func refuseOthers(_ client: Client, _ subject: String, _ record: String) throws {
        let get = RecordsGet.Parameters(subject: subject, record: record, purpose: "HSYSADMIN")
        guard case .denied = try client.refusal(RecordsGet.self, get) else {
            Issue.record("an operator was not denied")
            return
        }
        // Whoever has no right to files is not told which kinds there are either.
        let create = RecordsCreate.Parameters(
            subject: subject, kind: "no.kind", body: .init(), idempotency: DaemonScene.request)
        guard case .denied = try client.refusal(RecordsCreate.self, create) else {
            Issue.record("an operator was not denied")
            return
        }
    }

    /// What the vault makes of fields: their one spelling, with the schema's version.
    private func stored(_ fields: JSON.Object, _ kind: String) throws -> JSON.Object? {
        let body = try KindRegistry.schema(named: kind).validate(.object(fields))
        return try JSON.parse(body.bytes).object
    }

    private static let session = #"""
        {"held_on":"2026-03-04","channel":"phone","risk":"low","summary":"first talk"}
        """#
}
