import Testing
import VaultCoding
import VaultSodium

@Suite struct PublicKeyTests {
    @Test(arguments: [0, 1, 32, 200, 4096])
    func aBoxOpensForItsRecipientOnly(count: Int) throws {
        let pair = try AgreementKeyPair()
        let other = try AgreementKeyPair(random: ())
        let plain = Random.bytes(count)
        let box = try SealedBox.seal(plain.span, to: pair.publicKey)
        #expect(box.count == count + SealedBox.overhead)
        #expect(try reveal(SealedBox.open(box, with: pair)) == plain)
        #expect(throws: SodiumError.cannotOpen) { _ = try SealedBox.open(box, with: other) }
    }

    @Test func everyFlippedBitOfABoxIsRefused() throws {
        let pair = try AgreementKeyPair()
        let box = try SealedBox.seal([1, 2, 3, 4].span, to: pair.publicKey)
        for index in box.indices {
            for bit in [0, 7] {
                // X25519 ignores the top bit of the one-time public key, but the nonce of the box
                // is a hash over it: that flip is refused as well.
                var mangled = box
                mangled[index] ^= 1 << bit
                #expect(throws: SodiumError.cannotOpen) {
                    _ = try SealedBox.open(mangled, with: pair)
                }
            }
        }
    }

    @Test func boxesOfImpossibleSizesAreRefused() throws {
        let pair = try AgreementKeyPair()
        for count in [0, 1, 32, 47, 48, 4145, 10_000] {
            #expect(throws: SodiumError.cannotOpen) {
                _ = try SealedBox.open(Random.bytes(count), with: pair)
            }
        }
    }

    @Test func wrongSizesAreRefused() throws {
        for count in [0, 31, 33, 64] {
            let bytes = Random.bytes(count)
            #expect(throws: SodiumError.self) { try AgreementPublicKey(bytes) }
            #expect(throws: SodiumError.self) { try SigningPublicKey(bytes) }
            let wrong = try secret(bytes)
            #expect(throws: SodiumError.self) { _ = try AgreementKeyPair(seed: wrong) }
            #expect(throws: SodiumError.self) { _ = try SigningKeyPair(seed: wrong) }
            #expect(throws: SodiumError.self) {
                _ = try AgreementKeyPair(secretKey: secret(bytes))
            }
        }
    }

    @Test func keysThatAreNotCanonicalAreInvalid() throws {
        let pair = try AgreementKeyPair()
        var bytes = pair.publicKey.rawBytes
        #expect(pair.publicKey.isValid)
        bytes[31] |= 0x80
        #expect(try !AgreementPublicKey(bytes).isValid)
        // 2²⁵⁵ − 10 is 9, the base point, written in another way.
        let base = [0xf6] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
        #expect(try !AgreementPublicKey(base).isValid)
        #expect(try !SigningPublicKey([1] + [UInt8](repeating: 0, count: 31)).isValid)
        #expect(try !SigningPublicKey([UInt8](repeating: 0xff, count: 32)).isValid)
    }

    @Test func everyFlippedBitOfASignatureIsRefused() throws {
        let pair = try SigningKeyPair()
        let message = Array("statement".utf8)
        let signature = pair.sign(message)
        try pair.publicKey.verify(signature, of: message)
        for index in signature.indices {
            for bit in [0, 3, 7] {
                var mangled = signature
                mangled[index] ^= 1 << bit
                #expect(throws: SodiumError.badSignature) {
                    try pair.publicKey.verify(mangled, of: message)
                }
            }
        }
        for index in message.indices {
            var mangled = message
            mangled[index] ^= 1
            #expect(throws: SodiumError.badSignature) {
                try pair.publicKey.verify(signature, of: mangled)
            }
        }
        for count in [0, 63] {
            #expect(throws: SodiumError.badSignature) {
                try pair.publicKey.verify(Array(signature[..<count]), of: message)
            }
        }
        #expect(throws: SodiumError.badSignature) {
            try SigningKeyPair().publicKey.verify(signature, of: message)
        }
    }
}
