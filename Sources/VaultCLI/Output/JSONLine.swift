import VaultCoding
import VaultWire

/// Answers for programs: one line, one object, `"format": 1` first. Members are only ever added
/// within a format.
enum JSONLine {
    /// The number of the format.
    static let format: Int64 = 1

    /// The line, ended by a line feed.
    static func text(_ object: JSON.Object) -> String {
        var whole = JSON.Object()
        whole["format"] = .int(format)
        for (key, value) in object.members { whole[key] = value }
        return JSONWriter.text(.object(whole)) + "\n"
    }
}

extension WireObject {
    /// The same as a JSON object, with the names of the wire.
    var json: JSON.Object {
        var bytes: [UInt8] = []
        append(to: &bytes)
        guard case .object(let object)? = try? JSON.parse(bytes) else {
            preconditionFailure("internal error: a reply that was read writes no object")
        }
        return object
    }
}
