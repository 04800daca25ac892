/// What the daemon says of an argument that it does not take, in the words of a person.
package enum ArgumentMessages {
    /// The rule that is broken, to follow the name of the argument; nil where it is not known here.
    package static func problem(_ english: String) -> Message? {
        if let known = problems[english] { return known }
        let start = "begins behind the end of the range, "
        guard english.hasPrefix(start), let end = Int64(english.dropFirst(start.count)) else {
            return nil
        }
        return Message("begins behind the end of the range, \(end)", chinese: "起点在范围末尾 \(end) 之后")
    }

    private static let problems: [String: Message] = [
        "is negative": Message("is negative", chinese: "不能为负数"),
        "is not a hash": Message("is not a hash", chinese: "不是散列值"),
        "is not a purpose of use": Message("is not a purpose of use", chinese: "不是使用目的"),
        "is not a signed checkpoint": Message("is not a signed checkpoint", chinese: "不是已签名的检查点"),
        "is not a uid": Message("is not a uid", chinese: "不是 uid"),
        "is not a version": Message("is not a version", chinese: "不是版本号"),
        "is not an identifier": Message("is not an identifier", chinese: "不是标识符"),
    ]

    /// What a person gave an argument with, where its name is that of the interface.
    package static func option(_ argument: String) -> String? {
        switch argument {
        case "from_sequence": "--from"
        case "to_sequence": "--to"
        case "since_checkpoint": "--since"
        default: nil
        }
    }
}
