/// What a notice is about: the storage lock; a finding that is there; a finding that is gone; what people
/// do; nothing but that the service is alive.
package enum WireNoticeKind: String, WireEnumeration {
    case state
    case finding
    case cleared
    case people
    case alive

    package static let wireName = "NoticeKind"
    package static let blank = WireNoticeKind.alive
}

/// Streams what changes, for a pager: first the present state and each present finding, then every
/// change at once, and a sign of life each 30 seconds. No names and no contents.
package enum VaultWatch: WireMethod {
    package static let interface = Interface.vault
    package static let member = "Watch"
    package static let streaming = Streaming.required

    package typealias Parameters = NoFields

    /// What the service answers, again and again.
    package struct Reply: WireObject {
        /// When it was noticed, in microseconds since 1970 UTC.
        package var time: Int64 = 0
        /// What it is about.
        package var kind: WireNoticeKind = WireNoticeKind.blank
        /// Stable code: sealed, unsealed or stopping; of the finding; login.locked, login.refused or
        /// the action that took effect; alive.
        package var code: String = ""
        /// Green where all is well or something is over; of a state or a sign of life, the worst
        /// finding's.
        package var severity: WireHealth = WireHealth.blank
        /// Whether this was so before, and is told because the watching begins or notices were dropped.
        package var present: Bool = false
        /// Number of notices that were dropped before this one.
        package var dropped: Int64 = 0
        /// The finding; absent for other kinds.
        package var finding: WireFinding?
        /// How often it happened, of login.refused; absent for others.
        package var count: Int64?

        package init() {}

        package init(
            time: Int64, kind: WireNoticeKind, code: String, severity: WireHealth,
            present: Bool = false, dropped: Int64 = 0, finding: WireFinding? = nil,
            count: Int64? = nil
        ) {
            self.time = time
            self.kind = kind
            self.code = code
            self.severity = severity
            self.present = present
            self.dropped = dropped
            self.finding = finding
            self.count = count
        }

        package static let members: [WireMember<Self>] = [
            WireMember("time_us", \.time),
            WireMember("kind", \.kind),
            WireMember("code", \.code),
            WireMember("severity", \.severity),
            WireMember("present", \.present),
            WireMember("dropped", \.dropped),
            WireMember("finding", \.finding),
            WireMember("count", \.count),
        ]
    }
}
