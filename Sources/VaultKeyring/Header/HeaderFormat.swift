import VaultCoding
import VaultSodium

// The text form of the header: canonical JSON (members sorted, no spaces) and one line end. There is
// one spelling: what is read must be what would be written.
extension Header {
    /// The largest file that is read, in bytes: 32 slots with some 60 epochs each.
    private static let maximumBytes = 1 << 20

    /// The content of `vault.json`.
    package var bytes: [UInt8] {
        JSONWriter.canonical(json(withMAC: true)) + [UInt8(ascii: "\n")]
    }

    /// Reads the content of `vault.json`. Nothing is believed of it until a secret has opened it.
    /// Throws `headerFormat`, `headerMalformed`.
    package init(parsing bytes: [UInt8]) throws(KeyringError) {
        let value: JSON.Value
        do {
            value = try JSON.parse(bytes, limits: JSON.Limits(bytes: Self.maximumBytes, depth: 6))
        } catch {
            throw .headerMalformed(what: "not JSON")
        }
        var fields = try HeaderFields(value, "header")
        let format = try fields.int("format")
        guard format == Self.format else { throw .headerFormat(format) }
        self = try Self.read(&fields)
        try fields.finish()
        guard self.bytes == bytes else { throw .headerMalformed(what: "not in its one spelling") }
    }

    private static func read(_ fields: inout HeaderFields) throws(KeyringError) -> Header {
        let vault = try fields.vault()
        let created = UInt64(try fields.int("created"))
        var slots: [Slot] = []
        for element in try fields.array("slots", max: maximumSlots) {
            slots.append(try slot(element))
        }
        var uids: [UInt32] = []
        for element in try fields.array("unsealUIDs", max: 1024) {
            guard let uid = element.int.flatMap(UInt32.init(exactly:)) else {
                throw .headerMalformed(what: "unsealUIDs")
            }
            uids.append(uid)
        }
        let header = Header(
            vault: vault, created: created, slots: slots, unsealUIDs: uids,
            logVerifierKey: try fields.string("logVerifierKey", max: 512),
            origin: try fields.string("origin", max: 256), mac: try fields.digest("mac"))
        try header.checkShape()
        return header
    }

    private func checkShape() throws(KeyringError) {
        guard let newest = newestEpoch, slots.allSatisfy({ $0.boxes[newest] != nil }),
            Set(slots.map(\.id)).count == slots.count
        else { throw .headerMalformed(what: "slots") }
        guard unsealUIDs == Set(unsealUIDs).sorted() else {
            throw .headerMalformed(what: "unsealUIDs")
        }
    }

    private static func slot(_ value: JSON.Value) throws(KeyringError) -> Slot {
        var fields = try HeaderFields(value, "slot")
        guard let id = SlotID(text: try fields.string("id", max: 16)) else {
            throw .headerMalformed(what: "slot.id")
        }
        var boxes: [UInt32: [UInt8]] = [:]
        for element in try fields.array("boxes", max: 1024) {
            var box = try HeaderFields(element, "slot.box")
            guard let epoch = UInt32(exactly: try box.int("epoch")), boxes[epoch] == nil else {
                throw .headerMalformed(what: "slot.box.epoch")
            }
            boxes[epoch] = try box.base64("box", max: 1024)
            try box.finish()
        }
        let slot = Slot(
            id: id, label: try fields.string("label", max: maximumLabel),
            derivation: try derivation(&fields),
            publicKey: AgreementPublicKey(raw: try fields.digest("publicKey")),
            privateKey: try fields.base64("privateKey", max: 1024), boxes: boxes)
        try fields.finish()
        return slot
    }

    private static func derivation(
        _ fields: inout HeaderFields
    ) throws(KeyringError) -> SecretDerivation {
        switch try fields.string("form", max: 16) {
        case "keyfile": return .keyFile
        case "words":
            var argon = try HeaderFields(try fields.value("argon2id"), "slot.argon2id")
            let salt = try argon.base64("salt", max: PasswordHash.saltSize)
            guard salt.count == PasswordHash.saltSize,
                let operations = UInt32(exactly: try argon.int("operations")),
                let memory = UInt32(exactly: try argon.int("memoryKiB")),
                let parameters = try? PasswordHash.Parameters(
                    operations: operations, memoryKiB: memory)
            else { throw .headerMalformed(what: "slot.argon2id") }
            try argon.finish()
            return .words(parameters, salt: salt)
        default: throw .headerMalformed(what: "slot.form")
        }
    }

