import Testing
import VaultCoding

@Suite struct BinaryTests {
    /// A value that uses every shape, and its only spelling.
    struct Sample: Equatable {
        var flag: Bool
        var a: UInt8
        var b: UInt16
        var c: UInt32
        var d: UInt64
        var digest: Digest
        var name: SubjectID
        var text: String
        var list: [UInt16]
        var maybe: UInt8?

        func format() -> [UInt8] {
            var writer = ByteWriter()
            writer.put(flag)
            writer.put(a)
            writer.put(b)
            writer.put(c)
            writer.put(d)
            writer.put(digest)
            writer.put(name)
            writer.put(framed: text)
            writer.put(list: list) { $0.put($1) }
            writer.put(optional: maybe) { $0.put($1) }
            return writer.bytes
        }

        static func parse(_ bytes: [UInt8]) throws(CodingError) -> Sample {
            var reader = ByteReader(bytes)
            let sample = Sample(
                flag: try reader.bool(), a: try reader.u8(), b: try reader.u16(),
                c: try reader.u32(), d: try reader.u64(), digest: try reader.digest(),
                name: try reader.identifier(), text: try reader.text(max: 100),
                list: try reader.list(max: 10) { (r) throws(CodingError) in try r.u16() },
                maybe: try reader.optional { (r) throws(CodingError) in try r.u8() })
            try reader.finish()
            return sample
        }
    }

    let sample: Sample

    init() throws {
        let digest = try #require(Digest((0..<32).map { UInt8($0) }))
        let name = try #require(SubjectID((0..<16).map { UInt8(0xF0 | $0) }))
        sample = Sample(
            flag: true, a: 7, b: 0x0102, c: 0x0102_0304, d: 0x0102_0304_0506_0708, digest: digest,
            name: name, text: "张三", list: [1, 2, 0xFFFF], maybe: 9)
    }

    @Test func layoutIsBigEndianAndFramed() {
        #expect(
            Array(sample.format().prefix(16)) == [1, 7, 1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(sample.format().suffix(8) == [0, 1, 0, 2, 0xFF, 0xFF, 1, 9])
    }

    @Test func everyOneByteChangeIsRefusedOrKept() throws {
        let bytes = sample.format()
        #expect(try Sample.parse(bytes) == sample)
        for index in bytes.indices {
            for change in UInt8(1)...255 {
                var mangled = bytes
                mangled[index] ^= change
                if let read = try? Sample.parse(mangled) { #expect(read.format() == mangled) }
            }
        }
    }

    @Test func everyPrefixAndExtensionIsRefused() {
        let bytes = sample.format()
        for count in 0..<bytes.count {
            #expect(throws: CodingError.self) { try Sample.parse(Array(bytes.prefix(count))) }
        }
        #expect(throws: CodingError.trailing(at: bytes.count)) { try Sample.parse(bytes + [0]) }
    }

    @Test func countsBeyondTheLimitAreRefusedBeforeAnythingIsMade() {
        var reader = ByteReader([0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: CodingError.tooLong(limit: 10, at: 0)) { try reader.framed(max: 10) }
    }

    @Test func digestsOrderAsBytes() throws {
        let low = try #require(Digest([UInt8](repeating: 0, count: 31) + [1]))
        let high = try #require(Digest([1] + [UInt8](repeating: 0, count: 31)))
        #expect(low < high)
        #expect(Digest([1, 2, 3]) == nil)
        #expect(high.bytes == [1] + [UInt8](repeating: 0, count: 31))
    }
}
