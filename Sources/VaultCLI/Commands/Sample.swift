import ArgumentParser
import VaultCoding
import VaultRecords
import VaultText

/// `carevault sample`.
struct SampleCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write invented files to try the vault with, as carevault load reads them.",
        discussion: """
            An organisation of 6000 staff, retired ones among them: subsidies, mutual aid, cover, \
            hardship cases and counselling sessions from 2020 to 2026. Nobody in it exists. The \
            same seed gives the same bytes. Needs no daemon and no login.
            """)

    @Option(help: .init("Another number, other people.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: .init("Only a part of everything: 1/2 to 1/100.", valueName: "part"))
    var scale = "1"

    @Option(
        name: .customLong("kind"),
        help: .init(
            "Only this kind or family, with the people it is about; may be given several times.",
            valueName: "kind"))
    var kinds: [String] = []

    @OptionGroup var offline: OfflineOptions
    var common: CommonOptions { offline.common }

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let shape = SampleShape(dividedBy: try denominator())
        let organisation = SampleOrganisation(seed: seed, shape: shape)
        var pending: [UInt8] = []
        let context = client.context
        func flush() throws(ClientError) {
            do { try context.output(String(decoding: pending, as: UTF8.self)) } catch {
                throw .platform(error)
            }
            pending.removeAll(keepingCapacity: true)
        }
        try organisation.eachLine(of: try selection()) { (line) throws(ClientError) in
            JSONWriter.append(.object(line), to: &pending)
            pending.append(UInt8(ascii: "\n"))
            if pending.count >= Self.piece { try flush() }
        }
        try flush()
        return .success
    }

    /// Bytes that are written at once.
    private static let piece = 64 << 10

    private func denominator() throws(ClientError) -> Int {
        let parts = scale.split(separator: "/", omittingEmptySubsequences: false)
        if parts == ["1"] { return 1 }
        guard parts.count == 2, parts[0] == "1", let number = Int(parts[1]),
            String(number) == parts[1], SampleShape.denominators.contains(number)
        else { throw .usage(.notAPart(scale)) }
        return number
    }

    private func selection() throws(ClientError) -> Set<RecordKind>? {
        guard !kinds.isEmpty else { return nil }
        var selection: Set<RecordKind> = []
        for typed in kinds {
            let name = Typed.kind(typed)
            let matches = RecordKind.allCases.filter { $0.name == name || $0.family == name }
            guard !matches.isEmpty else { throw .usage(.unknownKind(typed)) }
            selection.formUnion(matches)
        }
        return selection
    }
}
