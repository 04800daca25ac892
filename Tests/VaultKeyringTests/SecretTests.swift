import Testing
import VaultCoding
import VaultSodium

@testable import VaultKeyring

@Suite struct SecretTests {
    private func text(_ secret: borrowing GeneratedSecret) throws -> [UInt8] {
        try secret.text().withSpan { span in span.indices.map { span[$0] } }
    }

    private func parse(_ text: String) throws -> [UInt8] {
        var bytes = Array(text.utf8)
        let secret = try GeneratedSecret(typed: &bytes)
        #expect(bytes.isEmpty, "what was typed is wiped")
        return try self.text(secret)
    }

    @Test(arguments: [SecretForm.words, .keyFile])
    func readsBackWhatItShows(form: SecretForm) throws {
        for _ in 0..<50 {
            let secret = try GeneratedSecret(random: form)
            let shown = try text(secret)
            var typed = shown
            let read = try GeneratedSecret(typed: &typed)
            #expect(read.form == form)
            let isSame = read.bytes.isEqual(to: secret.bytes)
            #expect(isSame)
            let again = try text(read)
            #expect(again == shown)
        }
    }

    @Test func wordsComeFromTheirBits() throws {
        let bits = try SecretBytes(copying: [UInt8](0..<10).span)
        let words = try SecretText.words(of: bits)
        let expected = Words.format([UInt8](0..<10), count: 8).joined(separator: " ")
        let revealed = words.reveal(0..<words.count)
        #expect(revealed == Array(expected.utf8))
    }

    @Test func typedWordsMayBeShortAndSpacedOut() throws {
        let words = Words.format([UInt8](repeating: 0xA7, count: 10), count: 8)
        let plain = words.joined(separator: " ")
        let shortened = words.map { String($0.prefix(4)).uppercased() }.joined(separator: ", \n")
        #expect(try parse(plain) == Array(plain.utf8))
        #expect(try parse(shortened) == Array(plain.utf8))
    }

    @Test func malformedWordsAreRefusedWithTheirPlace() {
        let word = Words.word(7)
        let seven = Array(repeating: word, count: 7)
        #expect(throws: KeyringError.secretMalformed(word: nil)) {
            try parse(seven.joined(separator: " "))
        }
        #expect(throws: KeyringError.secretMalformed(word: nil)) {
            try parse((seven + [word, word]).joined(separator: " "))
        }
        #expect(throws: KeyringError.secretMalformed(word: 8)) {
            try parse((seven + ["correcthorse"]).joined(separator: " "))
        }
        #expect(throws: KeyringError.secretMalformed(word: 1)) { try parse("密码") }
        #expect(throws: KeyringError.secretMalformed(word: nil)) { try parse("") }
        #expect(throws: KeyringError.secretMalformed(word: nil)) {
            try parse(String(repeating: "a", count: 5000))
        }
    }

    /// Every one-byte change of a key file is refused or is another key in its one spelling.
    @Test func mangledKeyFilesAreRefused() throws {
        let shown = try text(try GeneratedSecret(random: .keyFile))
        for index in shown.indices {
            for byte in UInt8.min...UInt8.max where byte != shown[index] {
                var mangled = shown
                mangled[index] = byte
                var typed = mangled
                guard let secret = try? GeneratedSecret(typed: &typed) else { continue }
                let again = try text(secret)
                #expect(again == mangled)
            }
            var cut = Array(shown[..<index])
            #expect(
                index == shown.count - 1
                    || (try? GeneratedSecret(typed: &cut).form) == nil,
                "cut at \(index)")
        }
    }

    @Test func anotherFormIsRefusedBeforeDeriving() throws {
        let expensive = PasswordHash.Parameters.slot
        let derivation = SecretDerivation.words(expensive, salt: [UInt8](repeating: 0, count: 16))
        let keyFile = try GeneratedSecret(random: .keyFile)
        #expect(throws: KeyringError.wrongSecret) { try derivation.wrappingKey(keyFile).count }
    }
}
