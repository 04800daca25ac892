import Testing
import VaultAudit

@Suite("Places of tiles")
struct TileIDTests {
    /// The examples of C2SP tlog-tiles.
    @Test(arguments: [
        (UInt64(0), "tile/0/000"), (1000, "tile/0/x001/000"), (1_234_067, "tile/0/x001/x234/067"),
    ])
    func paths(index: UInt64, path: String) {
        #expect(TileID(level: 0, index: index).path(width: nil) == path)
        #expect(TileID(level: 0, index: index).path(width: 256) == path)
        #expect(TileID(level: 0, index: index).path(width: 112) == path + ".p/112")
    }

    @Test func entryBundles() {
        #expect(TileID.entriesPath(index: 273, width: 112) == "tile/entries/273.p/112")
    }

    @Test func widthsOfATreeOf70000() {
        func width(_ level: UInt8, _ index: UInt64) -> Int {
            TileID(level: level, index: index).width(inTreeOf: 70_000)
        }
        #expect(width(0, 272) == 256)
        #expect(width(0, 273) == 112)
        #expect(width(0, 274) == 0)
        #expect(width(1, 0) == 256)
        #expect(width(1, 1) == 17)
        #expect(width(2, 0) == 1)
        #expect(width(3, 0) == 0)
        #expect(width(8, 0) == 0)
        #expect(TileID(level: 0, index: .max).width(inTreeOf: .max) == 0)
        #expect(TileID(level: 0, index: 0).width(inTreeOf: 256) == 256)
        #expect(TileID(level: 1, index: 0).width(inTreeOf: 256) == 1)
    }
}
