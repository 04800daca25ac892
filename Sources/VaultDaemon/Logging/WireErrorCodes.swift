import VaultCoding
import VaultWire

extension WireError {
    /// A stable code without any of the message.
    var code: String {
        switch self {
        case .messageTooLong: "message-too-long"
        case .emptyMessage: "empty-message"
        case .notJSON(let problem):
            switch problem {
            case .tooLarge: "too-large"
            case .tooDeep: "too-deep"
            case .notUTF8: "not-utf8"
            case .duplicateKey: "duplicate-key"
            case .numberOutOfRange: "number-out-of-range"
            case .loneSurrogate: "lone-surrogate"
            case .syntax: "syntax"
            case .trailing: "trailing"
            }
        case .notAnObject: "not-an-object"
        case .unknownKey: "unknown-key"
        case .wrongType: "wrong-type"
        case .noMethod: "no-method"
        case .conflictingFlags: "conflicting-flags"
        case .field: "field"
        case .unknownError: "unknown-error"
        }
    }
}
