import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements

@testable import VaultKeyring

// Before the founding the operator is alone with the vault: what stands against them is the two
// founders, who speak with each other, and the keys that only the founders have.
extension OperatorAttackTests {
    @Suite(.serialized) struct FoundingAttackTests {
        private func seated() throws -> AttackOffice {
            let office = try AttackOffice()
            try office.takeSeats()
            return office
        }

        /// The audit entry of the newest refusal to found.
        private func refusal(_ office: AttackOffice) throws -> PartA? {
            try office.foundedTail().last { $0.action == .vaultFound && $0.outcome == .denied }
        }

        @Test func enlistsAPuppetCustodianAfterDisablingTheRealOne() throws {
            let office = try seated()
            let cora = try #require(office.ids["cora"])
            _ = try office.vault.disable(cora, session: try office.login("olga"))
            try office.enrol("mallory", try office.enlist("mallory"), seat: .custodian)
            // The auditor types what the custodian reads out, who is cora.
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.sign("aude", other: office.words["cora"] ?? [])
            }
            #expect(throws: EngineError.self) { try office.login("cora") }
            // Nobody takes the seat while its holder is there; cora, enlisted again, gets it back.
            let mallory = try #require(office.ids["mallory"])
            _ = try office.vault.disable(mallory, session: try office.login("olga"))
            let code = try office.vault.reenlist(cora, session: try office.login("olga")).code
            try office.enrol("cora", code, seat: .custodian)
            try office.found()
            #expect(try office.vault.status(for: office.caller("nina")).founded == true)
            #expect(try refusal(office)?.failure == "founding-refused")
        }

        @Test func enlistsAPuppetAuditorAfterDisablingTheRealOne() throws {
            let office = try seated()
            let aude = try #require(office.ids["aude"])
            _ = try office.vault.disable(aude, session: try office.login("olga"))
            try office.enrol("mallory", try office.enlist("mallory"), seat: .auditor)
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.sign("cora", other: office.words["aude"] ?? [])
            }
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
        }

        @Test func takesASeatThatIsTaken() throws {
            let office = try seated()
            let code = try office.enlist("mallory")
            #expect(throws: EngineError.conflict(.principalState)) {
                try office.enrol("mallory", code, seat: .custodian)
            }
        }

        /// Blob and seat of the custodian hold keys of the operator's own, all consistent.
        @Test func swapsTheEnrolledKeysOfTheCustodian() throws {
            let office = try seated()
            let honest = try office.folderContents()
            var theirs: [UInt8] = []
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    theirs = try editor.swapFounder("cora", .custodian)
                }
            }
            #expect(throws: EngineError.conflict(.fingerprint)) {
                try office.sign("aude", other: office.words["cora"] ?? [])
            }
            // Cora's own secret opens nothing; the operator's does, and signs alone.
            #expect(throws: EngineError.wrongSecret) { try office.login("cora") }
            let own = office.secrets["cora"]
            office.secrets["cora"] = theirs
            #expect(try office.sign("cora", other: office.words["aude"] ?? []) == false)
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
            office.secrets["cora"] = own
            try office.putBack(honest)
            try office.found()
        }

        /// The seat names cora's true keys, and compartment keys that the operator knows, boxed to her
        /// in perfect context: every box opens and fits the draft.
        @Test func makesTheCompartmentKeysThemselvesBeforeTheFounding() throws {
            let office = try seated()
            let honest = try office.folderContents()
            try office.betweenStops {
                try Editor.edit(office) { try $0.forgeCustodianSeat(signed: false) }
            }
            #expect(throws: EngineError.self) {
                try office.sign("cora", other: office.words["aude"] ?? [])
            }
            #expect(throws: EngineError.self) {
                try office.sign("aude", other: office.words["cora"] ?? [])
            }
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
            try office.putBack(honest)
            try office.found()
        }

        /// The same with a signature of the operator's under the seat.
        @Test func signsTheForgedSeatWithAnotherKey() throws {
            let office = try seated()
            try office.betweenStops {
                try Editor.edit(office) { try $0.forgeCustodianSeat(signed: true) }
            }
            #expect(throws: EngineError.self) {
                try office.sign("cora", other: office.words["aude"] ?? [])
            }
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
        }

        /// The seat names aude's true keys and an audit key whose private half the operator has.
        @Test func makesTheAuditKeyThemselvesBeforeTheFounding() throws {
            let office = try seated()
            let honest = try office.folderContents()
            try office.betweenStops {
                try Editor.edit(office) { try $0.forgeAuditorSeat() }
            }
            #expect(throws: EngineError.self) {
                try office.sign("aude", other: office.words["cora"] ?? [])
            }
            #expect(throws: EngineError.self) {
                try office.sign("cora", other: office.words["aude"] ?? [])
            }
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
            try office.putBack(honest)
            try office.found()
        }

        @Test func insertsAStatementBetweenTheHalves() throws {
            let office = try seated()
            try office.sign("cora", other: office.words["aude"] ?? [])
            _ = try office.enlist("eve")
            // Aude's signature is the first one under a new draft: nothing is founded behind it.
            #expect(try office.sign("aude", other: office.words["cora"] ?? []) == false)
            #expect(try office.vault.status(for: office.caller("nina")).founded == false)
            #expect(try office.sign("cora", other: office.words["aude"] ?? []))
        }

        /// A custodian's grant before there is a custodian, signed by the only key there is.
        @Test func forgesAGrantBeforeTheFounding() throws {
            let office = try seated()
            let honest = try office.folderContents()
            office.stop()
            try Editor.edit(office) { editor in
                let mallory = try editor.puppet("mallory")
                let body = StatementBody.auditGrant(
                    AuditGrantBody(identity: mallory.identity, roles: [.operator]))
                try editor.append(body, by: try editor.operatorKeys())
            }
            try office.start()
            #expect(try office.unsealRefusal()?.contains("statement") == true)
            try office.putBack(honest)
            try office.found()
        }
    }
}

extension AttackOffice {
    /// Parts A that the auditor can open, oldest first.
    func foundedTail() throws -> [PartA] { try tail(500).compactMap(\.a) }

    /// Every file, of a vault that was stopped for it and started again.
    func folderContents() throws -> [String: [UInt8]] {
        stop()
        let contents = try folder.contents()
        try start()
        try unseal()
        return contents
    }

    /// Every file, of a vault that is left stopped.
    func stoppedContents() throws -> [String: [UInt8]] {
        stop()
        return try folder.contents()
    }

    /// The files as they were, and the vault unsealed on them.
    func putBack(_ contents: [String: [UInt8]]) throws {
        stop()
        try folder.restore(contents)
        try start()
        try unseal()
    }

    /// Why the vault does not unseal: file and detail; nil if it does.
    func unsealRefusal() throws -> String? {
        do {
            try unseal()
            return nil
        } catch EngineError.damaged(let file, let detail, _) {
            return "\(file): \(detail)"
        }
    }
}
