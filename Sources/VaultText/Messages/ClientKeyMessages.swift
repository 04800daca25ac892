/// What `carevault key` says.
package enum ClientKeyMessages {
    package static let slot = Message("slot", chinese: "密钥槽")
    package static let form = Message("form", chinese: "形式")
    package static let label = Message("label", chinese: "标签")
    package static let created = Message("made", chinese: "创建时间")
    package static let unsealUID = Message("unsealing uid", chinese: "可解封的 uid")
    package static let unsealer = Message("name", chinese: "姓名")
    package static let epoch = Message("storage epoch", chinese: "存储纪元")
    package static let state = Message("state", chinese: "状态")
    package static let rotation = Message("rotation", chinese: "轮换")

    /// The form of a slot's secret, by its name on the wire.
    package static func form(_ name: String) -> Message {
        name == "keyfile" ? Message("key file", chinese: "密钥文件") : Message("words", chinese: "密钥词")
    }

    /// The state of an epoch, by its name on the wire.
    package static func epochState(_ name: String) -> Message {
        switch name {
        case "current": Message("current", chinese: "当前")
        case "retiring": Message("retiring", chinese: "退役中")
        default: Message("retired", chinese: "已退役")
        }
    }

    /// How far a rotation is, by the name of its state on the wire.
    package static func rotation(
        _ state: String, from: Int64?, to epoch: Int64, done: Int64, total: Int64
    ) -> Message {
        let count = Message("\(done) of \(total) keys", chinese: "\(done)/\(total) 个密钥")
        let from = from ?? 0
        return switch state {
        case "running":
            Message(
                "from epoch \(from) to \(epoch): \(count) re-wrapped",
                chinese: "从纪元 \(from) 到 \(epoch)：已重新包装 \(count)")
        case "ready":
            Message(
                "from epoch \(from) to \(epoch): \(count) re-wrapped; ready to complete",
                chinese: "从纪元 \(from) 到 \(epoch)：已重新包装 \(count)；可以完成")
        case "complete":
            Message(
                "complete: no key is under epoch \(from) any more, epoch \(epoch) is in use",
                chinese: "已完成：纪元 \(from) 下已无密钥，使用纪元 \(epoch)")
        default:
            Message("none; epoch \(epoch) is in use", chinese: "无；使用纪元 \(epoch)")
        }
    }

    /// What a rotation would do.
    package static func dryRun(_ total: Int64) -> Message {
        .plural(
            total, one: "a rotation would re-wrap 1 key; nothing was changed",
            other: "a rotation would re-wrap \(total) keys; nothing was changed",
            chinese: "轮换将重新包装 \(total) 个密钥；未作更改")
    }

    /// While it runs, on one line.
    package static func progress(done: Int64, total: Int64) -> Message {
        Message("re-wrapped \(done) of \(total) keys", chinese: "已重新包装 \(done)/\(total) 个密钥")
    }

    /// Old backups.
    package static let oldBackups = Message(
        "backups keep opening with the unseal secrets of their day until they expire",
        chinese: "备份在到期前仍可用当日的解封密钥打开")
}
