/// Where a secret comes from; the terminal where neither is given.
struct SecretSource {
    /// A key file.
    var keyFile: String?
    /// An open descriptor with words or a key file.
    var descriptor: Int32?

    /// The terminal.
    static let terminal = SecretSource()
}
