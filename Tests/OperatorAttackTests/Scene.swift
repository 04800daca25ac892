import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultKeyring

// Words that the attacks share: what was refused, that it stands in the log, and that the honest
// vault works once its files are back.
extension AttackOffice {
    /// A founded office with a record of nina's, and the honest files of a stopped vault.
    struct Scene {
        let office: AttackOffice
        let person: CreatedSubject
        let talk: CreatedRecord
        var honest: [String: [UInt8]]

        /// Made once; every scene begins with a copy of the same files.
        private struct Template {
            let person: CreatedSubject
            let talk: CreatedRecord
            let files: [String: [UInt8]]
            let memory: Memory

            init() throws {
                let office = try AttackOffice.open()
                let nina = try office.login("nina")
                person = try office.addSubject(Planted.name, nina, number: Planted.number)
                talk = try office.add(
                    person.subject, "counselling.session", Scene.session(Planted.summary), nina)
                office.stop()
                files = try office.folder.contents()
                memory = office.memory
            }
        }

        private static let template = Result { try Template() }

        init() throws {
            let template = try Self.template.get()
            office = try AttackOffice(files: template.files, memory: template.memory)
            person = template.person
            talk = template.talk
            honest = template.files
        }

        /// A counselling session.
        static func session(_ summary: String) -> JSON.Value {
            [
                "held_on": "2026-03-04", "channel": "phone", "risk": "low",
                "summary": .string(summary),
            ]
        }

        /// The honest files are back: nina finds and reads, aude reads the log, olga and cora log in.
        func expectTheHonestVault(_ location: SourceLocation = #_sourceLocation) throws {
            try office.putBack(honest)
            let nina = try office.login("nina")
            let found = try office.find(Planted.name, nina)
            #expect(found.map(\.subject) == [person.subject], sourceLocation: location)
            let document = try office.read(person.subject, talk.record, nina)
            let summary = try JSON.parse(document.body)["summary"]?.string
            #expect(summary == Planted.summary, sourceLocation: location)
            for name in ["olga", "cora"] { _ = try office.login(name) }
            #expect(try office.verdict() == .valid, sourceLocation: location)
        }
    }

    /// What must be found nowhere.
    enum Planted {
        static let name = "张三丰-Planted"
        static let number = "E-PLANTED-7731"
        static let summary = "planted summary: cannot sleep since the transfer"
        static let all = [name, "planted", "PLANTED", number, summary, "cannot sleep"]
    }

    /// Logs in and is refused for this reason, which stands in the log.
    func expectTampered(
        _ name: String, _ reason: KeyringError,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        do {
            _ = try login(name)
            Issue.record("\(name) was let in", sourceLocation: location)
        } catch EngineError.damaged(let file, let detail, _) {
            #expect(file == "vault.db", sourceLocation: location)
            #expect(detail == reason.description, sourceLocation: location)
        }
        try expectRefusal(of: name, location)
    }

    /// The newest entry about a login of this person tells that keys do not fit. Read by aude, or by
    /// nobody when it is aude who cannot log in: then the log has a closed entry more.
    private func expectRefusal(of name: String, _ location: SourceLocation) throws {
        guard name != "aude" else { return }
        let entry = try foundedTail().last {
            $0.action == .login
                && $0.detail == .about(ids[name] ?? .init(none: ()), roles: [], compartments: [])
        }
        #expect(entry?.outcome == .unavailable, sourceLocation: location)
        #expect(entry?.failure == "keys-do-not-fit", sourceLocation: location)
    }

    /// The vault does not unseal on these files; the detail is given back, and the refusal stands in
    /// the log for everybody to read.
    func refusedUnseal(_ location: SourceLocation = #_sourceLocation) throws -> String {
        try start()
        let refusal = try unsealRefusal()
        #expect(refusal != nil, "the vault was unsealed", sourceLocation: location)
        stop()
        let entry = try logRecords().last { record in
            guard let a = record.content.openA.flatMap({ try? PartA(parse: $0.encoded) }) else {
                return false
            }
            return a.action == .vaultUnseal && a.outcome == .denied
        }
        #expect(entry?.content.isSealed == true, "no entry", sourceLocation: location)
        return refusal ?? ""
    }
}

extension PrincipalID {
    /// A name that nobody has.
    init(none: Void) {
        guard let id = PrincipalID([UInt8](repeating: 0, count: PrincipalID.count)) else {
            preconditionFailure("internal error: an identifier of another length")
        }
        self = id
    }
}
