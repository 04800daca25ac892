import Testing
import VaultAudit
import VaultCoding
import VaultEngine

@Suite(.serialized) struct OperatorAttackTests {}

extension OperatorAttackTests {
    @Suite(.serialized) struct PathTests {
        @Test func theHonestVaultWorksAfterAnEditThatChangesNothing() throws {
            let office = try AttackOffice.open()
            let person = try office.addSubject("张三", try office.login("nina"), number: "E-7")
            try office.betweenStops { try Editor.edit(office) { _ in } }
            let found = try office.find("张三", try office.login("nina"))
            #expect(found.map(\.subject) == [person.subject])
            let action = try office.tail().last?.a?.action
            #expect(action == .login)
        }
    }
}
