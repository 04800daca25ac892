import Testing

@testable import VaultPlatform

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("张伟", 4), ("ｆｕｌｌ", 8), ("。", 2), ("한글", 4), ("カナ", 4), ("ｶﾅ", 2),
        ("e\u{301}", 1), ("\u{1F600}", 2), ("\u{2764}\u{FE0F}", 2), ("🇨🇳", 2), ("👩‍👩‍👧", 2),
        ("\u{20000}", 2), ("—", 1), ("“”", 2), ("\u{1}", 0), ("\u{303F}", 1), ("ё", 1),
    ])
    func knownWidths(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }
}
