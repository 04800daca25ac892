/// What forms say: questions field by field, the summary, and how it ended.
package enum FormMessages {
    /// Begins a form.
    package static func begin(_ kind: Message) -> Message {
        Message(
            "\(kind): * is needed; return skips or keeps, ? explains, < goes back, - clears, ! shows all",
            chinese: "\(kind)：* 为必填；回车跳过或保留，? 说明，< 返回上一项，- 清除，! 查看全部")
    }

    /// The keys of a question, for who changes one field.
    package static let keys = Message(
        "return keeps, ? explains, < goes back, - clears, ! shows all",
        chinese: "回车保留，? 说明，< 返回上一项，- 清除，! 查看全部")

    /// Above the fields of what is amended.
    package static func amending(_ kind: Message, _ version: Int64) -> Message {
        Message("\(kind), version \(version)", chinese: "\(kind)，版本 \(version)")
    }

    /// The question for a field.
    package static func question(_ label: Message, isNeeded: Bool) -> Message {
        isNeeded ? Message("\(label) *", chinese: "\(label) *") : label
    }

    /// The question for a field that has a value.
    package static func question(_ label: Message, now value: Message) -> Message {
        Message("\(label) [\(value)]", chinese: "\(label) [\(value)]")
    }

    /// An amount without a currency.
    package static func amount(_ question: Message, currency: String) -> Message {
        Message("\(question) (\(currency))", chinese: "\(question)（\(currency)）")
    }

    /// Something that is so or not.
    package static func yesOrNo(_ question: Message) -> Message {
        Message("\(question) (yes or no)", chinese: "\(question)（是或否）")
    }

    /// One of several of a kind.
    package static func element(_ label: Message, _ number: Int) -> Message {
        Message("\(label) \(number)", chinese: "\(label) \(number)")
    }

    /// A field inside another.
    package static func inside(_ outer: Message, _ number: Int?, _ label: Message) -> Message {
        guard let number else {
            return Message("\(outer), \(label)", chinese: "\(outer)·\(label)")
        }
        return Message(
            "\(outer) \(number), \(label)", chinese: "\(outer) \(number)·\(label)")
    }

    /// An option with its number.
    package static func choice(_ number: Int, _ name: Message) -> Message {
        Message("\(number) \(name)", chinese: "\(number) \(name)")
    }

    /// Long text.
    package static func long(_ question: Message) -> Message {
        Message(
            "\(question), several lines", chinese: "\(question)，可多行")
    }

    /// Long text that is there.
    package static func longNow(_ lines: Int) -> Message {
        .plural(
            lines, one: "1 line is there", other: "\(lines) lines are there",
            chinese: "已有 \(lines) 行")
    }

    /// An option with the word by which lines know it.
    package static func titled(_ name: Message, word: String) -> Message {
        Message("\(name) (\(word))", chinese: "\(name)（\(word)）")
    }

    /// How to choose.
    package static func numberOrBeginning(_ count: Int) -> Message {
        Message(
            "a number from 1 to \(count), a word, or its beginning",
            chinese: "1 到 \(count) 的编号、选项，或其开头")
    }

    /// Nothing was typed where something must be.
    package static let needed = Message("this is needed", chinese: "此项必填")

    /// Whether an object without any field is to be filled in.
    package static func fillIn(_ label: Message) -> Message {
        Message("\(label): fill in? [y/N]", chinese: "\(label)：要填写吗？[y 是/N 否]")
    }

    /// Whether a list gets an element.
    package static func addFirst(_ label: Message) -> Message {
        Message("\(label): add one? [y/N]", chinese: "\(label)：要添加吗？[y 是/N 否]")
    }

    /// Whether a list gets one more.
    package static func addAnother(_ label: Message) -> Message {
        Message("\(label): another? [y/N]", chinese: "\(label)：再添加一项？[y 是/N 否]")
    }

    /// What to do with a list.
    package static func changeList(_ label: Message, _ count: Int) -> Message {
        Message(
            "\(label), \(count) there: return keeps, + adds, a number changes, -number removes",
            chinese: "\(label)，已有 \(count) 项：回车保留，+ 添加，编号修改，-编号删除")
    }

    /// An answer to that which is none.
    package static func changeListAgain(_ count: Int) -> Message {
        Message(
            "type return, +, a number from 1 to \(count), or -number",
            chinese: "请输入回车、+、1 到 \(count) 的编号，或 -编号")
    }

    /// An answer that is none.
    package static let answerYesOrNo = Message("answer y or n", chinese: "请回答 y（是）或 n（否）")

    /// The list is full.
    package static func full(_ limit: Int) -> Message {
        Message("no more than \(limit)", chinese: "最多 \(limit) 项")
    }

    /// The menu under the summary.
    package static let menu = Message(
        "s sends, a number changes that field, a asks for all, d drops",
        chinese: "s 发送，编号修改该项，a 逐项填写，d 放弃")

    /// An answer that the menu does not know.
    package static let menuAgain = Message(
        "type s, the number of a field, a, or d", chinese: "请输入 s、字段编号、a 或 d")

    /// A field in the summary.
    package static func numbered(_ number: Int, _ label: Message) -> Message {
        Message("\(number) \(label)", chinese: "\(number) \(label)")
    }

    /// Fields that are empty.
    package static func notGiven(_ names: Message) -> Message {
        Message("not given: \(names)", chinese: "未填：\(names)")
    }

    /// Two in a row.
    package static func and(_ first: Message, _ second: Message) -> Message {
        Message("\(first), \(second)", chinese: "\(first)，\(second)")
    }

    /// A problem of a field in the summary.
    package static func problem(_ label: Message, _ problem: Message) -> Message {
        Message("\(label): \(problem)", chinese: "\(label)：\(problem)")
    }

    // MARK: A text that is too long

    /// By how much it is too long.
    package static func tooLong(
        _ label: Message, _ count: Int, over limit: Int, inBytes: Bool
    ) -> Message {
        inBytes
            ? .plural(
                count, one: "\(label): 1 byte more than the \(limit) that fit; your text is kept",
                other:
                    "\(label): \(count) bytes more than the \(limit) that fit; your text is kept",
                chinese: "\(label)：超出 \(count) 字节（上限 \(limit) 字节）；您的文本已保留")
            : .plural(
                count,
                one: "\(label): 1 character more than the \(limit) that fit; your text is kept",
                other:
                    "\(label): \(count) characters more than the \(limit) that fit; your text is kept",
                chinese: "\(label)：超出 \(count) 字（上限 \(limit) 字）；您的文本已保留")
    }

    /// What to do about it.
    package static func shorten(hasEditor: Bool) -> Message {
        hasEditor
            ? Message(
                "e edits it, c cuts it where it is full, n takes a new text, return leaves it for later",
                chinese: "e 编辑，c 在上限处截断，n 重新输入，回车留待稍后")
            : Message(
                "c cuts it where it is full, n takes a new text, return leaves it for later",
                chinese: "c 在上限处截断，n 重新输入，回车留待稍后")
    }

    /// An answer to that which is none.
    package static func shortenAgain(hasEditor: Bool) -> Message {
        hasEditor
            ? Message("type e, c, n or return", chinese: "请输入 e、c、n 或回车")
            : Message("type c, n or return", chinese: "请输入 c、n 或回车")
    }

    /// Where a cut falls.
    package static func cut(ending before: String, leavingOut after: String) -> Message {
        Message(
            "it would end: …\(before)| and leave out: \(after)…",
            chinese: "将结束于：…\(before)| 舍去：\(after)…")
    }

    /// Whether to cut.
    package static func reallyCut(_ count: Int) -> Message {
        .plural(
            count, one: "cut 1 character?", other: "cut \(count) characters?",
            chinese: "截去 \(count) 字吗？")
    }

    // MARK: A text that is there

    /// What to do with it.
    package static func correct(
        _ label: Message, hasEditor: Bool, returnAdds: Bool
    ) -> Message {
        let keys =
            hasEditor
            ? Message(
                "a adds at the end, n types it anew, e edits, k keeps",
                chinese: "a 在末尾追加，n 重新输入，e 编辑，k 保留")
            : Message(
                "a adds at the end, n types it anew, k keeps", chinese: "a 在末尾追加，n 重新输入，k 保留")
        let usual = returnAdds ? "a" : "k"
        return Message("\(label): \(keys) [\(usual)]", chinese: "\(label)：\(keys) [\(usual)]")
    }

    /// An answer to that which is none.
    package static func correctAgain(hasEditor: Bool) -> Message {
        hasEditor
            ? Message("type a, n, e or k", chinese: "请输入 a、n、e 或 k")
            : Message("type a, n or k", chinese: "请输入 a、n 或 k")
    }

    /// Whether a new text takes the place of one that is there.
    package static let reallyReplace = Message(
        "does a new text take the place of this one?", chinese: "用新文本取代现有文本吗？")

    /// A field of the summary that is too long.
    package static func tooLongStill(_ label: Message) -> Message {
        Message("\(label) (too long)", chinese: "\(label)（过长）")
    }

    /// Whether to drop.
    package static let reallyDrop = Message(
        "drop everything you typed?", chinese: "放弃已输入的全部内容吗？")

    /// ^C cleared a line.
    package static let lineCleared = Message(
        "the line is cleared; ^C again gives the form up", chinese: "该行已清除；再按一次 ^C 则放弃整张表单")

    /// Nothing was sent.
    package static let nothingSent = Message("nothing was sent", chinese: "未发送任何内容")

    /// The person dropped the form.
    package static let dropped = Message(
        "dropped; nothing was sent", chinese: "已放弃，未发送任何内容")

    /// The amended record would be the same.
    package static let unchanged = Message(
        "nothing was changed, nothing was sent", chinese: "没有修改，未发送任何内容")

    // MARK: Two who amend

    /// Somebody was faster.
    package static func conflict(
        base: Int64, now: Int64, by author: String, at time: String
    ) -> Message {
        Message(
            "version \(now) was written meanwhile by \(author) (\(time)); you amended version \(base)",
            chinese: "其间 \(author) 已写入版本 \(now)（\(time)）；您修改的是版本 \(base)")
    }

    /// A field that somebody changed.
    package static let before = Message("before", chinese: "原来")
    package static let yours = Message("yours", chinese: "您的")
    package static let theirs = Message("meanwhile", chinese: "其间")

    /// Both changed one field.
    package static func whose(_ label: Message, _ author: String) -> Message {
        Message(
            "both changed \(label): 1 takes yours, 2 takes that of \(author)",
            chinese: "双方都改了\(label)：1 用您的，2 用 \(author) 的")
    }

    /// An answer to that which is none.
    package static let whoseAgain = Message("type 1 or 2", chinese: "请输入 1 或 2")

    /// Your changes stand on the newest version now.
    package static func rebased(_ version: Int64) -> Message {
        Message(
            "your changes now stand on version \(version); look before you send",
            chinese: "您的修改现以版本 \(version) 为基础；请查看后发送")
    }

    /// How to go on without a terminal.
    package static func amendAgain(_ version: Int64) -> Message {
        Message(
            "put both together and amend again with --base \(version)",
            chinese: "合并双方内容后，用 --base \(version) 重新修改")
    }
}
