/// Which version this is.
enum ClientVersion {
    static let text = "0.1.0"
}
