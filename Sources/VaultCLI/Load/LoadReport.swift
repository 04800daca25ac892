import VaultCoding
import VaultText

/// How a batch goes: counts, errors by line, and the progress on a terminal.
struct LoadReport {
    private(set) var people = 0
    private(set) var records = 0
    /// Lines that an earlier run loaded, as its progress file says.
    private(set) var before = 0
    private(set) var failed = 0
    /// Lines that were not tried.
    var left = 0

    private let client: Client
    private var line: ProgressLine
    private let start: UInt64
    private var shown: UInt64 = 0

    /// Microseconds between two changes of the progress.
    private static let step: UInt64 = 200_000

    init(_ client: Client) {
        self.client = client
        line = ProgressLine(client)
        start = client.context.now()
    }

    mutating func load(isSubject: Bool) {
        if isSubject { people += 1 } else { records += 1 }
        show()
    }

    mutating func skip() {
        before += 1
        show()
    }

    /// A line that cannot be loaded: each of its problems on standard error.
    mutating func fail(_ number: Int, _ messages: [Message]) {
        failed += 1
        line.clear()
        for message in messages {
            client.warn(.error(LoadMessages.line(number, message)))
        }
    }

    /// Ends the progress.
    mutating func stop() { line.clear() }

    private mutating func show() {
        let now = client.context.now()
        guard now >= shown + Self.step else { return }
        shown = now
        let seconds = max(1, Int((now - min(now, start)) / 1_000_000))
        line.show(
            LoadMessages.progress(
                done: people + records, failed: failed, rate: (people + records) / seconds))
    }

    var json: JSON.Object {
        var object = JSON.Object()
        object["subjects"] = .int(Int64(people))
        object["records"] = .int(Int64(records))
        object["loaded_before"] = .int(Int64(before))
        object["failed"] = .int(Int64(failed))
        object["left"] = .int(Int64(left))
        return object
    }
}
