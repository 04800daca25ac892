import Testing
import VaultCoding

@testable import VaultRecords

@Suite struct IndexTermsTests {
    @Test(arguments: [
        ("张三", "张三"), ("张 三", "张三"), ("张\u{3000}三", "张三"), ("  张三\t", "张三"),
        ("欧阳 娜娜  Nana", "欧阳娜娜 nana"), ("Ｚｈａｎｇ　Ｓａｎ", "zhang san"),
        ("ZHANG   san", "zhang san"), ("张\u{200D}三\u{FEFF}", "张三"), ("㈱山田", "(株)山田"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"), ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"), ("José", "josé"), ("Jose\u{301}", "josé"),
        ("\u{FA10}", "塚"), ("İpek", "i\u{307}pek"),
    ])
    func namesComeToOneSpelling(typed: String, expected: String) throws {
        let term = try #require(IndexTerm(.name, typed: typed))
        #expect(term.text.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test func differentPeopleStayDifferent() {
        for (one, other) in [("张三", "张三三"), ("Zhang San", "Zhangsan"), ("張三", "张三")] {
            #expect(IndexTerm(.name, typed: one) != IndexTerm(.name, typed: other))
        }
        #expect(IndexTerm(.employeeNumber, typed: "12") != IndexTerm(.nationalID, typed: "12"))
        #expect(
            IndexTerm(.employeeNumber, typed: "A-12") != IndexTerm(.employeeNumber, typed: "A12"))
    }

    @Test func numbersLoseTheirSpaces() {
        let term = IndexTerm(.nationalID, typed: " １１０１０５ 19491231 002x ")
        #expect(term == IndexTerm(.nationalID, typed: "11010519491231002X"))
        #expect(term?.text == "11010519491231002x")
    }

    @Test func nothingLeftIsNoTerm() {
        for typed in ["", "  ", "\u{3000}", "\u{200B}\u{FE0F}"] {
            #expect(IndexTerm(.name, typed: typed) == nil)
            #expect(IndexTerm(.employeeNumber, typed: typed) == nil)
        }
    }

    @Test func normalisingTwiceChangesNothing() {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let typed = "a \(Character(scalar)) 张"
            let once = Normalisation.name(typed)
            if Normalisation.name(once).utf8.elementsEqual(once.utf8) { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }

    @Test func aSubjectHasATermForEachThing() throws {
        let text = """
            {"names":[{"full":"张 三"},{"full":"张三","kind":"former"},{"full":"Zhang San"}],
            "employee_number":"A-0017","national_id":"11010519491231002X"}
            """
        let body = try KindRegistry.schema(for: .registrySubject).parse(Array(text.utf8))
        #expect(
            IndexTerms.of(body).map { "\($0.field.rawValue)=\($0.text)" } == [
                "employee_number=a-0017", "national_id=11010519491231002x", "name=张三",
                "name=zhang san",
            ])
    }

    @Test func othersHaveNone() throws {
        let anonymous = try KindRegistry.schema(for: .registrySubject)
            .parse(Array(#"{"anonymous":true,"remarks":"张三"}"#.utf8))
        #expect(IndexTerms.of(anonymous).isEmpty)
        let session = try KindRegistry.schema(for: .counsellingSession)
            .parse(Array(Samples.session.utf8))
        #expect(IndexTerms.of(session).isEmpty)
    }

    @Test func aTermDoesNotShowItself() throws {
        let term = try #require(IndexTerm(.name, typed: "张三"))
        var dumped = ""
        dump(term, to: &dumped)
        #expect(!("\(term)" + String(reflecting: term) + dumped).contains("张三"))
    }
}
