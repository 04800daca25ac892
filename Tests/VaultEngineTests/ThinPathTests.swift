import Testing
import VaultCoding
import VaultEngine
import VaultRecords

@Suite struct ThinPathTests {
    static let session: JSON.Value = [
        "date": "2026-03-04", "mode": "phone", "summary": "first talk",
    ]

    @Test func officeOpensAndWorksAcrossARestart() throws {
        let office = try Office.open()
        let nina = try office.login("nina")
        let person = try office.addSubject("张三", nina, number: "E-7")
        #expect(try office.find("张三", nina).map(\.subject) == [person.subject])
        try office.restart()
        let again = try office.login("nina")
        let found = try office.find("张 三", again)
        #expect(found.map(\.subject) == [person.subject])
        let body = try JSON.parse(found.first?.body ?? [])
        #expect(body["employee_number"]?.string == "E-7")
        #expect(office.vault.status(for: office.caller("nina")).founded == true)
    }

    @Test func operatorAndAuditorReadNothing() throws {
        let office = try Office.open()
        let person = try office.addSubject("Ada Lovelace", try office.login("nina"))
        for name in ["olga", "aude"] {
            let session = try office.login(name)
            #expect(throws: EngineError.self) {
                try wait { (answer: @escaping Answer<Document>) in
                    office.vault.read(
                        person.subject, person.record, version: nil, office.request(session), answer
                    )
                }
            }
        }
    }
}
