import Testing
import VaultCoding
import VaultText

/// What people call kinds, roles and compartments.
@Suite struct TitleTests {
    /// Every name, with what it is called.
    private static let titles: [(name: String, title: Message)] =
        Role.allCases.map { ($0.rawValue, TitleMessages.role($0.rawValue)) }
        + Compartment.allCases.map { ($0.rawValue, TitleMessages.compartment($0.rawValue)) }

    @Test func everyNameHasATitleOfItsOwnInBothLanguages() {
        for (name, title) in Self.titles {
            #expect(title != Message(verbatim: name), "\(name)")
            #expect(title.text(in: .simplifiedChinese) != title.text(in: .english), "\(name)")
            // English says it as the name does.
            #expect(title.text(in: .english).filter(\.isLetter) == name.filter(\.isLetter))
        }
        for language in Language.allCases {
            let roles = Role.allCases.map { TitleMessages.role($0.rawValue).text(in: language) }
            #expect(Set(roles).count == roles.count)
            let parts = Compartment.allCases.map {
                TitleMessages.compartment($0.rawValue).text(in: language)
            }
            #expect(Set(parts).count == parts.count)
        }
    }

    /// In English the trail says an action by its name, as the export does.
    @Test func everyActionHasATitle() {
        let titles = Action.allCases.map { TitleMessages.action($0.rawValue) }
        #expect(titles.map { $0.text(in: .english) } == Action.allCases.map(\.rawValue))
        let chinese = titles.map { $0.text(in: .simplifiedChinese) }
        #expect(Set(chinese).count == chinese.count)
        #expect(chinese.allSatisfy { !$0.contains(".") })
        #expect(TitleMessages.action("record.burn") == Message(verbatim: "record.burn"))
    }

    @Test(arguments: [
        ("medical-officer", "medical-officer"), ("Medical officer", "medical-officer"),
        ("医疗互助专员", "medical-officer"), (" 审计员 ", "auditor"), ("AUDITOR", "auditor"),
        ("medical_officer", "medical-officer"),
    ]) func titlesAreReadInBothLanguages(typed: String, name: String) {
        let names = Role.allCases.map(\.rawValue)
        #expect(TitleMessages.name(typed, among: names, TitleMessages.role) == name)
    }

    @Test(arguments: ["", "medical", "officer", "审计", "boss", "medicalofficer"])
    func whatIsNoTitleIsNoName(typed: String) {
        let names = Role.allCases.map(\.rawValue)
        #expect(TitleMessages.name(typed, among: names, TitleMessages.role) == nil)
    }

    @Test func anUnknownNameStandsForItself() {
        #expect(TitleMessages.kind("dental.visit") == Message(verbatim: "dental.visit"))
        #expect(TitleMessages.role("boss") == Message(verbatim: "boss"))
        #expect(TitleMessages.compartment("dental") == Message(verbatim: "dental"))
    }

    @Test func whatMayBeTypedIsListedAsTheReaderTypesIt() {
        let known = TitleMessages.choices(["medical-officer", "auditor"], TitleMessages.role)
        #expect(known.text(in: .english) == "medical-officer, auditor")
        #expect(known.text(in: .simplifiedChinese) == "医疗互助专员、审计员")
        #expect(TitleMessages.purpose("TREAT").text(in: .english) == "treatment")
        #expect(TitleMessages.purpose("TREAT").text(in: .simplifiedChinese) == "治疗")
        #expect(TitleMessages.purpose("X") == Message(verbatim: "X"))
    }

    @Test func somethingInARow() {
        let roles = TitleMessages.roles(["counsellor", "approver"])
        #expect(roles.text(in: .english) == "counsellor, approver")
        #expect(roles.text(in: .simplifiedChinese) == "心理咨询员、审批员")
        #expect(TitleMessages.roles([]).text(in: .simplifiedChinese) == "无")
    }
}
