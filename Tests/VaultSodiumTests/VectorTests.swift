import Testing
import VaultCoding
import VaultSodium

/// Runs every file of the vector kit. A file whose `expect` is not `success` names the failure that
/// the operation must end with.
@Suite struct VectorTests {
    @Test func theKitIsComplete() {
        #expect(VectorFile.all.count == 59)
    }

    @Test(arguments: VectorFile.all)
    func vector(_ file: VectorFile) throws {
        let expected = try file.text("expect")
        do {
            try run(file)
            #expect(expected == "success")
        } catch let error as SodiumError {
            #expect(Self.kind(of: error) == expected)
        }
    }

    private static func kind(of error: SodiumError) -> String {
        switch error {
        case .unavailable: "unavailable"
        case .length: "length"
        case .outOfMemory: "out-of-memory"
        case .invalidKey: "invalid-key"
        case .cannotOpen: "cannot-open"
        case .badSignature: "bad-signature"
        case .parametersOutOfRange: "parameters"
        }
    }

    private func run(_ file: VectorFile) throws {
        switch try file.text("operation") {
        case "xchacha20-poly1305": try runAEAD(file)
        case "envelope": try runEnvelope(file)
        case "padme": try runPadme(file)
        case "padding": try runPadding(file)
        case "blake2b", "sha256", "sha256-leaf", "sha256-node": try runHash(file)
        case "chacha20", "hchacha20", "lthash": try runStream(file)
        case "kdf", "argon2id": try runDerivation(file)
        case "ed25519": try runSignature(file)
        case "x25519", "x25519-seed", "sealed-box", "sealed-box-seal": try runAgreement(file)
        case let other: Issue.record("\(file.name): unknown operation \(other)")
        }
    }

    private func runAEAD(_ file: VectorFile) throws {
        let key = try file.secret("key")
        let nonce = try file.bytes("nonce")
        let additional = try file.bytes("additional")
        let sealed = try file.bytes("sealed")
        let plain = try AEAD.open(sealed, key: key, nonce: nonce, additional: additional)
        #expect(try plain == file.bytes("plain"))
        let again = try AEAD.seal(plain.span, key: key, nonce: nonce, additional: additional)
        #expect(again == sealed)
    }

    private func runEnvelope(_ file: VectorFile) throws {
        let key = try file.secret("key")
        let envelope = try file.bytes("envelope")
        let context = try Context(fields: file.list("fields"))
        let plain = try Envelope.open(envelope, key: key, context: context)
        #expect(try plain == file.bytes("plain"))
        #expect(try Envelope.keyNumber(of: envelope) == file.number("number"))
        let secret = try Envelope.openSecret(envelope, key: key, context: context)
        #expect(reveal(secret) == plain)
    }

    private func runPadme(_ file: VectorFile) throws {
        let floor: Int = try file.number("floor")
        for pair in try file.text("lengths").split(separator: ",") {
            let sides = pair.split(separator: ">").compactMap { Int($0) }
            try #require(sides.count == 2)
            #expect(Padding.padme(sides[0], floor: floor) == sides[1])
        }
    }

    private func runPadding(_ file: VectorFile) throws {
        let padded = try file.bytes("padded")
        let plain = try Padding.unpad(padded)
        #expect(try plain == file.bytes("plain"))
        #expect(try Padding.pad(plain, floor: file.number("floor")) == padded)
    }

    private func runHash(_ file: VectorFile) throws {
        let output = try file.bytes("output")
        switch try file.text("operation") {
        case "sha256": #expect(try SHA256.hash(file.bytes("message")).bytes == output)
        case "sha256-leaf": #expect(try SHA256.leaf(file.bytes("message")).bytes == output)
        case "sha256-node":
            let left = try #require(Digest(file.bytes("left")))
            let right = try #require(Digest(file.bytes("right")))
            #expect(SHA256.node(left, right).bytes == output)
        default: try runBlake2b(file, output)
        }
    }

