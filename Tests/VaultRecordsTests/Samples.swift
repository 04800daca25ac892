import VaultCoding

@testable import VaultRecords

/// One record of each kind that uses every field, for tests to bend.
enum Samples {
    static func text(of kind: RecordKind) -> String {
        switch kind {
        case .registrySubject: subject
        case .counsellingSession: session
        case .hardshipCase: hardship
        case .medicalExpense: expense
        case .medicalBenefit: benefit
        case .medicalCoverage: coverage
        }
    }

    static func value(of kind: RecordKind) throws -> JSON.Object {
        guard let object = try JSON.parse(text(of: kind)).object else { throw NoObject() }
        return object
    }

    struct NoObject: Error {}

    static let subject = """
        {"schema":1,"anonymous":false,"names":[{"full":"张三","kind":"legal"},{"full":"Zhang San"}],
        "employee_number":"A-0017","national_id":"11010519491231002X","birth_date":"1949-12-31",
        "sex":"male","unit":"第二车间","status":"retired","contacts":{"phone":"+86 138 0013 8000",
        "other_phone":"(010) 555-0101","email":"zhang@example.org","address":"北京","preferred":"phone",
        "safe_to_call":false},"relatives":[{"relation":"spouse","birth_date":"1952-02-29",
        "has_income":true},{"relation":"child"}],"remarks":"一行\\n二行"}
        """

    static let session = """
        {"held_on":"2024-02-29","started_at":"09:30","duration_minutes":50,"channel":"phone",
        "attendance":"attended","number":3,"risk":"low","topics":["work","grief"],"concern":"a",
        "summary":"b","plan":"c","next_on":"2024-03-07"}
        """

    static let hardship = """
        {"opened_on":"2024-01-01","closed_on":"2024-12-31","status":"closed","level":"deep",
        "region":"海淀","causes":["illness"],"circumstances":"x","household":[{"relation":"self"},
        {"relation":"spouse","birth_date":"1980-01-01","is_dependant":false,"occupation":"employed",
        "income":{"amount_minor":300000,"currency":"CNY"}},{"relation":"child","health":"asthma",
        "income":{"amount_minor":0,"currency":"CNY"}}],
        "household_income":{"amount_minor":300000,"currency":"CNY"},
        "household_expense":{"amount_minor":450000,"currency":"CNY"},
        "approvals":[{"decision":"approved","decided_on":"2024-02-01","body":"union",
        "amount":{"amount_minor":200000,"currency":"CNY"},"reason":"r"}],
        "relief":[{"paid_on":"2024-02-10","form":"transfer","amount":{"amount_minor":200000,
        "currency":"CNY"},"fund":"f","receipt":"7"}],"remarks":"y"}
        """

    static let expense = """
        {"incurred_on":"2024-05-05","admitted_on":"2024-05-01","discharged_on":"2024-05-04",
        "patient":"self","category":"inpatient","provider":"p","bill_number":"n","diagnosis":"d",
        "diagnosis_code":"F32.1","total":{"amount_minor":100000,"currency":"CNY"},
        "insurance_paid":{"amount_minor":60000,"currency":"CNY"},
        "other_paid":{"amount_minor":10000,"currency":"CNY"},
        "own_share":{"amount_minor":30000,"currency":"CNY"},"status":"verified","remarks":"z"}
        """

    static let benefit = """
        {"applied_on":"2024-05-05","type":"system_subsidy","care":"inpatient","scheme":"s",
        "reference":"r","beneficiary":"spouse","period_from":"2024-04-01","period_to":"2024-04-09",
        "claimed":{"amount_minor":500000,"currency":"CNY"},"decision":"reduced",
        "decided_on":"2024-05-20","decided_by":"union",
        "amount":{"amount_minor":300000,"currency":"CNY"},"paid_on":"2024-06-01","remarks":"z"}
        """

    static let coverage = """
        {"type":"commercial","scheme":"s","insurer":"i","policy_number":"p","insured":"child",
        "insured_birth_date":"2015-01-01","starts_on":"2024-01-01","ends_on":"2024-12-31",
        "status":"ended","premium":{"amount_minor":60000,"currency":"CNY"},"paid_by":"shared",
        "sum_insured":{"amount_minor":20000000,"currency":"CNY"},"remarks":"z"}
        """
}

/// The problems that a schema finds, as `path fault`; empty for a good record.
func faults(_ kind: RecordKind, _ value: JSON.Value) -> [String] {
    do {
        _ = try KindRegistry.schema(for: kind).validate(value)
        return []
    } catch .invalid(let report) {
        return report.problems.map { "\($0.path) \($0.fault.rawValue)" }
    } catch {
        return ["\(error)"]
    }
}

/// The same for text.
func faults(_ kind: RecordKind, _ text: String) throws -> [String] {
    faults(kind, try JSON.parse(text))
}
