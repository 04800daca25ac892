import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage
import VaultStorageSQLite

@testable import VaultKeyring

extension OperatorAttackTests {
    /// `vault.json`, with and without the means to make its MAC and its hash in the store anew.
    @Suite(.serialized) struct HeaderAttackTests {
        private typealias Scene = AttackOffice.Scene

        /// What an editor changes in the file.
        enum Edit: String, CaseIterable {
            case addUID, origin, verifierKey, created, label, slotKey, privateKey, box, mac, vault

            func apply(_ header: JSON.Value) throws -> JSON.Value {
                var header = try #require(header.object)
                var slots = try #require(header["slots"]?.array)
                var slot = try #require(slots[0].object)
                switch self {
                case .addUID: header["unsealUIDs"] = [1001, 1008]
                case .origin:
                    let origin = try #require(header["origin"]?.string)
                    header["origin"] = .string(origin.dropLast() + "2")
                case .verifierKey:
                    let key = try VerifierKey(
                        name: try #require(header["origin"]?.string),
                        key: try SigningKeyPair().publicKey)
                    header["logVerifierKey"] = .string(key.text)
                case .created: header["created"] = 1
                case .label: slot["label"] = "another"
                case .slotKey:
                    slot["publicKey"] = .string(try AgreementKeyPair().publicKey.raw.description)
                case .privateKey: slot["privateKey"] = try Self.flipped(slot["privateKey"])
                case .box:
                    var boxes = try #require(slot["boxes"]?.array)
                    var box = try #require(boxes[0].object)
                    box["box"] = try Self.flipped(box["box"])
                    boxes[0] = .object(box)
                    slot["boxes"] = .array(boxes)
                case .mac: header["mac"] = .string(Digest.zero.description)
                case .vault:
                    let other: VaultID = Random.identifier()
                    header["vault"] = .string(other.text)
                }
                slots[0] = .object(slot)
                header["slots"] = .array(slots)
                return .object(header)
            }

            private static func flipped(_ value: JSON.Value?) throws -> JSON.Value {
                var bytes = try Base64.parse(try #require(value?.string))
                bytes[bytes.count / 2] ^= 1
                return .string(Base64.format(bytes))
            }
        }

        private func write(_ office: AttackOffice, _ header: JSON.Value) throws {
            try office.folder.write(
                JSONWriter.canonical(header) + [UInt8(ascii: "\n")], to: "vault.json")
        }

        @Test(arguments: Edit.allCases) func editsTheHeader(edit: Edit) throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            let header = try JSON.parse(try office.folder.read("vault.json"))
            try write(office, try edit.apply(header))
            try office.start()
            switch edit {
            case .privateKey, .vault, .slotKey:
                #expect(throws: EngineError.wrongSecret) { try office.unseal() }
            default:
                let refusal = try office.unsealRefusal() ?? ""
                #expect(refusal.contains("vault.json") || refusal.contains("vault.db"))
            }
            try scene.expectTheHonestVault()
        }

