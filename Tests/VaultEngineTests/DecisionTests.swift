import Testing
import VaultAudit
import VaultCoding
import VaultRecords
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// Who may do what with files, with which purpose; and that each refusal has its entry.
@Suite struct DecisionTests {
    /// Every request about files, as `name` with `purpose`.
    private func attempts(
        _ office: Office, _ session: Session, _ purpose: PurposeOfUse?, _ subject: SubjectID,
        _ record: RecordID
    ) -> [(Action, () throws -> Void)] {
        let vault = office.vault
        let request = FileRequest(session: session, purpose: purpose)
        return [
            (
                .create,
                {
                    _ = try wait {
                        vault.addSubject(fields: ["names": [["full": "x"]]], request, $0)
                    }
                }
            ),
            (
                .create,
                {
                    _ = try wait {
                        vault.create(
                            subject, kind: "counselling.session", body: OfficeDay.talk("x"),
                            request, $0)
                    }
                }
            ),
            (
                .find,
                { _ = try wait { vault.find(by: .name, text: "x", limit: 1, request, $0) } }
            ),
            (
                .read,
                { _ = try wait { vault.read(subject, record, version: nil, request, $0) } }
            ),
            (.read, { _ = try wait { vault.show(subject, request, $0) } }),
            (
                .list,
                {
                    _ = try wait {
                        vault.list(subject, kind: nil, cursor: nil, limit: 1, request, $0)
                    }
                }
            ),
            (
                .amend,
                {
                    _ = try wait {
                        vault.amend(
                            subject, record, base: 1, body: OfficeDay.talk("x"), request, $0)
                    }
                }
            ),
            (.history, { _ = try wait { vault.history(subject, record, request, $0) } }),
        ]
    }

    private struct Scene {
        let office: Office
        let ada: CreatedSubject
        let talk: RecordID

        init() throws {
            office = try Office.open()
            let nina = try office.login("nina")
            ada = try office.addSubject("Ada Lovelace", nina)
            talk = try office.create(
                ada.subject, .counsellingSession, OfficeDay.talk("one"), nina
            ).record
        }
    }

