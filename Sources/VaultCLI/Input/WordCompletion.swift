import VaultCoding
import VaultPlatform
import VaultText

/// A terminal at which four letters of each word are enough: what is typed without being shown comes
/// back in full words. What is no word of the list comes back as typed, so that the question can say
/// which one is wrong.
struct WordCompletion: PromptDevice {
    let device: any PromptDevice

    func write(_ text: String) throws(PlatformError) { try device.write(text) }
    func readLine(limit: Int) throws(PlatformError) -> String { try device.readLine(limit: limit) }
    func readBlock(limit: Int, answers: Set<String>) throws(PlatformError) -> TextBlock {
        try device.readBlock(limit: limit, answers: answers)
    }

    func readSecret(_ question: String, limit: Int) throws(PlatformError) -> WipedBytes {
        let typed = try device.readSecret(question, limit: limit)
        var completed = WipedBytes(capacity: limit * 2)
        typed.withSpan { span in
            var bytes: [UInt8] = []
            for index in span.indices { bytes.append(span[index]) }
            defer { for index in bytes.indices { bytes[index] = 0 } }
            let text = String(decoding: bytes, as: UTF8.self)
            for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "-" }) {
                let whole = Words.number(of: String(word)).map { Words.word($0) } ?? String(word)
                for byte in whole.utf8 { _ = completed.append(byte) }
                _ = completed.append(UInt8(ascii: " "))
            }
        }
        return completed
    }
}
