import VaultWire

/// A status as metrics in the text exposition format 0.0.4 of Prometheus: a line `# HELP`, a line
/// `# TYPE` and the samples of each. What is not known has no sample. Names and labels only grow.
enum PrometheusText {
    /// The daemon did not answer.
    static let down = Family(
        "carevault_up", "Whether the daemon answered.", [Sample(value: 0)]
    ).text

    /// The metrics of a status.
    static func metrics(_ status: VaultGetStatus.Reply) -> String {
        families(status).map(\.text).joined()
    }

    /// One sample: `name{label="value"} number`.
    struct Sample {
        var labels: [(name: String, value: String)] = []
        var value: Int64

        init(_ labels: [(name: String, value: String)] = [], value: Int64) {
            self.labels = labels
            self.value = value
        }
    }

    /// One metric, a gauge.
    struct Family {
        let name: String
        let help: String
        let samples: [Sample]

        init(_ name: String, _ help: String, _ samples: [Sample]) {
            self.name = name
            self.help = help
            self.samples = samples
        }

        init(_ name: String, _ help: String, value: Int64?) {
            self.init(name, help, value.map { [Sample(value: $0)] } ?? [])
        }

        /// Empty without samples.
        var text: String {
            guard !samples.isEmpty else { return "" }
            return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
                + samples.map { "\(name)\(PrometheusText.braces($0.labels)) \($0.value)\n" }
                .joined()
        }
    }

    private static func families(_ status: VaultGetStatus.Reply) -> [Family] {
        let isOpen = status.state == .unsealed
        let colours: [WireHealth: Int64] = [.green: 0, .amber: 1, .red: 2]
        return [
            Family("carevault_up", "Whether the daemon answered.", value: 1),
            Family(
                "carevault_build_info", "Versions of daemon and client; always 1.",
                [
                    Sample(
                        [("version", status.version), ("client", ClientVersion.text)], value: 1)
                ]),
            Family(
                "carevault_state", "Where the storage lock stands; 1 for the state it is in.",
                WireVaultState.allCases.map {
                    Sample([("state", $0.rawValue)], value: $0 == status.state ? 1 : 0)
                }),
            Family(
                "carevault_founded", "Whether the founding is signed; absent while sealed.",
                value: status.founded.map { $0 ? 1 : 0 }),
            Family(
                "carevault_health", "The worst finding: 0 green, 1 amber, 2 red.",
                value: colours[status.health]),
            Family(
                "carevault_finding", "One sample for each finding that is there now.",
                status.findings.map {
                    Sample([("code", $0.code), ("severity", $0.severity.rawValue)], value: 1)
                }),
            Family(
                "carevault_log_entries", "Entries in the audit log.", value: status.logEntries),
            Family(
                "carevault_unpinned_entries",
                "Entries that no checkpoint handed to an auditor covers; absent while sealed.",
                value: isOpen ? status.unpinned?.entries ?? 0 : nil),
            Family(
                "carevault_unpinned_age_seconds",
                "Time since a checkpoint was handed to an auditor, 0 if it covers all; absent while sealed.",
                value: isOpen ? (status.unpinned?.age ?? 0) / 1_000_000 : nil),
            Family(
                "carevault_storage_epoch",
                "The storage epoch that is written with; absent while sealed.",
                value: status.storageEpoch),
            Family(
                "carevault_disk_free_bytes", "Free space where the vault's files lie.",
                value: status.diskFree),
        ]
    }

    private static func braces(_ labels: [(name: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
            + "}"
    }

    /// Backslash, quote and line feed, as the format wants them.
    private static func escaped(_ text: String) -> String {
        text.map { character -> String in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }
}
