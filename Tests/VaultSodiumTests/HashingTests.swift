import Testing
import VaultCoding
import VaultSodium

@Suite struct HashingTests {
    @Test func nodeAndLeafArePrefixedHashes() {
        for size in [0, 1, 54, 55, 56, 63, 64, 65, 300] {
            let left = Random.bytes(size)
            #expect(SHA256.leaf(left) == SHA256.hash([0] + left))
            #expect(SHA256.leaf(left.span) == SHA256.hash([0] + left))
            let one = SHA256.hash(left)
            let two = SHA256.hash(left + [1])
            #expect(SHA256.node(one, two) == SHA256.hash([1] + one.bytes + two.bytes))
        }
    }

    @Test func formsOfOneHashAgree() throws {
        let message = Random.bytes(200)
        let personal = Personal("CareVault.test")
        let key = try SecretBytes(random: 32)
        let digest = Blake2b.digest(message, personal: personal)
        #expect(digest.bytes == Blake2b.hash(message.span, personal: personal))
        #expect(digest == Blake2b.digest(message.span, personal: personal))
        let keyed = try Blake2b.digest(message, key: key, personal: personal)
        #expect(try reveal(Blake2b.secret(message, key: key, personal: personal)) == keyed.bytes)
        #expect(keyed != digest)
        // The length of the output is an input of BLAKE2b: a short one is no prefix.
        let short = try Blake2b.short(message, key: key, personal: personal)
        #expect(short.count == 16 && short != Array(keyed.bytes[..<16]))
    }

    @Test func eachPersonalisationIsAnotherHash() {
        let texts = [Personal("CareVault.a"), Personal("CareVault.b"), Personal("CareVault.a.v1")]
        #expect(Set(texts.map { Blake2b.digest([1], personal: $0) }).count == 3)
        #expect(Personal("CareVault.a") == Personal("CareVault.a"))
        #expect(Personal("ab").bytes == [0x61, 0x62] + [UInt8](repeating: 0, count: 14))
        #expect(Blake2b.plain([1]) == Blake2b.hash([1].span, personal: Personal("")))
    }

    @Test(arguments: [0, 1, 15, 65, 200])
    func keysOfOtherSizesAreRefused(count: Int) throws {
        let key = try SecretBytes(random: count)
        let personal = Personal("CareVault.test")
        #expect(throws: SodiumError.self) {
            try Blake2b.digest([1], key: key, personal: personal)
        }
        #expect(throws: SodiumError.self) { try Blake2b.short([1], key: key, personal: personal) }
        #expect(throws: SodiumError.self) {
            _ = try Blake2b.secret([1], key: key, personal: personal)
        }
    }

    @Test(arguments: [0, 15, 65])
    func outputsOfOtherSizesAreRefused(count: Int) throws {
        let key = try SecretBytes(random: 32)
        #expect(throws: SodiumError.self) {
            _ = try Blake2b.secret([1], key: key, personal: Personal("CareVault.t"), count: count)
        }
    }

    @Test func comparesEveryByte() throws {
        let bytes = Random.bytes(32)
        let digest = try #require(Digest(bytes))
        #expect(ConstantTime.equal(bytes, bytes) && ConstantTime.equal(digest, digest))
        #expect(ConstantTime.equal([UInt8](), []))
        #expect(!ConstantTime.equal(bytes, Array(bytes.dropLast())))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(!ConstantTime.equal(bytes, changed))
            #expect(try !ConstantTime.equal(digest, #require(Digest(changed))))
        }
    }
}

@Suite struct LtHashTests {
    private func element(_ number: UInt8) -> Digest { SHA256.hash([number]) }

    @Test func equalsTheSlowReference() {
        var set = LtHash()
        var reference: [(key: [UInt8], times: Int)] = []
        for number in UInt8(0)..<20 {
            let element = element(number)
            if number % 3 == 2 {
                set.subtract(element)
                reference.append((element.bytes, -1))
            } else {
                set.add(element)
                reference.append((element.bytes, 1))
            }
            #expect(set.bytes == Reference.ltHash(reference))
        }
    }

    @Test func orderDoesNotMatter() {
        let elements = (UInt8(0)..<30).map(element)
        var forward = LtHash()
        for element in elements { forward.add(element) }
        var backward = LtHash()
        for element in elements.reversed() { backward.add(element) }
        #expect(forward == backward)
        #expect(forward != LtHash())
    }

    @Test func subtractingUndoesAdding() {
        var set = LtHash()
        for number in UInt8(0)..<30 { set.add(element(number)) }
        let before = set
        set.add(element(99))
        #expect(set != before)
        set.subtract(element(99))
        #expect(set == before)
        for number in UInt8(0)..<30 { set.subtract(element(number)) }
        #expect(set == LtHash())
        #expect(set.bytes == [UInt8](repeating: 0, count: 2048))
    }

    @Test func readsWhatItWrote() throws {
        var set = LtHash()
        set.add(element(1))
        #expect(try LtHash(bytes: set.bytes) == set)
        for count in [0, 2047, 2049] {
            #expect(throws: SodiumError.length(what: "LtHash", expected: 2048, found: count)) {
                try LtHash(bytes: [UInt8](repeating: 0, count: count))
            }
        }
    }

    @Test func theStreamEqualsTheSlowReference() {
        for count in [0, 1, 63, 64, 65, 1000, 2048] {
            let key = SHA256.hash([UInt8(count & 0xff)])
            #expect(
                ChaCha20.stream(key: key, count: count)
                    == Reference.chaCha20(key: key.bytes, count: count))
        }
    }
}
