/// What prompts say besides the question.
package enum PromptMessages {
    /// After a question that wants yes or no.
    static func yesOrNo(_ question: Message) -> Message {
        Message("\(question) [yes/no] ", chinese: "\(question) [yes 是/no 否] ")
    }

    /// Before a line of input.
    static func input(_ prompt: Message) -> Message {
        Message("\(prompt): ", chinese: "\(prompt)：")
    }

    static let answerYesOrNo = Message("answer yes or no", chinese: "请回答 yes（是）或 no（否）")

    /// How a long text ends.
    static let howToEnd = Message(
        "end with a line that is only .", chinese: "以单独一行的 . 或 。 结束")

    /// How a long text begins and ends whose first line may be a key.
    static let howToBegin = Message(
        "return passes on; < - ! ? in the first line only; end with a line that is only .",
        chinese: "回车略过；< - ! ? 仅在首行有效；以单独一行的 . 或 。 结束")

    static let textTruncated = Message(
        "the text reached its limit; the rest was dropped", chinese: "文本已达上限，其余部分已丢弃")

    static let writeDown = Message(
        "write these words down; they are shown only now", chinese: "请抄写这些词；它们只显示这一次")

    static let pressReturn = Message(
        "press return when you have them", chinese: "抄好后请按回车键")

    static func typeBack(_ count: Int) -> Message {
        Message(
            "type the \(count) words, four letters of each are enough",
            chinese: "请输入这 \(count) 个词，每个词前四个字母即可")
    }

    static func wrongCount(expected: Int, found: Int) -> Message {
        Message(
            "there are \(expected) words, \(found) were typed",
            chinese: "应有 \(expected) 个词，输入了 \(found) 个")
    }

    /// A typing mistake in words that are no secret.
    static func notOfTheList(_ word: String, number: Int, count: Int) -> Message {
        Message(
            "word \(number) is mistyped, \(word) is not one of the list; type all \(count) words again",
            chinese: "第 \(number) 个词输入有误，词表中没有 \(word)；请重新输入全部 \(count) 个词")
    }

    static func wrongWord(number: Int) -> Message {
        Message("word \(number) is not as shown", chinese: "第 \(number) 个词与所示不符")
    }

    /// The words were not typed back.
    package static let notTypedBack = Diagnostic.error(
        Message(
            "the words were not typed back, so they are not in use",
            chinese: "未能正确输入所示的词，因此它们没有生效"),
        hints: Message(
            "start again; new words will be made", chinese: "请重新开始；将生成新的词"))

    /// A question was not answered.
    package static let notAnswered = Diagnostic.error(
        Message("the question was not answered", chinese: "问题没有得到回答"))
}
