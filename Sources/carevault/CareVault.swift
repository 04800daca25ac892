import VaultCLI

/// The client.
@main enum CareVault {
    static func main() { ClientProgram.main() }
}
