import Testing
import VaultAudit
import VaultCoding
import VaultEngine
import VaultSodium
import VaultStatements
import VaultStorage

@testable import VaultKeyring

extension OperatorAttackTests {
    /// The audit key, and the data keys that are boxed to it.
    @Suite(.serialized) struct AuditKeyTests {
        private typealias Scene = AttackOffice.Scene

        /// The opening of the newest audit epoch, as everybody can read it in the log.
        private func newestOpening(_ office: AttackOffice) throws -> EpochOpening {
            for record in try office.logRecords().reversed() {
                guard let a = record.content.openA,
                    case .epochOpened(let opening) = try PartA(parse: a.encoded).detail
                else { continue }
                return opening
            }
            throw Editor.Missing()
        }

        private func box(_ editor: Editor, _ epoch: UInt32) throws -> [UInt8] {
            Array(
                try editor.opened(.wrappedKeys, WrappedRow.auditEpoch.key(number: epoch))
                    .dropFirst(4))
        }

        /// Everything on disk that has to do with the audit key now leads to the operator's: the
        /// auditor's box, every epoch's box. The next epoch is opened for the key in the statements.
        @Test func swapsTheAuditKeyAcrossARestart() throws {
            let scene = try Scene()
            let office = scene.office
            let theirs = try AgreementKeyPair()
            let publicKey = theirs.publicKey
            let scalar = AttackOffice.bytes(theirs.secretKey)
            try office.betweenStops {
                try Editor.edit(office) { editor in
                    let grant = try editor.grant(of: "aude")
                    try editor.box(
                        try AttackOffice.secret(scalar),
                        .audit(1, editor.vault, grant.fingerprint), grant.identity)
                    for row in try editor.rows(.wrappedKeys) where row.key.first == 6 {
                        let epoch = row.key.dropFirst().reduce(0) { $0 << 8 | UInt32($1) }
                        let place = AuditEpochs.place(epoch, publicKey, editor.vault)
                        let sealed = try place.seal(try SecretBytes(random: 32), to: publicKey)
                        try editor.putSealed(.wrappedKeys, row.key, [0, 0, 0, 1] + sealed)
                    }
                }
            }
            #expect {
                try office.login("aude")
            } throws: { error in
                guard case .damaged("vault.db", let detail, _) = error as? EngineError else {
                    return false
                }
                return detail
                    == KeyringError.boxMismatch(kind: .audit, scope: "", number: 1).description
            }
            office.stop()
            let opening = try newestOpening(office)
            try Editor.edit(office) { editor in
                let stated = try #require(editor.directory.auditKeys[1])
                #expect(editor.directory.auditKeys.count == 1)
                #expect(opening.auditKey == 1)
                #expect(opening.auditKeyFingerprint == EpochOpening.fingerprint(of: stated))
                #expect(
                    opening.auditKeyFingerprint != EpochOpening.fingerprint(of: publicKey))
                let sealed = try box(editor, opening.epoch)
                #expect(opening.boxHash == SHA256.hash(sealed))
                let pair = try AgreementKeyPair(secretKey: try AttackOffice.secret(scalar))
                let place = AuditEpochs.place(opening.epoch, pair.publicKey, editor.vault)
                #expect(throws: KeyringError.self) { _ = try place.open(sealed, with: pair) }
            }
            // What was logged meanwhile is the auditor's, once her own box is back.
            try office.start()
            try office.unseal()
            try scene.expectTheHonestVault()
        }

        /// The box of a past epoch gets a key of the operator's own, in perfect context, for the true
        /// audit key. The auditor sees entries that do not open, never other ones; and the first entry
        /// of the epoch, which is in the tree, names another box.
        @Test func replacesTheDataKeyOfAPastEpoch() throws {
            let scene = try Scene()
            let office = scene.office
            let before = try office.foundedTail().count
            office.stop()
            let opening = try newestOpening(office)
            try Editor.edit(office) { editor in
                let stated = try #require(editor.directory.auditKeys[1])
                let place = AuditEpochs.place(opening.epoch, stated, editor.vault)
                let sealed = try place.seal(try SecretBytes(random: 32), to: stated)
                try editor.putSealed(
                    .wrappedKeys, WrappedRow.auditEpoch.key(number: opening.epoch),
                    [0, 0, 0, 1] + sealed)
                #expect(opening.boxHash != SHA256.hash(try box(editor, opening.epoch)))
            }
            try office.start()
            try office.unseal()
            let lines = try office.tail(500)
            // The opening itself stands open, and is judged by the statements.
            let lost = lines.filter { line in
                line.leaf.epoch == opening.epoch && line.a?.action != .auditEpoch
            }
            #expect(!lost.isEmpty && lost.allSatisfy { $0.a == nil && $0.b == nil })
            #expect(lines.count > before)
            #expect(try office.verdict() != .valid)
            try scene.expectTheHonestVault()
        }

        /// The boxes of epochs are deleted: their entries are lost, and no later epoch takes their
        /// number, so that they stay missing and nobody else's.
        @Test func deletesTheBoxesOfEpochs() throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            let newest = try newestOpening(office).epoch
            try Editor.edit(office) { editor in
                for row in try editor.rows(.wrappedKeys) where row.key.first == 6 {
                    try editor.delete(.wrappedKeys, row.key)
                }
            }
            try office.start()
            try office.unseal()
            let lines = try office.tail(500)
            #expect(lines.contains { $0.leaf.epoch == newest && $0.a == nil })
            #expect(try office.verdict() != .valid)
            office.stop()
            #expect(try newestOpening(office).epoch == newest + 1)
            try scene.expectTheHonestVault()
        }

        /// A box for the last epoch there can be: the daemon refuses, and does not fall.
        @Test func leavesNoNumberForTheNextEpoch() throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            try Editor.edit(office) { editor in
                let row = WrappedRow.auditEpoch.key(number: .max)
                try editor.putSealed(.wrappedKeys, row, [0, 0, 0, 1])
            }
            try office.start()
            #expect(try office.unsealRefusal()?.contains("no audit epoch above") == true)
            try scene.expectTheHonestVault()
        }

        /// The opening of a further epoch, for an audit key of the operator's, goes into the log through
        /// the outbox: readable, in the tree, under a checkpoint. The auditor's verification refuses it.
        @Test func opensAnEpochForAKeyOutsideTheStatements() throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            let newest = try newestOpening(office)
            let pair = try AgreementKeyPair()
            let publicKey = pair.publicKey
            try Editor.edit(office) { editor in
                var opening = newest
                opening.epoch += 1
                opening.auditKeyFingerprint = EpochOpening.fingerprint(of: publicKey)
                let key = SecretBox(try SecretBytes(random: 32))
                let place = AuditEpochs.place(opening.epoch, publicKey, editor.vault)
                let sealed = try place.seal(key.bytes, to: publicKey)
                opening.boxHash = SHA256.hash(sealed)
                try editor.putSealed(
                    .wrappedKeys, WrappedRow.auditEpoch.key(number: opening.epoch),
                    [0, 0, 0, 1] + sealed)
                var part = PartA(
                    time: office.time.value, action: .auditEpoch, outcome: .success,
                    actor: Actor())
                part.detail = .epochOpened(opening)
                let entry = try EntrySealer(vault: editor.vault, epoch: opening.epoch, key: key)
                    .finish(part, PartB(subject: .none), openA: true)
                let row = OutboxRow(
                    counter: 1, position: 0, logSize: UInt64(try office.logSize()), entry: entry)
                try editor.put(
                    .outbox, OutboxRow.key(entry.id),
                    try row.value(mac: editor.service.mac.bytes))
            }
            try office.start()
            try office.unseal()
            switch try office.verdict() {
            // The box does not open for the auditor, or the key is none of the chain's.
            case .invalid(let finding): #expect(finding.problem == .epochKey)
            case .incomplete(let finding): #expect(finding.problem == .missing)
            case .valid: Issue.record("the verification takes the epoch for good")
            }
            // The daemon's own next epoch is opened for the key in the statements all the same.
            office.stop()
            #expect(try newestOpening(office).auditKeyFingerprint == newest.auditKeyFingerprint)
            try scene.expectTheHonestVault()
        }

        /// An entry that tells of somebody's act goes into the log through the outbox, with a MAC that
        /// holds. It is in the log, and the auditor cannot open it: it tells nothing of anybody.
        @Test(arguments: [false, true])
        func forgesAnEntryThroughTheOutbox(open: Bool) throws {
            let scene = try Scene()
            let office = scene.office
            office.stop()
            let opening = try newestOpening(office)
            var forged: EntryID?
            try Editor.edit(office) { editor in
                let nina = try editor.person("nina")
                let part = PartA(
                    time: office.time.value, action: .read, outcome: .success,
                    actor: Actor(principal: nina.id, name: "nina", uid: nina.uid))
                let key = SecretBox(try SecretBytes(random: 32))
                let sealer = EntrySealer(vault: editor.vault, epoch: opening.epoch, key: key)
                let entry = try sealer.finish(part, PartB(subject: .none), openA: open)
                forged = entry.id
                let row = OutboxRow(
                    counter: 1, position: 0, logSize: UInt64(try office.logSize()), entry: entry)
                try editor.put(
                    .outbox, OutboxRow.key(entry.id),
                    try row.value(mac: editor.service.mac.bytes))
            }
            try office.start()
            try office.unseal()
            let line = try #require(try office.tail(500).first { $0.leaf.id == forged })
            #expect(line.a == nil && line.b == nil)
            let lost = TrailVerdict.incomplete(TrailFinding(.missing, at: line.leaf.sequence))
            // Also a part A that stands open is not believed where the closed part does not open.
            #expect(try office.verdict() == lost)
            try scene.expectTheHonestVault()
        }
    }
}

extension AttackOffice {
    /// The number of records in the file of a stopped vault.
    func logSize() throws -> Int { try logRecords().count }
}
