import Testing
import VaultCoding
import VaultSodium
import VaultStatements

/// Expected values were computed with Python's hashlib from the documented formats.
@Suite struct IdentityTests {
    private static func identity(principal: UInt8 = 1) throws -> PublicIdentity {
        PublicIdentity(
            principal: try principalID(principal), agreement: AgreementPublicKey(raw: digest(0x11)),
            signing: SigningPublicKey(raw: digest(0x22)))
    }

    @Test func fingerprintHasItsDocumentedForm() throws {
        let fingerprint = try Self.identity().fingerprint(vault: Scene.vault)
        #expect(
            fingerprint.digest.description
                == "b6daf5bac4f8d4eb0c1f0d410b022141b8fe4b0fd473e986abc75b52f90659f7")
        #expect(
            fingerprint.words.joined(separator: " ")
                == "realize hearing founder pulse watch fatal public alto armed again prospect lungs"
        )
    }

    @Test func fingerprintDependsOnEveryField() throws {
        let vault = try #require(VaultID([UInt8](repeating: 0xA2, count: 16)))
        let one = try Self.identity()
        let swapped = PublicIdentity(
            principal: one.principal, agreement: AgreementPublicKey(raw: one.signing.raw),
            signing: SigningPublicKey(raw: one.agreement.raw))
        let all = [
            one.fingerprint(vault: Scene.vault), one.fingerprint(vault: vault),
            try Self.identity(principal: 2).fingerprint(vault: Scene.vault),
            swapped.fingerprint(vault: Scene.vault),
        ]
        #expect(Set(all).count == 4)
    }

    @Test func wordsAreComparedAsPeopleTypeThem() throws {
        let fingerprint = try Self.identity().fingerprint(vault: Scene.vault)
        let words = fingerprint.words
        #expect(fingerprint.matches(words.joined(separator: " ")))
        #expect(fingerprint.matches(words.map { $0.uppercased() }.joined(separator: ",\n")))
        #expect(fingerprint.matches(words.map { String($0.prefix(4)) }.joined(separator: " ")))
        #expect(!fingerprint.matches(words.dropLast().joined(separator: " ")))
        #expect(!fingerprint.matches((words + ["academic"]).joined(separator: " ")))
        #expect(!fingerprint.matches(words.reversed().joined(separator: " ")))
        #expect(!fingerprint.matches(""))
        #expect(!fingerprint.matches("not words of the list"))
    }

    @Test func keyCommitmentHasItsDocumentedForm() throws {
        let key = try SecretBytes(copying: [UInt8](repeating: 0x33, count: 32).span)
        let medical = try KeyCommitment.commit(
            key: key, kind: .compartment, scope: "medical", number: 7)
        #expect(
            medical.digest.description
                == "c011a9872f420a5e5b605151be683985043d870882bfc96c220fc61d78cbbaee")
        let storage = try KeyCommitment.commit(key: key, kind: .storage, number: 1)
        #expect(
            storage.digest.description
                == "23ad29bd68792d6563f7c80def286ee0eec58811875a6ad7ab55f842be3af64b")
    }

    @Test func keyCommitmentMatchesOnlyItsPlace() throws {
        let key = try SecretBytes(random: 32)
        let other = try SecretBytes(random: 32)
        let commitment = try KeyCommitment.commit(
            key: key, kind: .compartment, scope: "medical", number: 1)
        #expect(
            try commitment.matches(key: key, kind: .compartment, scope: "medical", number: 1))
        #expect(
            try !commitment.matches(key: other, kind: .compartment, scope: "medical", number: 1))
        #expect(
            try !commitment.matches(key: key, kind: .compartment, scope: "hardship", number: 1))
        #expect(
            try !commitment.matches(key: key, kind: .compartment, scope: "medical", number: 2))
        #expect(try !commitment.matches(key: key, kind: .link, scope: "medical", number: 1))
    }
}
