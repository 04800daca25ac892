package import Logging
import VaultPlatform
import VaultText

/// The daemon's log: one plain line for each event, on standard error.
package struct DaemonLog: Sendable {
    private let logger: Logger

    /// Writes to standard error, with priorities for the journal where that listens.
    package init() {
        let style: LineLogHandler.Style =
            Environment.value("JOURNAL_STREAM") == nil ? .dated : .journal
        self.init(style: style) { StandardError.write($0) }
    }

    /// Writes lines to `sink`, which may be called on any thread.
    package init(style: LineLogHandler.Style, sink: @escaping @Sendable (String) -> Void) {
        logger = Logger(label: "carevaultd") { _ in LineLogHandler(style: style, sink: sink) }
    }

    /// The logger for libraries that want one.
    package var forLibraries: Logger { logger }

    /// Writes an event.
    package func write(_ event: DaemonEvent) {
        // The line is made here, from typed values; metadata is a dictionary without order.
        let values = event.values.map { " \($0.key)=\($0.value.text)" }.joined()
        logger.log(level: event.level, "\(event.name)\(values)")
    }
}

/// Formats one line for each event.
package struct LineLogHandler: LogHandler {
    /// How a line begins.
    package enum Style: Sendable {
        /// With the moment and the level.
        case dated
        /// With the priority of `sd-daemon(3)`, because the journal knows the moment.
        case journal
    }

    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let style: Style
    private let sink: @Sendable (String) -> Void

    init(style: Style, sink: @escaping @Sendable (String) -> Void) {
        self.style = style
        self.sink = sink
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        switch style {
        case .dated:
            let now = TimeText.utc(
                microseconds: SystemClock.nowMicroseconds, .milliseconds)
            sink("\(now) \(event.level.rawValue): \(event.message)\n")
        case .journal:
            sink("<\(event.level.priority)>\(event.message)\n")
        }
    }
}

extension Logger.Level {
    /// The number of `syslog(3)`.
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
