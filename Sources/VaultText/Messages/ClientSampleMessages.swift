/// What `carevault sample` says.
package enum ClientSampleMessages {
    /// A part of the sample that cannot be made.
    package static func notAPart(_ typed: String) -> Diagnostic {
        .error(
            Message(
                "\(typed) is no part of the sample", chinese: "\(typed) 不是可生成的样本比例"),
            hints: Message(
                "write --scale 1 for all of it, or 1/2 to 1/100",
                chinese: "写 --scale 1 生成全部，或 1/2 至 1/100"))
    }
}
