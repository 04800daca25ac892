import Testing
import VaultCoding
import VaultSodium

@Suite struct EnvelopeTests {
    private let context = Context([1, 2, 3], [], Array("row".utf8))

    @Test(arguments: [0, 1, 15, 16, 63, 64, 65, 1024, 70_000])
    func opensWhatItSealed(count: Int) throws {
        let key = try SecretBytes(random: 32)
        let plain = Random.bytes(count)
        let envelope = try Envelope.seal(plain, key: key, number: 0x0102_0304, context: context)
        #expect(envelope.count == count + Envelope.overhead)
        #expect(Array(envelope[..<5]) == [1, 1, 2, 3, 4])
        #expect(try Envelope.keyNumber(of: envelope) == 0x0102_0304)
        #expect(try Envelope.open(envelope, key: key, context: context) == plain)
    }

    @Test func secretsGoBothWays() throws {
        let key = try SecretBytes(random: 32)
        let inner = try SecretBytes(random: 32)
        let envelope = try Envelope.sealSecret(inner, key: key, number: 1, context: context)
        let opened = try Envelope.openSecret(envelope, key: key, context: context)
        #expect(reveal(opened) == reveal(inner))
    }

    @Test func everyFlippedBitIsRefused() throws {
        let key = try SecretBytes(random: 32)
        let envelope = try Envelope.seal(
            Array("a note".utf8), key: key, number: 3, context: context)
        for index in envelope.indices {
            for bit in 0..<8 {
                var mangled = envelope
                mangled[index] ^= 1 << bit
                #expect(throws: SodiumError.cannotOpen) {
                    try Envelope.open(mangled, key: key, context: context)
                }
            }
        }
    }

    @Test func everyOtherLengthIsRefused() throws {
        let key = try SecretBytes(random: 32)
        let envelope = try Envelope.seal([1, 2, 3], key: key, number: 3, context: context)
        for count in envelope.indices {
            #expect(throws: SodiumError.cannotOpen) {
                try Envelope.open(Array(envelope[..<count]), key: key, context: context)
            }
            #expect(throws: SodiumError.cannotOpen) {
                _ = try Envelope.openSecret(Array(envelope[..<count]), key: key, context: context)
            }
        }
        #expect(throws: SodiumError.cannotOpen) {
            try Envelope.open(envelope + [0], key: key, context: context)
        }
    }

    @Test func opensWithNoOtherKeyOrPlace() throws {
        let key = try SecretBytes(random: 32)
        let envelope = try Envelope.seal([1, 2, 3], key: key, number: 3, context: context)
        let other = try SecretBytes(random: 32)
        #expect(throws: SodiumError.cannotOpen) {
            try Envelope.open(envelope, key: other, context: context)
        }
        let places = [
            Context(), Context([1, 2, 3]), Context([1, 2, 3], Array("row".utf8), []),
            Context([1, 2], [3], Array("row".utf8)), Context(context.bytes),
        ]
        for place in places {
            #expect(throws: SodiumError.cannotOpen) {
                try Envelope.open(envelope, key: key, context: place)
            }
        }
    }

    @Test func sealingTwiceGivesDifferentEnvelopes() throws {
        let key = try SecretBytes(random: 32)
        let one = try Envelope.seal([1], key: key, number: 1, context: context)
        let two = try Envelope.seal([1], key: key, number: 1, context: context)
        #expect(one[5..<29] != two[5..<29])
        #expect(one[29..<61] != two[29..<61])
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func keysOfOtherSizesAreRefused(count: Int) throws {
        let key = try SecretBytes(random: count)
        let expected = SodiumError.length(what: "envelope key", expected: 32, found: count)
        #expect(throws: expected) {
            try Envelope.seal([1], key: key, number: 1, context: context)
        }
        #expect(throws: expected) {
            try Envelope.open([UInt8](repeating: 1, count: 80), key: key, context: context)
        }
    }

    @Test func aLargePlaintextIsNoSecret() throws {
        let key = try SecretBytes(random: 32)
        let plain = [UInt8](repeating: 0, count: 4097)
        let envelope = try Envelope.seal(plain, key: key, number: 1, context: context)
        #expect(throws: SodiumError.length(what: "secret", expected: 4096, found: 4097)) {
            _ = try Envelope.openSecret(envelope, key: key, context: context)
        }
    }
}

@Suite struct ContextTests {
    @Test func fieldsAreFramed() {
        #expect(Context([1, 2], []).bytes == [0, 0, 0, 2, 1, 2, 0, 0, 0, 0])
        #expect(Context().bytes == [])
        #expect(Context(fields: [[9]]) == Context([9]))
    }
}

@Suite struct PaddingTests {
    @Test func neverShorterNeverMuchLonger() {
        var previous = 0
        for length in 0..<70_000 {
            let padded = Padding.padme(length, floor: 0)
            #expect(padded >= length && padded >= previous)
            #expect(Double(padded) <= Double(length) * 1.1163)
            #expect(Padding.padme(padded, floor: 0) == padded)
            previous = padded
        }
    }

    @Test func theFloorHidesWhatIsBelow() {
        for length in 0...1024 { #expect(Padding.padme(length, floor: 1024) == 1024) }
        #expect(Padding.padme(1025, floor: 1024) == 1088)
    }

    @Test(arguments: [0, 1, 11, 12, 13, 500, 1020, 1021, 5000])
    func unpadsWhatItPadded(count: Int) throws {
        let bytes = Random.bytes(count)
        let padded = Padding.pad(bytes, floor: 1024)
        #expect(padded.count == Padding.padme(count + 4, floor: 1024))
        #expect(try Padding.unpad(padded) == bytes)
        let block = Padding.pad(bytes, toMultipleOf: 512)
        #expect(block.count % 512 == 0 && block.count - count - 4 < 512)
        #expect(try Padding.unpad(block) == bytes)
    }

    @Test func everyFlippedBitIsRefusedOrSeen() throws {
        let padded = Padding.pad([0xff, 0x01, 0x80], floor: 16)
        for index in padded.indices {
            for bit in 0..<8 {
                var mangled = padded
                mangled[index] ^= 1 << bit
                guard let bytes = try? Padding.unpad(mangled) else { continue }
                #expect(bytes != [0xff, 0x01, 0x80])
                #expect(Padding.pad(bytes, floor: 16) == mangled)
            }
        }
    }
}

@Suite struct AEADTests {
    @Test func lengthsAreCheckedFirst() throws {
        let key = try SecretBytes(random: 32)
        let short = try SecretBytes(random: 31)
        let nonce = [UInt8](repeating: 0, count: 24)
        #expect(throws: SodiumError.self) {
            try AEAD.seal([1].span, key: short, nonce: nonce, additional: [])
        }
        for count in [0, 12, 23, 25] {
            #expect(throws: SodiumError.self) {
                try AEAD.seal([1].span, key: key, nonce: Random.bytes(count), additional: [])
            }
        }
        for count in 0..<16 {
            #expect(throws: SodiumError.cannotOpen) {
                try AEAD.open(Random.bytes(count), key: key, nonce: nonce, additional: [])
            }
        }
    }

    @Test func nothingIsSealedToATagAlone() throws {
        let key = try SecretBytes(random: 32)
        let nonce = Random.bytes(24)
        let sealed = try AEAD.seal([UInt8]().span, key: key, nonce: nonce, additional: [5])
        #expect(sealed.count == 16)
        #expect(try AEAD.open(sealed, key: key, nonce: nonce, additional: [5]) == [])
    }
}
