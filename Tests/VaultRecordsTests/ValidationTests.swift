import Testing
import VaultCoding

@testable import VaultRecords

@Suite struct ValidationTests {
    @Test(arguments: RecordKind.allCases)
    func aFullRecordIsGoodAndItsCanonicalFormIsAFixedPoint(kind: RecordKind) throws {
        let schema = KindRegistry.schema(for: kind)
        let body = try schema.parse(Array(Samples.text(of: kind).utf8))
        #expect(body.kind == kind)
        #expect(body.fields["schema"] == .int(schema.version))
        let again = try schema.parse(body.bytes)
        #expect(again.bytes == body.bytes)
        #expect(again == body)
        #expect(try JSONWriter.canonical(JSON.parse(body.bytes)) == body.bytes)
    }

    @Test(arguments: RecordKind.allCases)
    func theSamplesUseEveryTopLevelField(kind: RecordKind) throws {
        let present = Set(try Samples.value(of: kind).keys).subtracting(["schema"])
        #expect(present == Set(KindRegistry.schema(for: kind).fields.map(\.name)))
    }

    @Test(arguments: RecordKind.allCases)
    func everyRequiredFieldIsMissedByName(kind: RecordKind) throws {
        let schema = KindRegistry.schema(for: kind)
        for field in schema.fields where field.isRequired {
            var object = try Samples.value(of: kind)
            object[field.name] = nil
            #expect(faults(kind, .object(object)) == ["\(field.name) missing"])
        }
        #expect(!faults(kind, .object(JSON.Object())).isEmpty)
    }

    @Test(arguments: RecordKind.allCases)
    func everyFieldRefusesNullAndEveryOtherType(kind: RecordKind) throws {
        for field in KindRegistry.schema(for: kind).fields {
            for wrong in [JSON.Value.null, .double(1.5), .array([.null])] {
                var object = try Samples.value(of: kind)
                object[field.name] = wrong
                let found = faults(kind, .object(object))
                #expect(found.contains { $0.hasPrefix(field.name) && $0.hasSuffix("wrong-type") })
            }
        }
    }

    @Test func everyProblemIsNamedByPathAndOnlyThose() throws {
        var object = try Samples.value(of: .hardshipCase)
        object["household"] = [
            ["relation": "cousin", "birth_date": "2023-02-29"],
            ["birth_date": "1980-01-01"],
            ["relation": "child", "income": ["amount_minor": "x", "currency": "cny"], "age": 4],
        ]
        object["causes"] = []
        object["colour"] = "red"
        object["opened_on"] = "2025-01-01"
        let expected: Set = [
            "household[0].relation not-an-option", "household[0].birth_date not-a-date",
            "household[1].relation missing", "household[2].income.amount_minor wrong-type",
            "household[2].income.currency not-an-option", "household[2].age unknown-field",
            "causes empty-list", "colour unknown-field", "closed_on wrong-order",
        ]
        let found = faults(.hardshipCase, .object(object))
        #expect(Set(found) == expected)
        #expect(found.count == expected.count)
    }

