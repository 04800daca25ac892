/// A currency in circulation, by its code of ISO 4217.
package struct Currency: Hashable, Sendable {
    /// The alphabetic code, such as `CNY`.
    package let code: String
    /// The digits after the decimal point, from 0 to 3.
    package let decimals: Int

    /// From a code, exactly as in the standard; else nil.
    package init?(code: String) {
        // Swift takes U+212A, the Kelvin sign, for a K; the standard does not.
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return nil
        }
        guard let decimals = Self.decimals[code] else { return nil }
        self.code = code
        self.decimals = decimals
    }

    /// Every code with its number of decimals (ISO 4217 list one, without funds, metals and test codes;
    /// `BGN`, withdrawn in 2026, stays because bills of before are still handed in).
    private static let decimals: [String: Int] = {
        let byDecimals = [
            0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
            2: """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD \
            CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP \
            GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
            LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB \
            PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
            SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW \
            ZWG
            """,
            3: "BHD IQD JOD KWD LYD OMR TND",
        ]
        var result: [String: Int] = [:]
        for (decimals, codes) in byDecimals {
            for code in codes.split(separator: " ") { result[String(code)] = decimals }
        }
        return result
    }()
}
