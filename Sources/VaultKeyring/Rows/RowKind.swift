import VaultCoding

/// What a row holds, in words for errors. The raw value is for people.
package enum RowKind: String, Sendable, Equatable {
    case statement
    case serviceKey = "service key"
    case principal = "principal's keys"
    case box = "box of a key"
    case subjectKey = "subject key"
    case compartmentHeldKey = "key held by a compartment"
    case auditEpoch = "audit epoch's key"
    case enrolmentCode = "enrolment code"
    case founding = "founding draft"
    case index = "index entry"
    case head = "head row of a file"
    case careRow = "care row"
    case meta = "state of the keys"
    case other = "row"
}

/// The first byte of a row key in the space of wrapped keys. Part of the format on disk.
enum WrappedRow: UInt8 {
    /// `01 ‖ name in ASCII` → a key of the vault's own.
    case service = 1
    /// `02 ‖ principal id` → the principal's blob.
    case principal = 2
    /// `03 ‖ keyed name(16)` → a key in a sealed box for one principal.
    case box = 3
    /// `04 ‖ tag(16) ‖ number(4)` → subject key under the compartment key.
    case subjectKey = 4
    /// `05 ‖ framed compartment ‖ framed kind ‖ number(4)` → key under the compartment key.
    case compartmentHeld = 5
    /// `06 ‖ epoch(4)` → audit data key boxed to the audit key.
    case auditEpoch = 6
    /// `07 ‖ epoch(4)` → audit data key of an epoch before the founding.
    case unfoundedEpoch = 7
    /// `08 ‖ principal id` → hash of a one-time enrolment code.
    case enrolmentCode = 8
    /// `09 ‖ name in ASCII` → what the founding is made from.
    case founding = 9

    /// The row key with what follows the first byte.
    func key(_ rest: [UInt8]) -> [UInt8] { [rawValue] + rest }

    /// A row key that ends with a number.
    func key(number: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 5)
        writer.put(rawValue)
        writer.put(number)
        return writer.bytes
    }

    /// What rows of this type are called.
    var kind: RowKind {
        switch self {
        case .service: .serviceKey
        case .principal: .principal
        case .box: .box
        case .subjectKey: .subjectKey
        case .compartmentHeld: .compartmentHeldKey
        case .auditEpoch, .unfoundedEpoch: .auditEpoch
        case .enrolmentCode: .enrolmentCode
        case .founding: .founding
        }
    }
}
