import ArgumentParser
import VaultCoding
import VaultPlatform
import VaultText
import VaultWire

/// Where a one-time code goes.
struct CodeOption: ParsableArguments {
    @Option(
        name: .customLong("code-out"),
        help: .init(
            "Write the one-time code to a new file (mode 0600) instead of showing it.",
            valueName: "file"))
    var codeOut: String?

    /// Refuses a file that exists before anything is done.
    func check() throws(ClientError) {
        guard let codeOut else { return }
        let exists: Bool
        do { exists = try Files.exists(codeOut) } catch { throw .platform(error) }
        guard !exists else {
            throw .platform(.system(operation: .create, path: codeOut, code: .exists))
        }
    }

    /// Shows or writes the code.
    func deliver(
        _ code: SecretText, expires: Int64, title: Message, json: JSON.Object, _ client: Client
    ) throws(ClientError) {
        var json = json
        json["expires_us"] = .int(expires)
        let until = TimeText.relative(
            microseconds: UInt64(max(0, expires)), now: client.context.now())
        let message: Message
        if let codeOut {
            do {
                try Files.writeDurably(
                    codeOut, code.utf8 + [UInt8(ascii: "\n")], mode: 0o600, replacing: false)
            } catch {
                throw .platform(error)
            }
            json["code_file"] = .string(codeOut)
            message = ClientDirectoryMessages.codeWritten(codeOut, until: until)
        } else {
            json["code"] = .string(code.reveal())
            message = ClientDirectoryMessages.code(code.reveal(), until: until)
        }
        let language = client.language
        try client.show(
            title.text(in: language) + "\n" + message.text(in: language) + "\n", json: json)
    }
}

/// An account of the machine as it was typed.
enum AccountInput {
    /// The uid of a user name or a number.
    static func uid(_ user: String) throws(ClientError) -> Int64 {
        if let number = UInt32(user) { return Int64(number) }
        do {
            return Int64(try Accounts.user(named: user))
        } catch {
            throw .platform(error)
        }
    }
}