    /// Runs the attempts, each of which must be refused with `expected`, with an entry for each.
    private func refuse(
        _ scene: Scene, _ name: String, _ purpose: PurposeOfUse?, subject: SubjectID? = nil,
        as expected: (EngineError) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let office = scene.office
        let session = try office.login(name)
        let start = office.logDisk.withContents { UInt64($0.records.count) }
        let bodies = office.disk.snapshot()[.bodies]
        var actions: [Action] = []
        for (action, attempt) in attempts(
            office, session, purpose, subject ?? scene.ada.subject, scene.talk)
        {
            let error = try failure(attempt, sourceLocation: sourceLocation)
            #expect(expected(error), "\(name) \(action): \(error)", sourceLocation: sourceLocation)
            actions.append(action)
        }
        let told = try office.lines().filter {
            $0.leaf.sequence >= start && $0.a?.actor.name == name
                && actions.contains($0.a?.action ?? .login)
        }
        #expect(told.map { $0.a?.action } == actions, sourceLocation: sourceLocation)
        #expect(
            told.allSatisfy { $0.a?.outcome == .denied && $0.a?.rule.isEmpty == false },
            sourceLocation: sourceLocation)
        let isUntouched = office.disk.snapshot()[.bodies] == bodies
        #expect(isUntouched, sourceLocation: sourceLocation)
    }

    @Test func operatorsAndAuditorsAreDenied() throws {
        let scene = try Scene()
        for name in ["olga", "aude"] {
            for purpose in [nil, .treatment, .compliance, .systemAdministration] as [PurposeOfUse?]
            {
                try refuse(scene, name, purpose) {
                    guard case .denied(_, let rule) = $0 else { return false }
                    return rule.contains("role-missing")
                }
            }
        }
    }

    @Test func aPurposeIsNeededAndMustFit() throws {
        let scene = try Scene()
        try refuse(scene, "nina", nil) { $0 == .purposeNeeded }
        for purpose in [.payment, .compliance, .systemAdministration, .breakGlass, .research]
            as [PurposeOfUse]
        {
            try refuse(scene, "nina", purpose) {
                guard case .denied(_, let rule) = $0 else { return false }
                return rule.contains("purpose-not-for-role")
            }
        }
        // What counts is the login's own purpose when the request names none.
        let nina = try scene.office.login("nina", purpose: .careManagement)
        let request = FileRequest(session: nina, purpose: nil)
        let office = scene.office
        _ = try wait { (answer: @escaping Answer<Document>) in
            office.vault.read(scene.ada.subject, scene.talk, version: nil, request, answer)
        }
        let told = try office.lines().last { $0.a?.action == .read }
        #expect(told?.a?.purpose == .careManagement)
    }

    /// A file of a compartment that one does not hold, and one that does not exist: the same answer;
    /// the log knows more.
    @Test func deniedAndAbsentAreOneAnswer() throws {
        let scene = try Scene()
        let office = scene.office
        try office.employ("paul", .caseworker)
        let paul = try office.login("paul")
        let nobody = try #require(RecordID([UInt8](repeating: 3, count: 16)))
        let nowhere = try #require(SubjectID([UInt8](repeating: 4, count: 16)))
        let request = FileRequest(session: paul, purpose: .careManagement)
        for (subject, record) in [
            (scene.ada.subject, scene.talk), (scene.ada.subject, nobody), (nowhere, nobody),
        ] {
            let vault = office.vault
            let attempts: [() throws -> Void] = [
                { _ = try wait { vault.read(subject, record, version: nil, request, $0) } },
                { _ = try wait { vault.history(subject, record, request, $0) } },
                {
                    _ = try wait {
                        vault.amend(
                            subject, record, base: 1, body: OfficeDay.talk("x"), request, $0)
                    }
                },
            ]
            for attempt in attempts {
                guard case .notFound(let reference) = try failure(attempt) else {
                    Issue.record("another answer")
                    return
                }
                let entry = try office.lines().last { $0.a?.reference == reference }
                #expect(entry?.a?.outcome != .success && entry?.a?.actor.name == "paul")
            }
        }
        // Their list of Ada shows what they may see and says nothing of the rest.
        let page = try wait { (answer: @escaping Answer<Page<RecordSummary>>) in
            office.vault.list(
                scene.ada.subject, kind: nil, cursor: nil, limit: 100, request, answer)
        }
        #expect(page.elements.map(\.record) == [scene.ada.record])
        guard
            case .denied = try failure({
                try wait { (answer: @escaping Answer<Page<RecordSummary>>) in
                    office.vault.list(
                        scene.ada.subject, kind: "counselling.session", cursor: nil, limit: 100,
                        request, answer)
                }
            })
        else {
            Issue.record("a kind that paul may not list")
            return
        }
    }

    /// Within a compartment that one holds, but of a kind or action that the role does not have: the
    /// caller hears that nothing is there, the log that it was denied.
    @Test func theLogKnowsWhatTheCallerDoesNot() throws {
        let scene = try Scene()
        let office = scene.office
        // A custodian holds every compartment and reads the registry only.
        let karl = try office.login("karl")
        let request = FileRequest(session: karl, purpose: .recordManagement)
        let reference = try failure {
            try wait { (answer: @escaping Answer<Document>) in
                office.vault.read(scene.ada.subject, scene.talk, version: nil, request, answer)
            }
        }
        guard case .notFound(let text) = reference else {
            Issue.record("\(reference)")
            return
        }
        let entry = try office.lines().first { $0.a?.reference == text }
        #expect(entry?.a?.outcome == .denied && entry?.a?.kind == "counselling.session")
        #expect(entry?.pseudonym == scene.ada.pseudonym)
        let shown = try wait { (answer: @escaping Answer<ShownSubject>) in
            office.vault.show(scene.ada.subject, request, answer)
        }
        #expect(shown.pseudonym == scene.ada.pseudonym)
        for attempt in [
            {
                _ = try wait { (answer: @escaping Answer<[RecordSummary]>) in
                    office.vault.history(scene.ada.subject, scene.talk, request, answer)
                }
            },
            {
                _ = try wait { (answer: @escaping Answer<Page<RecordSummary>>) in
                    office.vault.list(
                        scene.ada.subject, kind: nil, cursor: nil, limit: 1, request, answer)
                }
            },
        ] as [() throws -> Void] {
            guard case .denied = try failure(attempt) else {
                Issue.record("a custodian listed")
                return
            }
        }
    }

    @Test func actsOfOthersAreDenied() throws {
        let scene = try Scene()
        let office = scene.office
        let vault = office.vault
        let id = try #require(office.ids["nina"])
        let grant = GrantRequest(
            principal: id, roles: [.counsellor], compartments: [], unit: "", employer: "",
            endsMicroseconds: nil, fingerprintWords: office.words["nina"] ?? [])
        let acts: [(Action, [String], (Session) throws -> Void)] = [
            (.enlist, ["olga"], { _ = try vault.enlist(name: "x", uid: 7, session: $0) }),
            (.disable, ["olga"], { _ = try vault.disable(id, session: $0) }),
            (.enable, ["olga"], { _ = try vault.enable(id, session: $0) }),
            (
                .amendPrincipal, ["olga"],
                { _ = try vault.amendPrincipal(id, name: "other", session: $0) }
            ),
            (.rebind, ["olga"], { _ = try vault.rebind(id, uid: 7_777, session: $0) }),
            (.leave, ["olga"], { _ = try vault.leave(id, session: $0) }),
            (.reenlist, ["olga"], { _ = try vault.reenlist(id, session: $0) }),
            (.revoke, ["karl"], { _ = try vault.revoke(id, session: $0) }),
            (.grant, ["karl"], { _ = try vault.grant(grant, session: $0) }),
            (
                .rotateStorage, ["olga"],
                { _ = try vault.rotateStorage(.start, dryRun: false, session: $0) }
            ),
            (.keyStatus, ["olga"], { _ = try vault.keyStatus($0) }),
            (.auditRead, ["aude"], { _ = try vault.auditTail(limit: 1, session: $0) }),
            (.auditCheckpoint, ["aude"], { _ = try vault.auditCheckpoint($0) }),
            (.vaultSeal, ["olga"], { try vault.seal($0) }),
        ]
        let rows = office.disk.snapshot()[.statements]
        for (action, allowed, act) in acts {
            for name in ["olga", "karl", "aude", "nina"] where !allowed.contains(name) {
                let session = try office.login(name)
                let start = office.logDisk.withContents { UInt64($0.records.count) }
                guard case .denied = try failure({ try act(session) }) else {
                    Issue.record("\(name) was not denied \(action)")
                    continue
                }
                let told = try office.lines().filter {
                    $0.leaf.sequence >= start && $0.a?.outcome == .denied
                }
                #expect(told.map { $0.a?.action } == [action], "\(name) \(action)")
            }
        }
        let areUntouched = office.disk.snapshot()[.statements] == rows
        #expect(areUntouched)
    }

    @Test func actsThatCannotBeDoneAreTold() throws {
        let scene = try Scene()
        let office = scene.office
        let vault = office.vault
        let nobody = try #require(PrincipalID([UInt8](repeating: 9, count: 16)))
        let own = try #require(office.ids["karl"])
        let (olga, karl) = (try office.login("olga"), try office.login("karl"))
        let start = office.logDisk.withContents { UInt64($0.records.count) }
        let acts: [() throws -> Void] = [
            { _ = try vault.reenlist(nobody, session: olga) },
            { _ = try vault.disable(nobody, session: olga) },
            { _ = try vault.enable(nobody, session: olga) },
            { _ = try vault.enable(own, session: olga) },
            { _ = try vault.amendPrincipal(own, name: "nina", session: olga) },
            { _ = try vault.rebind(own, uid: Office.uids["nina"] ?? 0, session: olga) },
            { _ = try vault.leave(nobody, session: olga) },
            { _ = try vault.leave(own, session: olga) },
            { _ = try vault.principal(nobody, session: karl) },
            { _ = try vault.revoke(nobody, session: karl) },
            { _ = try vault.disable(own, session: olga) },
            { _ = try vault.enlist(name: "nina", uid: 77, session: olga) },
            { _ = try vault.rotateStorage(.complete, dryRun: false, session: olga) },
            {
                _ = try vault.grant(
                    GrantRequest(
                        principal: nobody, roles: [.counsellor], compartments: [], unit: "",
                        employer: "", endsMicroseconds: nil, fingerprintWords: []), session: karl)
            },
            {
                _ = try vault.grant(
                    GrantRequest(
                        principal: nobody, roles: [], compartments: [], unit: "", employer: "",
                        endsMicroseconds: nil, fingerprintWords: []), session: karl)
            },
        ]
        for act in acts { _ = try failure(act) }
        let told = try office.lines().filter {
            $0.leaf.sequence >= start && [.failed, .denied].contains($0.a?.outcome)
        }
        #expect(told.count == acts.count)
    }
}
