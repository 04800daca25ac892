import Testing

@testable import VaultPlatform

/// Pseudo-random numbers from a seed (SplitMix64, Steele et al. 2014), so that a failure repeats.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct LineEditorPropertyTests {
    private static let pieces = [
        "a", "zero one", "张", "伟三", "\u{301}", "e", "👩‍👩‍👧", "🇨🇳", "한", "ᄒ", "ᅡ", "\u{200D}",
        "\u{1B}[D", "\u{1B}[C", "\u{1B}[A", "\u{1B}[B", "\u{1B}[H", "\u{1B}[F", "\u{1B}[3~",
        "\u{1}", "\u{5}", "\u{7F}", "\u{17}", "\u{B}", "\u{15}", "\t", "\u{C}", "\u{1B}b",
        "\u{1B}f",
        "\u{1B}[200~pasted\rtext\u{1B}[201~", "\u{202E}", "\u{3000}",
    ]

    /// What must hold after every byte: the cursor within the text, the text within its limit, and
    /// on the screen the prompt, then a part of the text around the cursor, in its place.
    private func check(_ typist: Typist, prompt: String) {
        let line = typist.editor.line
        #expect((0...line.characters.count).contains(line.cursor))
        #expect(line.size == line.characters.reduce(0) { $0 + $1.utf8.count })
        #expect(line.size <= 400)
        guard typist.editor.outcome == nil else { return }
        // Marks that belong to no character are drawn over what stands before; leave them out.
        let shown = { (characters: ArraySlice<Character>) in
            String(characters.filter { DisplayWidth.of($0) > 0 })
        }
        let row = String(typist.screen.cells.compactMap { $0 })
        #expect(row.hasPrefix(prompt))
        var body = Substring(row.dropFirst(prompt.count))
        while body.last == " " { body.removeLast() }
        let left = typist.screen.cells[..<typist.screen.cursor].compactMap { $0 }
            .dropFirst(prompt.count)
        let before = shown(line.characters[..<line.cursor])
        let isMoved = left.first == "<" && !before.hasPrefix(String(left))
        let visible = String(isMoved ? left.dropFirst() : left)
        #expect(before.hasSuffix(visible))
        #expect(isMoved || before == visible)
        if line.cursor < line.characters.count {
            let under = line.characters[line.cursor]
            if DisplayWidth.of(under) > 0 {
                #expect(typist.screen.cells[typist.screen.cursor] == under)
            }
        }
    }

    @Test(arguments: 0..<60) func whateverIsTyped(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let columns = [24, 40, 80].randomElement(using: &dice) ?? 40
        let prompt = ["> ", "nina> ", "张伟> "].randomElement(using: &dice) ?? "> "
        var typist = Typist(
            columns: columns, prompt: prompt, history: ["find 张伟", "status"], limit: 400)
        typist.complete = { before in
            LineCompletion(typed: String(before.suffix(1)), candidates: [before.suffix(1) + "x"])
        }
        for _ in 0..<120 {
            typist.type(Self.pieces.randomElement(using: &dice) ?? "a")
            check(typist, prompt: prompt)
        }
    }

    @Test(arguments: 0..<40) func randomBytesDoNoHarm(seed: Int) {
        var dice = Dice(state: 1_000 + UInt64(seed))
        var typist = Typist(columns: 40, limit: 400)
        for _ in 0..<600 where typist.editor.outcome == nil {
            var byte = UInt8.random(in: 0...255, using: &dice)
            // Those that end the line would make the test short.
            if [0x0A, 0x0D, 0x03, 0x04].contains(byte) { byte = 0x1B }
            typist.type(bytes: [byte])
            check(typist, prompt: "> ")
        }
    }

    @Test(arguments: 0..<20) func drawingIsAllThereIs(seed: Int) {
        // Drawn only at the end, the row is the same as drawn after every key.
        var dice = Dice(state: 2_000 + UInt64(seed))
        var often = Typist(columns: 40, limit: 400)
        var bytes: [UInt8] = []
        for _ in 0..<60 { bytes += Array((Self.pieces.randomElement(using: &dice) ?? "").utf8) }
        often.type(bytes: bytes)
        var once = LineEditor(prompt: "> ", limit: 400)
        for byte in bytes { _ = once.feed(byte, columns: 40) }
        #expect(once.line == often.editor.line)
        var screen = TinyScreen(columns: 40)
        screen.show(once.draw(columns: 40))
        let second = once.draw(columns: 40)
        let row = screen.row
        screen.show(second)
        #expect(screen.row == row)
    }
}
