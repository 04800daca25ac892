/// How much of everything there is. The whole has the shape of a published account of a bank's
/// regional union; only its counts and sums are taken from there, every person is invented.
struct SampleShape: Equatable {
    /// Payments of one sort: how many, and their sum in fen.
    struct Payments: Equatable {
        let count: Int
        let total: Int64
    }

    /// People: staff, retired ones among them.
    let people: Int
    /// System subsidies for stays in hospital.
    let inpatient: Payments
    /// System subsidies for treatment without a stay.
    let outpatient: Payments
    /// Payments of the mutual-aid fund, to serving staff.
    let mutualAid: Payments
    /// Payments under the policy for women.
    let womensPolicy: Payments
    /// Employees and relatives with commercial cover, one record each.
    let covers: Int
    /// Households in need.
    let cases: Int
    /// People who see a counsellor.
    let clients: Int
    /// Their sessions.
    let sessions: Int

    /// The smallest share: below it some sums would be smaller than one payment.
    static let denominators = 1...100

    /// The whole divided by a number of ``denominators``; counts are rounded, at least one, and sums
    /// follow the division, so that each stays exact.
    init(dividedBy denominator: Int) {
        func count(_ whole: Int) -> Int { max(1, (whole + denominator / 2) / denominator) }
        func payments(_ whole: Int, yuan: Int64) -> Payments {
            Payments(count: count(whole), total: yuan * 100 / Int64(denominator))
        }
        people = count(6_000)
        inpatient = payments(3_500, yuan: 17_000_000)
        outpatient = payments(7_400, yuan: 8_000_000)
        mutualAid = payments(11, yuan: 1_100_000)
        womensPolicy = payments(9, yuan: 145_000)
        covers = count(1_300)
        cases = count(240)
        clients = count(180)
        sessions = count(1_200)
    }
}

/// Days of the sample, counted from its first, 2020-01-01.
enum SampleDay {
    /// The last day, 2026-06-30: fixed, because the same seed must give the same bytes next year.
    static let last = 2_372

    /// The first days of the years 2020 to 2026.
    static let newYears = [0, 366, 731, 1_096, 1_461, 1_827, 2_192]

    /// The day as `YYYY-MM-DD`. Years are counted from March, so that leap days come last (the
    /// algorithm of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    static func text(_ day: Int) -> String {
        let sinceEra = day + 18_262 + 719_468
        let era = sinceEra / 146_097
        let ofEra = sinceEra % 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(two(month))-\(two(ofYear - (153 * shifted + 2) / 5 + 1))"
    }

    /// About so many years before the first day.
    static func yearsAgo(_ years: Int) -> Int { -(years * 1_461 / 4) }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
