import Testing
import VaultAudit
import VaultCoding
import VaultTestKit

@testable import VaultEngine

/// An entry tells on whom an act was done, and looking from signing, beginning and completing.
@Suite struct AuditLineTests {
    @Test func namesWhomAnActWasAbout() throws {
        let office = try Office.open()
        let lines = try office.lines()
        let nina = try #require(office.ids["nina"])
        let acts: [Action] = [.enlist, .enrol, .grant]
        for action in acts {
            let about = lines.filter { $0.a?.action == action }.compactMap(\.target)
            #expect(about.contains { $0.principal == nina && $0.name == "nina" }, "\(action)")
        }
        let grant = lines.last { $0.a?.action == .grant && $0.target?.principal == nina }?.target
        #expect(grant?.roles == [.counsellor])
        #expect(grant?.compartments == [.registry, .counselling])
        let listed = lines.filter { $0.a?.action == .vaultFound }.compactMap(\.target)
        #expect(listed.isEmpty)
    }

    /// Also of an act that the rules refused.
    @Test func namesWhomARefusedActWasAbout() throws {
        let office = try Office.open()
        let aude = try office.login("aude")
        let nina = try #require(office.ids["nina"])
        let vault = office.vault
        _ = try failure { try vault.disable(nina, session: aude) }
        _ = try failure { try vault.enable(nina, session: aude) }
        _ = try failure { try vault.leave(nina, session: aude) }
        _ = try failure { try vault.reenlist(nina, session: aude) }
        let refused = try office.lines().filter { $0.a?.outcome == .denied }.suffix(4)
        #expect(refused.map(\.a?.action) == [.disable, .enable, .leave, .reenlist])
        #expect(refused.map(\.target?.name) == ["nina", "nina", "nina", "nina"])
    }

    @Test func tellsSigningFromLooking() throws {
        let office = try Office.open()
        let steps = try office.lines().filter { $0.a?.action == .vaultFound }.map(\.step)
        #expect(steps.compactMap(\.self) == [.signed, .founded])
        #expect(steps.contains(nil), "a look at the draft has no step")
    }

    @Test func tellsTheStepsOfARotationApart() throws {
        let office = try Office.open()
        let olga = try office.login("olga")
        let vault = office.vault
        _ = try vault.rotateStorage(.start, dryRun: true, session: olga)
        _ = try vault.rotateStorage(.start, dryRun: false, session: olga)
        try office.awaitWalk(olga)
        _ = try vault.rotateStorage(.complete, dryRun: false, session: olga)
        _ = try failure { try vault.rotateStorage(.complete, dryRun: false, session: olga) }
        let lines = try office.lines().filter { $0.a?.action == .rotateStorage }
        #expect(
            lines.compactMap(\.step) == [.dryRun, .announced, .started, .completed])
        #expect(lines.last?.step == nil, "what failed has no step")
    }
}
