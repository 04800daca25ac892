import ArgumentParser

/// What every command takes. May also stand before the name of the command.
struct CommonOptions: ParsableArguments {
    /// The socket of a service that was installed as a package does it.
    static let defaultSocket = "/run/carevault/vault.sock"

    @Option(
        name: .customLong("socket"),
        help: .init(
            "Socket of the daemon (default: $CAREVAULT_SOCKET, else \(defaultSocket)).",
            valueName: "path"))
    var socket: String?

    @Option(
        name: .customLong("login"),
        help: .init(
            "Name of the principal, for an account that has several logins.", valueName: "name"))
    var login: String?

    @Flag(name: .customLong("json"), help: "Answer in JSON, for programs.")
    var json = false

    @Option(
        name: .customLong("language"),
        help: .init("Language: en or zh (default: from the locale).", valueName: "tag"))
    var language: String?

    /// The options that take a value, for those that stand before the command.
    static let withValue = ["--socket", "--login", "--language", "--purpose"]
    /// The options that take none.
    static let flags = ["--json"]
}

/// The same for a command that asks no daemon: socket and login are taken, so that an alias with them
/// serves every command, and not offered.
struct OfflineOptions: ParsableArguments {
    @Option(name: .customLong("socket"), help: .hidden)
    var socket: String?

    @Option(name: .customLong("login"), help: .hidden)
    var login: String?

    @Flag(name: .customLong("json"), help: "Answer in JSON, for programs.")
    var json = false

    @Option(
        name: .customLong("language"),
        help: .init("Language: en or zh (default: from the locale).", valueName: "tag"))
    var language: String?

    /// What every command takes.
    var common: CommonOptions {
        var common = CommonOptions()
        common.socket = socket
        common.login = login
        common.json = json
        common.language = language
        return common
    }
}

/// Why files are opened.
struct PurposeOption: ParsableArguments {
    @Option(
        name: .customLong("purpose"),
        help: .init(
            "Purpose of use: treatment, care-management, eligibility, payment … or its HL7 code.",
            valueName: "purpose"))
    var purpose: String?
}

/// Where the secret comes from instead of the terminal.
struct SecretOptions: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: .init("Key file instead of words; yours, mode 0400 or 0600.", valueName: "file"))
    var keyFile: String?

    @Option(
        name: .customLong("secret-fd"),
        help: .init(
            "Open descriptor to read the words or the key file from.", valueName: "number"))
    var secretDescriptor: Int32?

    /// Whether a person types it.
    var isTyped: Bool { keyFile == nil && secretDescriptor == nil }

    /// What was asked for.
    var source: SecretSource {
        SecretSource(keyFile: keyFile, descriptor: secretDescriptor)
    }
}
