import VaultCoding
import VaultSodium

/// Keys that have turned up, each with what is derived from it.
struct PlunderedKeys {
    /// Symmetric keys, in the order of their coming.
    private(set) var symmetric: [SecretBox] = []
    /// Pairs that may open boxes, likewise.
    private(set) var pairs: [Pair] = []
    /// Texts of secrets, for derivations whose salt comes later.
    private(set) var secrets: [[UInt8]] = []
    /// Keys that were found, not derived.
    private(set) var roots = 0
    private var known: Set<[UInt8]> = []
    private let guesses: [(field: String, word: String)]

    final class Pair: Sendable {
        let keys: AgreementKeyPair
        init(_ keys: consuming AgreementKeyPair) { self.keys = keys }
    }

    init(guesses: [(field: String, word: String)]) { self.guesses = guesses }

    var count: Int { symmetric.count + pairs.count }

    /// The text of a secret: a key file gives its wrapping key, words wait for a salt.
    mutating func add(secret: [UInt8]) throws {
        secrets.append(secret)
        if let wrapping = try PlunderedHeader.keyFile(secret) { add(wrapping.plundered) }
    }

    /// Every 32 bytes of a short plaintext, each of which may be a key.
    mutating func add(windowsOf plain: [UInt8]) {
        guard plain.count >= 32, plain.count <= 64 else { return }
        for start in 0...plain.count - 32 { add(Array(plain[start..<start + 32])) }
    }

    /// A key and everything that the vault derives from keys.
    mutating func add(_ bytes: [UInt8]) {
        guard bytes.count == 32, known.insert(bytes).inserted,
            let key = try? SecretBytes.plundered(bytes)
        else { return }
        roots += 1
        let root = SecretBox(key)
        symmetric.append(root)
        if let pair = try? AgreementKeyPair(secretKey: .plundered(bytes)) {
            pairs.append(Pair(pair))
        }
        if let seed = derived([], root, .agreementSeed),
            let pair = try? AgreementKeyPair(seed: seed.bytes)
        {
            pairs.append(Pair(pair))
        }
        if let pins = derived([], root, .pins) { symmetric.append(pins) }
        for compartment in Compartment.allCases {
            let name = Array(compartment.rawValue.utf8)
            for personal in [Personal.careRow, .tagKey] {
                if let key = derived(name, root, personal) { symmetric.append(key) }
            }
        }
        for guess in guesses {
            var writer = ByteWriter(capacity: 96)
            writer.put(framed: guess.field)
            writer.put(framed: guess.word)
            if let word = derived(writer.bytes, root, .indexWord),
                let key = derived([], word, .indexEnvelope)
            {
                symmetric.append(key)
            }
        }
    }

    private func derived(
        _ message: [UInt8], _ key: SecretBox, _ personal: Personal
    ) -> SecretBox? {
        guard let key = try? Blake2b.secret(message, key: key.bytes, personal: personal) else {
            return nil
        }
        return SecretBox(key)
    }
}
