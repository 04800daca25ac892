import Testing
import VaultAudit
import VaultCoding
import VaultStorage
import VaultTestKit

@testable import VaultEngine

/// What would be refused whatever the words are is refused before they are read out.
@Suite struct GrantCheckTests {
    private struct Case: CustomTestStringConvertible {
        var by = "karl"
        let to: String
        let roles: [Role]
        var compartments: [Compartment] = []
        var ends: UInt64?
        let refusal: String?

        var testDescription: String { "\(roles) to \(to) by \(by)" }
    }

    private static let cases = [
        Case(to: "nina", roles: [.counsellor], refusal: nil),
        Case(to: "nina", roles: [.caseworker, .counsellor], refusal: nil),
        Case(to: "nina", roles: [.auditor], refusal: "denied"),
        Case(by: "olga", to: "nina", roles: [.counsellor], refusal: "denied"),
        Case(by: "aude", to: "nina", roles: [.auditor], refusal: "denied"),
        Case(to: "karl", roles: [.counsellor], refusal: "denied"),
        Case(to: "nina", roles: [], refusal: "roles"),
        Case(to: "nina", roles: [.counsellor, .auditor], refusal: "roles"),
        Case(to: "nina", roles: [.custodian], compartments: [.registry], refusal: "request"),
        Case(to: "nina", roles: [.counsellor], ends: 1, refusal: "request"),
        Case(to: "eve", roles: [.counsellor], refusal: "state"),
        Case(to: "gone", roles: [.counsellor], refusal: "state"),
    ]

    private static func name(_ error: EngineError) -> String {
        switch error {
        case .denied: "denied"
        case .invalidArgument(let name, _): name
        case .conflict(.principalState): "state"
        default: "\(error)"
        }
    }

    private static func office() throws -> Office {
        let office = try Office.open()
        try office.employ("paul", .caseworker)
        let olga = try office.login("olga")
        office.ids["eve"] = try office.vault.enlist(name: "eve", uid: 77, session: olga).principal
        office.ids["gone"] = office.ids["paul"]
        office.words["gone"] = office.words["paul"]
        _ = try office.vault.disable(try #require(office.ids["paul"]), session: olga)
        return office
    }

    @Test(arguments: cases.indices) func refusesAsTheGrantItself(_ index: Int) throws {
        let asked = Self.cases[index]
        let office = try Self.office()
        let session = try office.login(asked.by)
        let statements = office.disk.snapshot()[.statements]
        let start = office.logDisk.withContents { UInt64($0.records.count) }
        let request = GrantRequest(
            principal: try #require(office.ids[asked.to]), roles: asked.roles,
            compartments: asked.compartments, unit: "", employer: "",
            endsMicroseconds: asked.ends, fingerprintWords: [])
        guard let refusal = asked.refusal else {
            try office.vault.checkGrant(request, session: session)
            let size = office.logDisk.withContents { UInt64($0.records.count) }
            #expect(size == start)
            let isUntouched = office.disk.snapshot()[.statements] == statements
            #expect(isUntouched)
            // The words alone are missing.
            let error = try failure { _ = try office.vault.grant(request, session: session) }
            #expect(error == .conflict(.fingerprint))
            return
        }
        let check = try failure { try office.vault.checkGrant(request, session: session) }
        var whole = request
        whole.fingerprintWords = office.words[asked.to] ?? []
        let grant = try failure { _ = try office.vault.grant(whole, session: session) }
        #expect(Self.name(check) == refusal)
        #expect(Self.name(grant) == refusal)
        let told = try office.lines().filter { $0.leaf.sequence >= start }.compactMap(\.a)
            .filter { $0.action == .grant }
        try #require(told.count == 2)
        #expect(told[0].outcome == told[1].outcome)
        #expect(told[0].rule == told[1].rule)
        #expect(told[0].failure == told[1].failure)
        #expect(told[0].detail == told[1].detail)
        let isUntouched = office.disk.snapshot()[.statements] == statements
        #expect(isUntouched)
    }
}
