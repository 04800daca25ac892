import VaultText

/// Progress on one line of the terminal; nothing where standard error is none.
struct ProgressLine {
    let client: Client
    private var isShown = false

    init(_ client: Client) { self.client = client }

    /// Replaces the line.
    mutating func show(_ message: Message) {
        guard client.context.showsProgress else { return }
        // Back to the start of the line, then clear to its end (ECMA-48 EL).
        client.context.errors("\r\u{1B}[K" + message.text(in: client.language))
        isShown = true
    }

    /// Removes the line.
    mutating func clear() {
        guard isShown else { return }
        client.context.errors("\r\u{1B}[K")
        isShown = false
    }
}