        /// With the storage key the MAC is made anew, and the hash in the store: what the statements
        /// say is not the header's to change, whom the operators let unseal is.
        @Test(arguments: [Edit.origin, .verifierKey, .addUID])
        func editsTheHeaderAndRepairsItsMAC(edit: Edit) throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            let value = try JSON.parse(try office.folder.read("vault.json"))
            try write(office, try edit.apply(value))
            let edited = try Header(parsing: try office.folder.read("vault.json"))
            try office.folder.restore(scene.honest.filter { $0.key == "vault.json" })
            try Editor.edit(office) { editor in
                let key = try #require(editor.lock.key(1))
                let sealed = try Header.sealed(
                    vault: edited.vault, created: edited.created, slots: edited.slots,
                    unsealUIDs: edited.unsealUIDs, logVerifierKey: edited.logVerifierKey,
                    origin: edited.origin, newest: key.bytes)
                try editor.put(.meta, HeaderReplacement.rowKey, sealed.hash.bytes)
                try office.folder.write(sealed.bytes, to: "vault.json")
            }
            try office.start()
            if edit == .addUID {
                #expect(try office.unsealRefusal() == nil)
            } else {
                let refusal = try office.unsealRefusal()
                #expect(
                    refusal == "vault.json: \(KeyringError.headerChanged.description)")
            }
            try scene.expectTheHonestVault()
        }

        /// The header of another day, from before a rotation, with its MAC whole.
        @Test func replaysTheHeaderOfAnotherDay() throws {
            var scene = try Scene()
            let office = scene.office
            let old = scene.honest
            _ = try office.vault.rotateStorage(
                .start, dryRun: false, session: try office.login("olga"))
            scene.honest = try office.folderContents()
            #expect(scene.honest["vault.json"] != old["vault.json"])
            office.stop()
            try office.folder.restore(old.filter { $0.key == "vault.json" })
            let refusal = try office.refusedUnseal()
            #expect(refusal == "vault.json: \(KeyringError.headerChanged.description)")
            try scene.expectTheHonestVault()
        }

        // MARK: The cost of guessing

        /// What is shipped: 256 MiB three times for the seal, 64 MiB three times for people, stored
        /// beside each secret.
        @Test func storesTheCostOfGuessing() throws {
            #expect(PasswordHash.Parameters.slot.memoryKiB >= 256 << 10)
            #expect(PasswordHash.Parameters.slot.operations >= 3)
            #expect(PasswordHash.Parameters.principal.memoryKiB >= 64 << 10)
            #expect(PasswordHash.Parameters.principal.operations >= 3)
            #expect(DerivationCosts.production.slot == .slot)
            #expect(DerivationCosts.production.principal == .principal)
            let secret = try GeneratedSecret(random: .words)
            let new = try NewVault.make(
                NewVaultRequest(
                    operatorName: "olga", operatorUID: 1001, slotLabel: "first",
                    unsealUIDs: [1001], node: "1", time: 1),
                sealSecret: secret, operatorSecret: try GeneratedSecret(random: .words))
            let header = try JSON.parse(new.keyring.header.bytes)
            let argon = header["slots"]?.array?.first?["argon2id"]
            #expect(argon?["memoryKiB"]?.int == 256 << 10)
            #expect(argon?["operations"]?.int == 3)
            let row = PrincipalBlob.rowKey(new.operatorKeys.identity.principal)
            let value = try #require(
                new.change.writes.compactMap { write -> [UInt8]? in
                    guard case .put(.wrappedKeys, row, let value) = write else { return nil }
                    return value
                }.first)
            let blob = try PrincipalBlob(
                parsing: try new.keyring.lock.open(value, .wrappedKeys, row))
            guard case .words(let parameters, _) = blob.derivation else {
                Issue.record("not words")
                return
            }
            #expect(parameters == .principal)
        }

        /// Cheaper parameters in the file do not make a guess cheaper: the key they give opens nothing.
        /// Dearer ones are bounded before anything is derived.
        @Test(arguments: [
            ("operations", 1), ("operations", 3), ("memoryKiB", 8), ("memoryKiB", 64),
            ("operations", 0), ("operations", 1_000_000), ("memoryKiB", 1 << 30), ("memoryKiB", 0),
        ]) func changesTheCostInTheHeader(member: String, value: Int) throws {
            let cheap = try PasswordHash.Parameters(operations: 2, memoryKiB: 16)
            let secret = try GeneratedSecret(random: .words)
            let new = try NewVault.make(
                NewVaultRequest(
                    operatorName: "olga", operatorUID: 1001, slotLabel: "first",
                    unsealUIDs: [1001], node: "1", time: 1,
                    costs: DerivationCosts(slot: cheap, principal: cheap)),
                sealSecret: secret, operatorSecret: try GeneratedSecret(random: .words))
            #expect(try new.keyring.header.open(secret).count == 1)
            var header = try #require(try JSON.parse(new.keyring.header.bytes).object)
            var slot = try #require(header["slots"]?.array?.first?.object)
            var argon = try #require(slot["argon2id"]?.object)
            argon[member] = .int(Int64(value))
            slot["argon2id"] = .object(argon)
            header["slots"] = [.object(slot)]
            let bytes = JSONWriter.canonical(.object(header)) + [UInt8(ascii: "\n")]
            let isBounded = value == 0 || value > 100_000
            let expected: KeyringError =
                isBounded ? .headerMalformed(what: "slot.argon2id") : .wrongSecret
            #expect(throws: expected) {
                _ = try Header(parsing: bytes).open(secret)
            }
        }
    }
}
