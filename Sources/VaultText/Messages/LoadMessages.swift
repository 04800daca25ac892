/// What `carevault load` says.
package enum LoadMessages {
    /// Where a line is, before what is wrong with it.
    package static func line(_ number: Int, _ problem: Message) -> Message {
        Message("line \(number): \(problem)", chinese: "第 \(number) 行：\(problem)")
    }

    /// A field of a line, before what is wrong with it.
    package static func field(_ name: String, _ problem: Message) -> Message {
        Message("\(name): \(problem)", chinese: "\(name)：\(problem)")
    }

    /// The line is longer than a message may be.
    package static func tooLong(limit: Int) -> Message {
        Message("is longer than \(limit) bytes", chinese: "超过 \(limit) 字节")
    }

    /// The line is not UTF-8.
    package static let notText = Message("is not UTF-8 text", chinese: "不是 UTF-8 文本")

    /// The line is not JSON.
    package static func notJSON(at offset: Int?) -> Message {
        guard let offset else {
            return Message("is not acceptable JSON", chinese: "不是可接受的 JSON")
        }
        return Message(
            "is not acceptable JSON at byte \(offset)", chinese: "第 \(offset) 字节处不是可接受的 JSON")
    }

    /// The line is JSON of another shape.
    package static let notAnObject = Message("is no JSON object", chinese: "不是 JSON 对象")

    /// A member of the line is missing or of the wrong type.
    package static func wrongMember(_ name: String) -> Message {
        switch name {
        case "id":
            Message("needs an id of 1 to 64 characters", chinese: "需要 1 到 64 个字符的 id")
        case "kind": Message("needs a kind", chinese: "需要 kind（类型）")
        case "fields": Message("needs fields, an object", chinese: "需要 fields（对象）")
        case "subject":
            Message(
                "needs a subject: the id of an earlier line or an identifier of the vault",
                chinese: "需要 subject：前面某行的 id 或保险库中的标识符")
        default: Message("has a wrong \(name)", chinese: "\(name) 有误")
        }
    }

    /// A member that means nothing here.
    package static func unknownMember(_ name: String) -> Message {
        Message(
            "has a member \(name), which means nothing here", chinese: "含有此处无意义的成员 \(name)")
    }

    /// Two lines with one id.
    package static func sameID(line: Int) -> Message {
        Message("has the id of line \(line)", chinese: "与第 \(line) 行的 id 相同")
    }

    /// A person cannot belong to another.
    package static let subjectOfSubject = Message(
        "is a person and must not name a subject", chinese: "这是人员，不能再指定 subject")

    /// No kind has this name.
    package static func unknownKind(_ kind: String) -> Message {
        Message("has an unknown kind \(kind)", chinese: "类型 \(kind) 未知")
    }

    /// No purpose has this name.
    package static func unknownPurpose(_ purpose: String) -> Message {
        Message("has an unknown purpose \(purpose)", chinese: "用途 \(purpose) 未知")
    }

    /// The subject is nobody of the batch, and no identifier.
    package static let unknownSubject = Message(
        "names a subject that is no earlier line and no identifier",
        chinese: "指定的 subject 既不是前面的行，也不是标识符")

    /// The line of the subject failed.
    package static func subjectFailed(line: Int) -> Message {
        Message(
            "belongs to the person of line \(line), which was not loaded",
            chinese: "所属人员在第 \(line) 行，该行未载入")
    }

    /// How far it is.
    package static func progress(done: Int, failed: Int, rate: Int) -> Message {
        Message(
            "\(done) lines loaded, \(failed) failed, \(rate) a second",
            chinese: "已载入 \(done) 行，失败 \(failed) 行，每秒 \(rate) 行")
    }

    /// How it ended.
    package static func ended(
        people: Int, records: Int, before: Int, failed: Int, left: Int
    ) -> Message {
        let start = Message(
            "loaded \(people) people and \(records) records",
            chinese: "已载入 \(people) 人、\(records) 条记录")
        let rest = Message(
            "loaded before: \(before), failed: \(failed), not tried: \(left)",
            chinese: "此前已载入：\(before)，失败：\(failed)，未处理：\(left)")
        return Message("\(start); \(rest)", chinese: "\(start)；\(rest)")
    }

    /// How a check without loading ended.
    package static func checked(people: Int, records: Int, failed: Int) -> Message {
        Message(
            "checked \(people) people and \(records) records, nothing was sent; failed: \(failed)",
            chinese: "已检查 \(people) 人、\(records) 条记录，未发送任何内容；失败：\(failed)")
    }

    /// How to go on.
    package static let goOn = Message(
        "\(CommonMessages.hint)mend the lines and load the same file again: nothing is loaded twice",
        chinese: "\(CommonMessages.hint)改正这些行后重新载入同一文件：已有的不会重复载入")

    /// The progress file is of another form.
    package static func notAProgressFile(_ path: String) -> Diagnostic {
        .error(
            Message(
                "\(path) is no progress file of this batch", chinese: "\(path) 不是本批次的进度文件"),
            hints: Message(
                "name a file that does not exist, or the batch it was made for",
                chinese: "请指定不存在的文件，或它所属的批次"))
    }
}
