import ArgumentParser
import VaultCoding
import VaultDaemon
import VaultText

/// `carevaultd doctor`.
struct DoctorCommand: ParsableCommand, Judging {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Explain what is missing on this machine.",
        discussion: """
            Looks at libraries, settings, accounts, directories, memory, socket and clock, and says \
            what to do. Changes nothing and opens no vault. Ends with 0 when all is well, 1 when \
            there is something to look at, 2 when the daemon would not start or not be safe.
            """)

    @OptionGroup var places: SettingsOptions

    @Flag(name: .customLong("json"), help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var language: LanguageOption

    func judge(_ language: Language, _ weaknesses: [DaemonEvent]) async -> Int32 {
        let settings: Result<Settings, StartupError>
        do throws(StartupError) {
            settings = .success(try places.settings())
        } catch {
            settings = .failure(error)
        }
        let results = Checkup(settings: settings, weaknesses: weaknesses).results()
        StandardOutput.write(json ? line(results, language) : text(results, language))
        return Int32(results.map(\.colour.rawValue).max() ?? 0)
    }

    private func text(_ results: [CheckResult], _ language: Language) -> String {
        var lines: [String] = []
        for result in results {
            let words = Message(
                "\(result.colour.words): \(result.finding)",
                chinese: "\(result.colour.words)：\(result.finding)")
            lines.append(words.text(in: language))
            if let remedy = result.remedy {
                lines.append("    " + DoctorMessages.todo(remedy).text(in: language))
            }
        }
        let summary = DoctorMessages.summary(
            bad: results.count { $0.colour == .red },
            doubtful: results.count { $0.colour == .amber })
        return (lines + ["", summary.text(in: language)]).joined(separator: "\n") + "\n"
    }

    private func line(_ results: [CheckResult], _ language: Language) -> String {
        let list = results.map { result -> JSON.Value in
            .object(
                JSON.Object([
                    "code": .string(result.code), "health": .string(result.colour.code),
                    "finding": .string(result.finding.text(in: language)),
                    "remedy": result.remedy.map { .string($0.text(in: language)) } ?? .null,
                ]))
        }
        let worst = results.map(\.colour).max { $0.rawValue < $1.rawValue } ?? .green
        let answer = JSON.Object([
            "format": 1, "health": .string(worst.code), "checks": .array(list),
        ])
        return JSONWriter.text(.object(answer)) + "\n"
    }
}

extension CheckColour {
    /// For people.
    fileprivate var words: Message {
        switch self {
        case .green: DoctorMessages.good
        case .amber: DoctorMessages.doubtful
        case .red: DoctorMessages.bad
        }
    }

    /// For programs, as everywhere.
    fileprivate var code: String {
        switch self {
        case .green: "green"
        case .amber: "amber"
        case .red: "red"
        }
    }
}
