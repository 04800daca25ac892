package import VaultCoding

/// An amount of money: a whole number of the currency's smallest unit, never a fraction, so that sums
/// are exact. In JSON `{"amount_minor": 120050, "currency": "CNY"}`; people write `1200.50 CNY`.
package struct Money: Hashable, Sendable {
    /// The largest amount in minor units: above every household and hospital, far below overflow when
    /// millions are added up.
    package static let limit: Int64 = 10_000_000_000_000

    static let amountField = "amount_minor"
    static let currencyField = "currency"
    /// The fields of the JSON form.
    package static let fields: [Field] = [
        .required(
            amountField, .integer(0...limit, unit: "minor units: fen, cents"),
            "the amount in the smallest unit of the currency"),
        .required(
            currencyField, .text(TextRule(characters: 3, bytes: 3, isLong: false, form: nil)),
            "code of ISO 4217"),
    ]

    /// The amount in minor units, from 0 to ``limit``.
    package let amountMinor: Int64
    /// The currency.
    package let currency: Currency

    /// An amount in range, else nil.
    package init?(amountMinor: Int64, currency: Currency) {
        guard (0...Self.limit).contains(amountMinor) else { return nil }
        self.amountMinor = amountMinor
        self.currency = currency
    }

    /// From the JSON form, else nil.
    package init?(_ value: JSON.Value?) {
        guard let amount = value?[Self.amountField]?.int,
            let code = value?[Self.currencyField]?.string, let currency = Currency(code: code)
        else { return nil }
        self.init(amountMinor: amount, currency: currency)
    }

    /// From what people write: `1200 CNY`, `1200.50 CNY`, `300 JPY`; one space, no separators, as many
    /// decimals as the currency has or none at all. Else nil.
    package init?(text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let currency = Currency(code: String(parts[1])) else { return nil }
        let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard number.count <= 2, let whole = number.first else { return nil }
        var fraction = String(repeating: "0", count: currency.decimals)
        if number.count == 2 {
            guard currency.decimals > 0, number[1].count == currency.decimals else { return nil }
            fraction = String(number[1])
        }
        let digits = whole + fraction
        guard !whole.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        guard whole == "0" || whole.first != "0", let amount = Int64(digits) else { return nil }
        self.init(amountMinor: amount, currency: currency)
    }

    /// The JSON form.
    package var json: JSON.Value {
        [Self.amountField: .int(amountMinor), Self.currencyField: .string(currency.code)]
    }

    /// What people write and read: `1200.50 CNY`.
    package var text: String {
        let digits = String(amountMinor)
        guard currency.decimals > 0 else { return "\(digits) \(currency.code)" }
        let missing = max(0, currency.decimals + 1 - digits.count)
        let padded = String(repeating: "0", count: missing) + digits
        return
            "\(padded.dropLast(currency.decimals)).\(padded.suffix(currency.decimals)) \(currency.code)"
    }
}
