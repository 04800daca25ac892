import Testing
import VaultCoding
import VaultSodium

@Suite struct DerivationTests {
    private let cheap: PasswordHash.Parameters

    init() throws {
        cheap = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
    }

    @Test func productionParameters() {
        #expect(PasswordHash.Parameters.slot.operations == 3)
        #expect(PasswordHash.Parameters.slot.memoryKiB == 262_144)
        #expect(PasswordHash.Parameters.principal.operations == 3)
        #expect(PasswordHash.Parameters.principal.memoryKiB == 65_536)
    }

    @Test func theCapsAreInclusive() throws {
        _ = try PasswordHash.Parameters(operations: 10, memoryKiB: 1_048_576)
        _ = try PasswordHash.Parameters(operations: 1, memoryKiB: 8)
    }

    @Test func everyInputMatters() throws {
        let salt = Random.bytes(16)
        let one = try secret(Array("one".utf8))
        let first = try PasswordHash.derive(one, salt: salt, parameters: cheap)
        let other = try PasswordHash.derive(
            secret(Array("two".utf8)), salt: salt, parameters: cheap)
        let salted = try PasswordHash.derive(one, salt: Random.bytes(16), parameters: cheap)
        let slower = try PasswordHash.derive(
            one, salt: salt, parameters: .init(operations: 2, memoryKiB: 8))
        let again = try PasswordHash.derive(one, salt: salt, parameters: cheap)
        #expect(reveal(first) == reveal(again))
        #expect(reveal(first) != reveal(other))
        #expect(reveal(first) != reveal(salted))
        #expect(reveal(first) != reveal(slower))
    }

    @Test func anEmptySecretDerives() throws {
        let empty = try secret([])
        let key = try PasswordHash.derive(
            empty, salt: Random.bytes(16), parameters: cheap, count: 64)
        #expect(key.count == 64)
    }

    @Test func wrongSizesAreRefused() throws {
        let key = try SecretBytes(random: 32)
        for count in [0, 15, 17] {
            #expect(throws: SodiumError.length(what: "Argon2id salt", expected: 16, found: count)) {
                _ = try PasswordHash.derive(key, salt: Random.bytes(count), parameters: cheap)
            }
        }
        for count in [0, 15, 65] {
            #expect(throws: SodiumError.self) {
                _ = try PasswordHash.derive(
                    key, salt: Random.bytes(16), parameters: cheap, count: count)
            }
            #expect(throws: SodiumError.self) {
                _ = try KeyDerivation.subkey(key, id: 1, context: "CareVlt1", count: count)
            }
        }
        for context in ["", "seven..", "nine.....", "日本語"] {
            #expect(throws: SodiumError.self) {
                _ = try KeyDerivation.subkey(key, id: 1, context: context)
            }
        }
        let short = try SecretBytes(random: 31)
        #expect(throws: SodiumError.self) {
            _ = try KeyDerivation.subkey(short, id: 1, context: "CareVlt1")
        }
    }

    @Test func subkeysAreIndependent() throws {
        let key = try SecretBytes(random: 32)
        let one = try KeyDerivation.subkey(key, id: 1, context: "CareVlt1")
        let two = try KeyDerivation.subkey(key, id: 2, context: "CareVlt1")
        let other = try KeyDerivation.subkey(key, id: 1, context: "CareVlt2")
        #expect(reveal(one) != reveal(two))
        #expect(reveal(one) != reveal(other))
    }
}

@Suite struct RandomTests {
    private enum Thing {}

    @Test func drawsWhatIsAsked() {
        #expect(Random.bytes(0).isEmpty)
        #expect(Random.bytes(1000).count == 1000)
        #expect(Random.bytes(16) != Random.bytes(16))
        #expect(Random.identifier(Identifier<Thing>.self) != Random.identifier())
        for bound: UInt32 in [1, 2, 7, 1000] {
            for _ in 0..<100 { #expect(Random.uniform(below: bound) < bound) }
        }
    }

    @Test func everyWordComesUp() {
        // 1 024 words drawn 20 000 times: missing one by chance has a probability below 10⁻⁵.
        var seen: Set<String> = []
        for _ in 0..<2500 {
            let words = Random.words(8)
            #expect(words.count == 8)
            seen.formUnion(words)
        }
        #expect(seen.count == 1024)
        #expect(seen.allSatisfy { Words.number(of: $0) != nil })
    }
}
