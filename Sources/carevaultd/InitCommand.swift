import ArgumentParser
import VaultCoding
import VaultDaemon
import VaultPlatform
import VaultText

/// `carevaultd init`.
struct InitCommand: ParsableCommand, Runnable {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new vault in an empty directory.",
        discussion: """
            At a terminal it asks for what is not said here. Makes two secrets: the seal secret, which opens the storage lock, and the first \
            operator's own. In a terminal each is shown once as eight words and typed back. With \
            the key file options it is written to a new file of mode 0400 instead.
            """)

    @Option(
        name: .customLong("data"),
        help: .init("The vault's directory; made, or empty.", valueName: "directory"))
    var data: String?

    @Option(
        name: .customLong("operator"),
        help: .init("Name of the first operator.", valueName: "name"))
    var operatorName: String?

    @Option(
        name: [.customLong("operator-uid"), .customLong("uid")],
        help: .init(
            "Account of the first operator, by name or number (default: the one that runs this).",
            valueName: "account"))
    var operatorUID: AccountNumber?

    @Option(
        name: .customLong("unseal-uid"),
        help: .init(
            "Account that may unseal, by name or number, once for each (default: the operator's).",
            valueName: "account"))
    var unsealUIDs: [AccountNumber] = []

    @Option(
        name: .customLong("owner"),
        help: .init(
            """
            Account that gets the files, as root (default: the owner of the directory, at the usual \
            place carevault).
            """, valueName: "name"))
    var owner: String?

    @Flag(
        name: .customLong("shared-uid"),
        help: "Let several principals share one account; for demonstrations only.")
    var sharedUID = false

    @Option(
        name: .customLong("seal-key-file"),
        help: .init("Write the seal secret to this new file.", valueName: "file"))
    var sealKeyFile: String?

    @Option(
        name: .customLong("operator-key-file"),
        help: .init("Write the operator's secret to this new file.", valueName: "file"))
    var operatorKeyFile: String?

    @Flag(name: .customLong("json"), help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var language: LanguageOption

    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        let isAsked = data == nil || operatorName == nil
        // Opened only where it is needed: scripts have none.
        let needsTerminal = isAsked || sealKeyFile == nil || operatorKeyFile == nil
        let terminal = needsTerminal ? try? Terminal() : nil
        let prompts = terminal.map { Prompts(device: $0, language: language) }
        var command = self
        let owner: CreationOwner?
        if isAsked {
            guard let prompts else { throw .creation(.unsaid) }
            owner = try CreationDialogue(prompts: prompts).complete(&command)
        } else {
            owner = try command.givenOwner()
        }
        try command.make(owner, prompts, language)
    }

    private func givenOwner() throws(StartupError) -> CreationOwner? {
        if let owner { return try CreationOwner(named: owner) }
        return data.flatMap { CreationOwner.usual(for: DataDirectory($0)) }
    }

    private func make(
        _ owner: CreationOwner?, _ prompts: Prompts?, _ language: Language
    ) throws(StartupError) {
        guard let data, let operatorName else { throw .creation(.unsaid) }
        let operatorUID = operatorUID?.user ?? Accounts.realUser
        var plan = CreationPlan(
            data: DataDirectory(data), operatorName: operatorName, operatorUID: operatorUID,
            unsealUIDs: unsealUIDs.isEmpty ? [operatorUID] : unsealUIDs.map(\.user),
            sharedUID: sharedUID,
            sealKeyFile: sealKeyFile, operatorKeyFile: operatorKeyFile)
        plan.owner = owner
        let report = try VaultCreator.make(plan, prompts: prompts)
        StandardOutput.write(json ? line(report) : text(report, data, owner, language))
    }

    private func text(
        _ report: CreationReport, _ data: String, _ owner: CreationOwner?, _ language: Language
    ) -> String {
        var fields = FieldList()
        fields.add(CreationMessages.vault, stored: report.vault)
        fields.add(CreationMessages.verifierKey, stored: report.verifierKey)
        if let sealKeyFile { fields.add(CreationMessages.sealKeyFile, stored: sealKeyFile) }
        if let operatorKeyFile {
            fields.add(CreationMessages.operatorKeyFile, stored: operatorKeyFile)
        }
        return CreationMessages.made(data).text(in: language) + "\n\n"
            + fields.text(in: language) + "\n"
            + CreationMessages.fingerprint.text(in: language) + "\n\n"
            + WordGrid.text(report.operatorWords) + "\n"
            + CreationMessages.compare.text(in: language) + "\n\n"
            + CreationMessages.next.text(in: language)
            + CommonMessages.colon.text(in: language) + " "
            + nextStep(data, owner).text(in: language) + "\n"
    }

    /// Under systemd the unit serves what lies at the usual place.
    private func nextStep(_ data: String, _ owner: CreationOwner?) -> Message {
        if owner?.name == CreationOwner.standardName, data == Setting.data.standard?.words {
            return CreationMessages.nextStepOfService
        }
        return CreationMessages.nextStep(data)
    }

    private func line(_ report: CreationReport) -> String {
        let words = JSON.Value.array(report.operatorWords.map { .string($0) })
        var object = JSON.Object([
            "format": 1, "vault": .string(report.vault),
            "verifier_key": .string(report.verifierKey), "operator_words": words,
        ])
        if let sealKeyFile { object["seal_key_file"] = .string(sealKeyFile) }
        if let operatorKeyFile { object["operator_key_file"] = .string(operatorKeyFile) }
        return JSONWriter.text(.object(object)) + "\n"
    }
}

/// An account of this machine, given by its name or its number.
struct AccountNumber: ExpressibleByArgument {
    /// Its uid.
    let user: UInt32

    init?(argument: String) {
        guard let user = UInt32(argument) ?? (try? Accounts.user(named: argument)) else {
            return nil
        }
        self.init(user)
    }

    init(_ user: UInt32) { self.user = user }
}

/// `carevaultd version`.
struct VersionCommand: ParsableCommand, Runnable {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.")

    @OptionGroup var language: LanguageOption

    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        StandardOutput.write("carevaultd \(Program.version)\n")
    }
}