    @Test func valuesAreNeverEchoed() throws {
        let canary = "秘密Canary7"
        let texts = [
            #"{"names":"\#(canary)"}"#, #"{"names":[{"full":"x","kind":"\#(canary)"}]}"#,
            #"{"\#(canary)":1}"#, #"{"names":[{"full":"\#(canary)\u0007"}]}"#,
            #"{"names":[{"full":"x"}],"contacts":{"\#(canary)":"\#(canary)","email":"\#(canary)"}}"#,
            #"{"names":[{"full":"x"}],"birth_date":"\#(canary)","sex":"\#(canary)"}"#,
        ]
        for text in texts {
            let error = #expect(throws: RecordError.self) {
                try KindRegistry.schema(for: .registrySubject).parse(Array(text.utf8))
            }
            let shown = "\(String(describing: error)) \(String(reflecting: error))"
            #expect(!shown.contains(canary) && !shown.contains("Canary"))
        }
        let body = try KindRegistry.schema(for: .registrySubject).parse(Array(Samples.subject.utf8))
        var dumped = ""
        dump(body, to: &dumped)
        #expect(!(dumped + "\(body)" + String(reflecting: body)).contains("张三"))
    }

    @Test func aSubjectHasANameOrIsAnonymous() throws {
        #expect(try faults(.registrySubject, "{}") == ["names missing"])
        #expect(try faults(.registrySubject, #"{"anonymous":false}"#) == ["names missing"])
        #expect(try faults(.registrySubject, #"{"anonymous":true}"#) == [])
        #expect(try faults(.registrySubject, #"{"names":[{"full":"张三"}]}"#) == [])
        let both = """
            {"anonymous":true,"names":[{"full":"x"}],"employee_number":"1","national_id":"2",
            "birth_date":"1990-01-01","contacts":{"phone":"123"},"relatives":[{"relation":"child"}],
            "sex":"female","remarks":"calls at night"}
            """
        #expect(
            try faults(.registrySubject, both) == [
                "names conflict", "employee_number conflict", "national_id conflict",
                "birth_date conflict", "contacts conflict", "relatives conflict",
            ])
    }

    @Test func partsOfABillFitTheBill() throws {
        var object = try Samples.value(of: .medicalExpense)
        object["insurance_paid"] = ["amount_minor": 100_001, "currency": "CNY"]
        object["own_share"] = ["amount_minor": 1, "currency": "USD"]
        object["discharged_on"] = "2024-04-30"
        #expect(
            faults(.medicalExpense, .object(object)) == [
                "discharged_on wrong-order", "insurance_paid above-whole",
                "own_share other-currency",
            ])
    }

    @Test func aClosedCaseHasADay() throws {
        var object = try Samples.value(of: .hardshipCase)
        object["closed_on"] = nil
        #expect(faults(.hardshipCase, .object(object)) == ["closed_on missing"])
        object["status"] = "approved"
        #expect(faults(.hardshipCase, .object(object)) == [])
    }

    @Test func whatWasGrantedHasASumAndADay() throws {
        var object = try Samples.value(of: .medicalBenefit)
        object["amount"] = nil
        object["decided_on"] = nil
        for decision in ["approved", "reduced"] {
            object["decision"] = .string(decision)
            #expect(
                faults(.medicalBenefit, .object(object)) == [
                    "amount missing", "decided_on missing",
                ])
        }
        object["decision"] = "rejected"
        #expect(faults(.medicalBenefit, .object(object)) == ["decided_on missing"])
        object["decision"] = "pending"
        #expect(faults(.medicalBenefit, .object(object)) == [])
    }

    @Test func aBenefitFitsItsClaimAndItsDays() throws {
        var object = try Samples.value(of: .medicalBenefit)
        object["amount"] = ["amount_minor": 500_001, "currency": "CNY"]
        object["applied_on"] = "2024-05-21"
        object["paid_on"] = "2024-05-19"
        object["period_to"] = "2024-03-31"
        object["type"] = "lottery"
        #expect(
            faults(.medicalBenefit, .object(object)) == [
                "type not-an-option", "period_to wrong-order", "decided_on wrong-order",
                "paid_on wrong-order", "amount above-whole",
            ])
    }

    @Test func aCoverThatEndedHasALastDay() throws {
        var object = try Samples.value(of: .medicalCoverage)
        object["ends_on"] = "2023-12-31"
        #expect(faults(.medicalCoverage, .object(object)) == ["ends_on wrong-order"])
        object["ends_on"] = nil
        for (status, good) in [("ended", false), ("cancelled", false), ("active", true)] {
            object["status"] = .string(status)
            let expected = good ? [] : ["ends_on missing"]
            #expect(faults(.medicalCoverage, .object(object)) == expected)
        }
    }

    @Test func onlyThisVersionIsAccepted() throws {
        var object = try Samples.value(of: .counsellingSession)
        for wrong in [JSON.Value.int(2), .int(0), .string("1"), .double(1.0), .null] {
            object["schema"] = wrong
            #expect(faults(.counsellingSession, .object(object)) == ["schema not-an-option"])
        }
    }

    @Test func numbersStopAtTheirBounds() throws {
        var object = try Samples.value(of: .counsellingSession)
        for (number, good) in [(0, false), (1, true), (1_440, true), (1_441, false)]
            as [(Int64, Bool)]
        {
            object["duration_minutes"] = .int(number)
            let expected = good ? [] : ["duration_minutes out-of-range"]
            #expect(faults(.counsellingSession, .object(object)) == expected)
        }
    }

    @Test func listsStopAtTheirBounds() throws {
        var object = try Samples.value(of: .registrySubject)
        object["relatives"] = .array(Array(repeating: ["relation": "child"], count: 32))
        #expect(faults(.registrySubject, .object(object)) == [])
        object["relatives"] = .array(Array(repeating: ["relation": "child"], count: 33))
        #expect(faults(.registrySubject, .object(object)) == ["relatives too-many"])
    }

    @Test func aFloodOfProblemsIsCounted() throws {
        var object = try Samples.value(of: .registrySubject)
        object["relatives"] = .array(Array(repeating: .int(1), count: 1_000))
        let error = #expect(throws: RecordError.self) {
            try KindRegistry.schema(for: .registrySubject).validate(.object(object))
        }
        guard case .invalid(let report)? = error else {
            Issue.record("another error")
            return
        }
        #expect(report.problems.count == ValidationReport.limit)
        #expect(report.omitted == 1_001 - ValidationReport.limit)
    }

    @Test func aRecordHasALargestSize() throws {
        var object = try Samples.value(of: .hardshipCase)
        let approval: JSON.Value = [
            "decision": "approved", "decided_on": "2024-02-01", "body": "union",
            "reason": .string(String(repeating: "\"", count: 2_000)),
        ]
        object["approvals"] = .array(Array(repeating: approval, count: 16))
        object["circumstances"] = .string(String(repeating: "\"", count: 20_000))
        #expect(faults(.hardshipCase, .object(object)) == [])
        let body = try KindRegistry.schema(for: .hardshipCase).validate(.object(object))
        #expect(body.bytes.count < RecordSchema.bodyLimit)
    }

    @Test func unknownKindsAreRefused() {
        for name in [
            "", "registry", "registry.subject ", "Registry.subject", "medical.*", "legal.aid",
        ] {
            #expect(throws: RecordError.unknownKind) { try KindRegistry.schema(named: name) }
        }
        #expect(throws: Never.self) { try KindRegistry.schema(named: "hardship.case") }
    }

    @Test func everyKindHasItsSchemaAndCompartment() {
        for kind in RecordKind.allCases {
            #expect(KindRegistry.schema(for: kind).kind == kind)
            #expect(kind.compartment.rawValue == kind.family)
        }
    }

    @Test func everyOneByteChangeIsRefusedOrReadsAsItself() throws {
        let seed = Array(#"{"names":[{"full":"张 A"}],"sex":"male","birth_date":"2000-02-29"}"#.utf8)
        let schema = KindRegistry.schema(for: .registrySubject)
        #expect(throws: Never.self) { try schema.parse(seed) }
        var accepted = 0
        for index in seed.indices {
            for byte in UInt8.min...UInt8.max {
                var bent = seed
                bent[index] = byte
                guard let body = try? schema.parse(bent) else { continue }
                accepted += 1
                #expect(try schema.parse(body.bytes).bytes == body.bytes)
            }
        }
        #expect(accepted > seed.count)
    }
}