    private func runBlake2b(_ file: VectorFile, _ output: [UInt8]) throws {
        let message = try file.bytes("message")
        let personal: Personal
        switch try String(decoding: file.bytes("personal"), as: UTF8.self) {
        case "CareVault.row.v1": personal = Personal("CareVault.row.v1")
        case "CareVault.tag.v1": personal = Personal("CareVault.tag.v1")
        default: personal = Personal("")
        }
        #expect(try personal.bytes.starts(with: file.bytes("personal")))
        guard try !file.bytes("key").isEmpty else {
            #expect(Blake2b.hash(message.span, count: output.count, personal: personal) == output)
            return
        }
        let key = try file.secret("key")
        let result = try Blake2b.secret(
            message, key: key, personal: personal, count: output.count)
        #expect(reveal(result) == output)
        if output.count == 16 {
            #expect(try Blake2b.short(message, key: key, personal: personal) == output)
        }
    }

    private func runStream(_ file: VectorFile) throws {
        let output = try file.bytes("output")
        switch try file.text("operation") {
        case "hchacha20":
            let result = try Reference.hChaCha20(
                key: file.bytes("key"), input: file.bytes("input"))
            #expect(result == output)
        case "chacha20":
            let key = try #require(Digest(file.bytes("key")))
            #expect(ChaCha20.stream(key: key, count: output.count) == output)
            #expect(Reference.chaCha20(key: key.bytes, count: output.count) == output)
        default:
            var set = LtHash()
            for element in try file.list("add") { set.add(try #require(Digest(element))) }
            for element in try file.list("subtract") { set.subtract(try #require(Digest(element))) }
            #expect(SHA256.hash(set.bytes).bytes == output)
        }
    }

    private func runDerivation(_ file: VectorFile) throws {
        let output = try file.bytes("output")
        if try file.text("operation") == "kdf" {
            let context = try String(decoding: file.bytes("context"), as: UTF8.self)
            let subkey = try KeyDerivation.subkey(
                file.secret("key"), id: file.number("id"), context: context)
            #expect(reveal(subkey) == output)
        } else {
            let parameters = try PasswordHash.Parameters(
                operations: file.number("operations"), memoryKiB: file.number("memory-kib"))
            let key = try PasswordHash.derive(
                file.secret("secret"), salt: file.bytes("salt"), parameters: parameters)
            #expect(reveal(key) == output)
        }
    }

    private func runSignature(_ file: VectorFile) throws {
        let signature = try file.bytes("signature")
        let message = try file.bytes("message")
        let publicKey = try SigningPublicKey(file.bytes("public"))
        try publicKey.verify(signature, of: message)
        let pair = try SigningKeyPair(seed: file.secret("seed"))
        #expect(pair.publicKey == publicKey)
        #expect(pair.sign(message) == signature)
        #expect(publicKey.isValid)
    }

    private func runAgreement(_ file: VectorFile) throws {
        switch try file.text("operation") {
        case "x25519":
            let pair = try AgreementKeyPair(secretKey: file.secret("secret"))
            #expect(try pair.publicKey.rawBytes == file.bytes("public"))
            #expect(pair.publicKey.isValid)
        case "x25519-seed":
            let pair = try AgreementKeyPair(seed: file.secret("seed"))
            #expect(try pair.publicKey.rawBytes == file.bytes("public"))
            #expect(try reveal(pair.secretKey) == file.bytes("secret"))
        case "sealed-box":
            let pair = try AgreementKeyPair(seed: file.secret("seed"))
            let plain = try SealedBox.open(file.bytes("box"), with: pair)
            #expect(try reveal(plain) == file.bytes("plain"))
        default:
            let recipient = try AgreementPublicKey(file.bytes("public"))
            #expect(!recipient.isValid)
            let plain = try file.bytes("plain")
            _ = try SealedBox.seal(plain.span, to: recipient)
        }
    }
}
