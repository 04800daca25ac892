/// The place of a tile: 256 hashes of the tree beside each other, eight levels below their root.
///
/// Tile `index` of `level` holds, for i in 0..<256, the hash of the complete subtree over the leaves
/// `(index · 256 + i) · 256^level` and on, `256^level` of them. A tile of fewer hashes is partial.
/// Source: C2SP tlog-tiles.
package struct TileID: Hashable, Sendable {
    /// Hashes of a full tile.
    package static let fullWidth = 256
    /// Tree levels that one tile spans.
    package static let height = 8
    /// The highest level that a tree of 2⁶⁴ − 1 leaves has.
    package static let topLevel: UInt8 = 7

    /// 0 for leaf hashes; one level up for each eight levels of the tree.
    package let level: UInt8
    /// The position from the left, from 0.
    package let index: UInt64

    /// From level and index.
    package init(level: UInt8, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// How many hashes this tile has in a tree of `size` leaves, 0 to 256.
    package func width(inTreeOf size: UInt64) -> Int {
        guard level <= Self.topLevel else { return 0 }
        let hashes = size >> (UInt64(level) * 8)
        let first = index.multipliedReportingOverflow(by: 256)
        guard !first.overflow, hashes > first.partialValue else { return 0 }
        return Int(min(hashes - first.partialValue, 256))
    }

    /// The path below the log's URL: `tile/<level>/<index>`, the index in groups of three digits, all
    /// but the last prefixed `x`; a partial tile of `width` hashes ends in `.p/<width>`.
    package func path(width: Int?) -> String {
        let partial = width.map { $0 < Self.fullWidth ? ".p/\($0)" : "" } ?? ""
        return "tile/\(level)/\(Self.groups(index))\(partial)"
    }

    /// The path of the bundle of the entries `index · 256` and on.
    package static func entriesPath(index: UInt64, width: Int?) -> String {
        let partial = width.map { $0 < fullWidth ? ".p/\($0)" : "" } ?? ""
        return "tile/entries/\(groups(index))\(partial)"
    }

    private static func groups(_ index: UInt64) -> String {
        var rest = index
        var text = ""
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.count) + digits
            text = text.isEmpty ? group : "x\(group)/\(text)"
            rest /= 1000
        } while rest > 0
        return text
    }
}
