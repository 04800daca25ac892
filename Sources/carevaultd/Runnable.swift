import ArgumentParser
import VaultDaemon
import VaultPlatform
import VaultText

/// A command that does something.
protocol Runnable: ParsableCommand {
    /// The language that was asked for.
    var language: LanguageOption { get }
    /// Does it. `weaknesses` is what could not be made as safe as wanted.
    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError)
}

/// A command whose exit code is a judgement.
protocol Judging: Runnable {
    /// Judges, and gives the exit code.
    func judge(_ language: Language, _ weaknesses: [DaemonEvent]) async -> Int32
}

extension Judging {
    func perform(_ language: Language, _ weaknesses: [DaemonEvent]) async throws(StartupError) {
        _ = await judge(language, weaknesses)
    }
}

/// In which language it speaks.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: .init("Language: en or zh (default: from the locale).", valueName: "tag"))
    var tag: String?

    func validate() throws {
        if let tag, Language(tag: tag) == nil {
            throw ValidationError("There is no language \(tag); use en or zh.")
        }
    }

    /// The language of the option, else of the locale.
    var language: Language {
        tag.flatMap { Language(tag: $0) } ?? Language.preferred { Environment.value($0) }
    }
}
