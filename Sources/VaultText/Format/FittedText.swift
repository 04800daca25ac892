import VaultPlatform

/// Text cut to the columns that there are, by what characters take in a terminal.
package enum FittedText {
    /// Narrower columns say nothing.
    private static let narrowest = 4

    /// The text, made visible, with `…` in place of what does not fit.
    package static func cut(_ text: String, to columns: Int) -> String {
        let text = VisibleText.line(text)
        guard DisplayWidth.of(text) > columns else { return text }
        var used = 1
        let kept = text.prefix { character in
            used += DisplayWidth.of(character)
            return used <= columns
        }
        return kept + "…"
    }

    /// Widths of columns side by side, the widest made narrower until all fit, as far as that goes.
    static func widths(_ full: [Int], within available: Int) -> [Int] {
        var widths = full
        for _ in 0..<max(0, full.reduce(0, +) - available) {
            guard let widest = widths.max(), widest > narrowest,
                let column = widths.firstIndex(of: widest)
            else { break }
            widths[column] -= 1
        }
        return widths
    }
}