    // MARK: Writing

    func json(withMAC: Bool) -> JSON.Value {
        var object = JSON.Object([
            "format": .int(Self.format),
            "vault": .string(vault.text),
            "created": .int(Int64(clamping: created)),
            "slots": .array(slots.map(Self.json)),
            "unsealUIDs": .array(unsealUIDs.map { .int(Int64($0)) }),
            "logVerifierKey": .string(logVerifierKey),
            "origin": .string(origin),
        ])
        if withMAC { object["mac"] = .string(mac.description) }
        return .object(object)
    }

    private static func json(_ slot: Slot) -> JSON.Value {
        let boxes = slot.boxes.sorted { $0.key < $1.key }.map { epoch, box in
            ["epoch": .int(Int64(epoch)), "box": .string(Base64.format(box))] as JSON.Value
        }
        var object = JSON.Object([
            "id": .string(slot.id.description),
            "label": .string(slot.label),
            "publicKey": .string(slot.publicKey.raw.description),
            "privateKey": .string(Base64.format(slot.privateKey)),
            "boxes": .array(boxes),
        ])
        switch slot.derivation {
        case .keyFile: object["form"] = "keyfile"
        case .words(let parameters, let salt):
            object["form"] = "words"
            object["argon2id"] = [
                "operations": .int(Int64(parameters.operations)),
                "memoryKiB": .int(Int64(parameters.memoryKiB)),
                "salt": .string(Base64.format(salt)),
            ]
        }
        return .object(object)
    }
}

/// Takes the members of an object one by one; what is left at the end is unknown and refused.
private struct HeaderFields {
    private var object: JSON.Object
    private let name: String

    init(_ value: JSON.Value, _ name: String) throws(KeyringError) {
        guard let object = value.object else { throw .headerMalformed(what: name) }
        self.object = object
        self.name = name
    }

    mutating func value(_ key: String) throws(KeyringError) -> JSON.Value {
        guard let value = object[key] else { throw .headerMalformed(what: "\(name).\(key)") }
        object[key] = nil
        return value
    }

    mutating func int(_ key: String) throws(KeyringError) -> Int64 {
        guard let value = try value(key).int, value >= 0 else {
            throw .headerMalformed(what: "\(name).\(key)")
        }
        return value
    }

    mutating func string(_ key: String, max: Int) throws(KeyringError) -> String {
        guard let value = try value(key).string, value.utf8.count <= max,
            value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw .headerMalformed(what: "\(name).\(key)") }
        return value
    }

    mutating func array(_ key: String, max: Int) throws(KeyringError) -> [JSON.Value] {
        guard let value = try value(key).array, value.count <= max else {
            throw .headerMalformed(what: "\(name).\(key)")
        }
        return value
    }

    mutating func base64(_ key: String, max: Int) throws(KeyringError) -> [UInt8] {
        let text = try string(key, max: (max + 2) / 3 * 4)
        guard let bytes = try? Base64.parse(text), bytes.count <= max else {
            throw .headerMalformed(what: "\(name).\(key)")
        }
        return bytes
    }

    mutating func digest(_ key: String) throws(KeyringError) -> Digest {
        let text = try string(key, max: 2 * Digest.count)
        guard let bytes = try? Hex.parse(text), let digest = Digest(bytes) else {
            throw .headerMalformed(what: "\(name).\(key)")
        }
        return digest
    }

    mutating func vault() throws(KeyringError) -> VaultID {
        guard let vault = try? VaultID(text: try string("vault", max: 27)) else {
            throw .headerMalformed(what: "\(name).vault")
        }
        return vault
    }

    func finish() throws(KeyringError) {
        guard object.members.isEmpty else {
            throw .headerMalformed(what: "unknown member of \(name)")
        }
    }
}
