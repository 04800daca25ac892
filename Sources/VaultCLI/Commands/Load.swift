import ArgumentParser
import VaultCoding
import VaultText

/// `carevault load`.
struct LoadCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load many people and records from JSON Lines; may be repeated safely.",
        discussion: """
            A line is {"id":"s1","kind":"registry.subject","fields":{…}} for a person, or \
            {"id":"r1","subject":"s1","kind":"medical.expense","fields":{…}} for a record; subject \
            is the id of an earlier line or an identifier of the vault, purpose may be added. \
            Wrong lines are told by their number, the others are loaded.
            """)

    @Option(
        name: .customLong("from"),
        help: .init("The batch, - for standard input.", valueName: "file"))
    var source: String

    @Option(
        help: .init(
            "Name of the batch: its lines are known by their ids alone (default: by id and content).",
            valueName: "name"))
    var batch: String?

    @Option(
        help: .init(
            "Note in this file what is loaded, to go on after days; ids and identifiers alone.",
            valueName: "file"))
    var progress: String?

    @Flag(help: "Stop at the first line that fails.")
    var stopAtFirst = false

    @Flag(help: "Check every line here and send nothing.")
    var dryRun = false

    @OptionGroup var purpose: PurposeOption
    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let purpose = try Typed.purpose(purpose.purpose)
        if dryRun { return try check(client) }
        let run = LoadRun(
            client, .init(batch: batch, purpose: purpose, stopsAtFirst: stopAtFirst),
            source: try BatchSource(source, client), progress: try BatchProgress(progress))
        let report = try run.run()
        try client.say(
            LoadMessages.ended(
                people: report.people, records: report.records, before: report.before,
                failed: report.failed, left: report.left), json: report.json)
        guard report.failed > 0 else { return .success }
        client.note(LoadMessages.goOn)
        return .failure
    }

    /// Everything that can be known without the daemon.
    private func check(_ client: Client) throws(ClientError) -> ExitStatus {
        var source = try BatchSource(source, client)
        var book = BatchBook()
        var report = LoadReport(client)
        while let text = try source.next() {
            let number = source.number
            do throws(BatchLine.Problem) {
                let line = try book.enter(text, number)
                guard let subject = line.subject else {
                    report.load(isSubject: true)
                    continue
                }
                switch book.place(of: subject) {
                case .known, .pending: report.load(isSubject: false)
                case .failed(let other):
                    report.fail(number, [LoadMessages.subjectFailed(line: other)])
                case .unknown: report.fail(number, [LoadMessages.unknownSubject])
                }
            } catch {
                report.fail(number, error.messages)
            }
            if stopAtFirst, report.failed > 0 { break }
        }
        report.stop()
        try client.say(
            LoadMessages.checked(
                people: report.people, records: report.records, failed: report.failed),
            json: report.json)
        guard report.failed > 0 else { return .success }
        client.note(LoadMessages.goOn)
        return .failure
    }
}
