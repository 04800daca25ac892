import Foundation
import Testing

@testable import VaultRecords

@Suite struct ReferenceTests {
    @Test func theCommittedReferenceIsThatOfTheSchemas() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/VaultRecords/VaultRecords.docc/Kinds.md").standardized
        let expected = SchemaReference.markdown
        if ProcessInfo.processInfo.environment["REGENERATE"] == "1" {
            try Data(expected.utf8).write(to: file)
        }
        let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(
            committed == expected,
            "Kinds.md is not what the schemas say: run REGENERATE=1 swift test --filter VaultRecordsTests"
        )
    }

    @Test func everyFaultHasWordsAndANameOfItsOwn() {
        #expect(Set(FieldFault.allCases.map(\.words)).count == FieldFault.allCases.count)
        #expect(Set(LineFault.allCases.map(\.words)).count == LineFault.allCases.count)
    }

    @Test func fieldNamesAreShownByPaths() {
        func walk(_ fields: [Field]) {
            #expect(Set(fields.map(\.name)).count == fields.count)
            for field in fields {
                #expect("\(FieldPath.record.field(field.name))" == field.name)
                switch field.type {
                case .object(let inner), .list(.object(let inner), _): walk(inner)
                default: break
                }
            }
        }
        for kind in RecordKind.allCases { walk(KindRegistry.schema(for: kind).fields) }
    }
}
