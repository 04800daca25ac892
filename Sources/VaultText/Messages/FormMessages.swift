/// What a form says that asks for a record field by field.
package enum FormMessages {
    /// What stands before the place where an answer is typed.
    package struct Field: Sendable {
        let place: [Message]
        let label: Message
        let isNeeded: Bool

        /// - Parameters:
        ///   - place: words before the label, such as `household 2`.
        ///   - label: what the field is called.
        ///   - isNeeded: whether there is no record without it.
        package init(place: [Message], label: Message, isNeeded: Bool) {
            self.place = place
            self.label = label
            self.isNeeded = isNeeded
        }

        fileprivate var text: Message {
            let start = place.reduce(Message("")) {
                Message("\($0)\($1) › ", chinese: "\($0)\($1) › ")
            }
            return isNeeded
                ? Message("\(start)\(label) (needed)", chinese: "\(start)\(label)（必填）")
                : Message("\(start)\(label)", chinese: "\(start)\(label)")
        }
    }

    /// Above the first question.
    package static func title(_ kind: Message) -> Message {
        Message("\(kind), field by field", chinese: "\(kind)，逐项填写")
    }

    /// What can be typed instead of a value.
    package static let keys = Message(
        "return leaves it out or as it is, ? explains, < goes back, - takes it away",
        chinese: "回车跳过或保持原样，? 说明，< 返回上一项，- 删除该项")

    /// A question for a value on one line.
    package static func question(_ field: Field, current: Message?) -> Message {
        guard let current else { return field.text }
        return Message("\(field.text) [\(current)]", chinese: "\(field.text) [\(current)]")
    }

    /// The field alone.
    package static func label(_ field: Field) -> Message { field.text }

    /// An element of a list, such as `household 2`.
    package static func element(_ label: Message, _ number: Int) -> Message {
        Message("\(label) \(number)", chinese: "\(label)\(number)")
    }

    /// What a field means and may hold.
    package static func help(_ meaning: Message, expected: Message) -> Message {
        Message("\(meaning); \(expected)", chinese: "\(meaning)；\(expected)")
    }

    /// The answer is none.
    package static func notUnderstood(_ expected: Message) -> Message {
        Message("that is not it; expected \(expected)", chinese: "无法识别；应为：\(expected)")
    }

    /// One of the numbered options.
    package static func choices(_ count: Int) -> Message {
        Message(
            "a number from 1 to \(count) or the beginning of a word",
            chinese: "1 至 \(count) 的序号，或选项的开头")
    }

    /// Several of the numbered options.
    package static func severalChoices(_ count: Int) -> Message {
        Message(
            "numbers from 1 to \(count) or words, separated by blanks",
            chinese: "1 至 \(count) 的序号或选项，可多选，以空格分隔")
    }

    /// There is no record without it.
    package static let needed = Message("this cannot be left out", chinese: "此项必填")

    /// Before a long text is typed anew.
    package static let replaceText = Message("type it anew?", chinese: "重新输入吗？")

    /// Whether to fill in a group of fields.
    package static func fillIn(_ label: Message) -> Message {
        Message("\(label): fill in?", chinese: "\(label)：填写吗？")
    }

    /// Whether to add an element.
    package static func addElement(_ label: Message, _ number: Int) -> Message {
        number == 1
            ? Message("\(label): add one?", chinese: "\(label)：添加一项吗？")
            : Message("\(label): add number \(number)?", chinese: "\(label)：添加第 \(number) 项吗？")
    }

    /// Whether to keep what is there.
    package static func keepElements(_ label: Message, _ count: Int) -> Message {
        Message("\(label): keep the \(count) there?", chinese: "\(label)：保留现有的 \(count) 项吗？")
    }

    /// Above the summary.
    package static let summary = Message("this would be sent:", chinese: "即将发送：")

    /// What to do with it.
    package static let review = Message(
        "send, a number to change that field, or drop", chinese: "发送（send）、输入序号修改该项，或放弃（drop）")

    /// Neither of these.
    package static let reviewAgain = Message(
        "type send, a number of the list, or drop", chinese: "请输入 send（发送）、列表中的序号，或 drop（放弃）")

    /// Something is still wrong.
    package static let notYet = Message("this cannot be sent yet", chinese: "还不能发送")

    /// Nothing was sent.
    package static let nothingSent = Message("nothing was sent", chinese: "没有发送任何内容")

    /// A field in the summary.
    package static func numbered(_ number: Int, _ label: Message) -> Message {
        Message("\(number) \(label)", chinese: "\(number) \(label)")
    }

    /// The label of a field that is empty.
    package static let empty = Message("-")
}
