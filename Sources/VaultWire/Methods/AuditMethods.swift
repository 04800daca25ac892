/// The methods of `io.carevault.Audit` in the order of its file.
let auditMethods: [any WireMethod.Type] = [
    AuditTail.self,
    AuditExport.self,
    AuditGetCheckpoint.self,
    AuditVerifyLive.self,
]

/// Shows the newest entries, or those of a request that was refused.
package enum AuditTail: WireMethod {
    package static let interface = Interface.audit
    package static let member = "Tail"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Largest number of entries, 1 to 1000.
        package var limit: Int64 = 0
        /// Code that the caller of the request was given, ten characters; absent for all entries.
        package var reference: String?

        package init() {}

        package init(limit: Int64, reference: String? = nil) {
            self.limit = limit
            self.reference = reference
        }

        package static let members: [WireMember<Self>] = [
            WireMember("limit", \.limit),
            WireMember("reference", \.reference),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The entries, oldest first.
        package var entries: [WireAuditEntry] = []

        package init() {}

        package init(entries: [WireAuditEntry]) {
            self.entries = entries
        }

        package static let members: [WireMember<Self>] = [
            WireMember("entries", \.entries)
        ]
    }
}

/// Exports a range of the log as JSON Lines, in chunks.
package enum AuditExport: WireMethod {
    package static let interface = Interface.audit
    package static let member = "Export"
    package static let streaming = Streaming.required

    /// What the caller says.
    package struct Parameters: WireObject {
        /// First sequence; absent for 0.
        package var fromSequence: Int64?
        /// Sequence after the last; absent for the end of the log.
        package var toSequence: Int64?
        /// Signed checkpoint to start from, instead of a first sequence.
        package var sinceCheckpoint: String?

        package init() {}

        package init(
            fromSequence: Int64? = nil, toSequence: Int64? = nil, sinceCheckpoint: String? = nil
        ) {
            self.fromSequence = fromSequence
            self.toSequence = toSequence
            self.sinceCheckpoint = sinceCheckpoint
        }

        package static let members: [WireMember<Self>] = [
            WireMember("from_sequence", \.fromSequence),
            WireMember("to_sequence", \.toSequence),
            WireMember("since_checkpoint", \.sinceCheckpoint),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Whole lines of the export, each ended by a line feed.
        package var lines: String = ""
        /// Number of entries sent so far.
        package var done: Int64 = 0
        /// Number of entries to send in all.
        package var total: Int64 = 0

        package init() {}

        package init(lines: String, done: Int64, total: Int64) {
            self.lines = lines
            self.done = done
            self.total = total
        }

        package static let members: [WireMember<Self>] = [
            WireMember("lines", \.lines),
            WireMember("done", \.done),
            WireMember("total", \.total),
        ]
    }
}

/// Gives the newest head of the log as a signed note, and the proof that it continues an older one.
package enum AuditGetCheckpoint: WireMethod {
    package static let interface = Interface.audit
    package static let member = "GetCheckpoint"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// Size of the tree that the caller knows, in entries; absent for no proof.
        package var sinceSize: Int64?

        package init() {}

        package init(sinceSize: Int64?) { self.sinceSize = sinceSize }

        package static let members: [WireMember<Self>] = [WireMember("since_size", \.sinceSize)]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The signed note (C2SP tlog-checkpoint).
        package var checkpoint: String = ""
        /// Key that verifies it (C2SP signed-note verifier key).
        package var verifierKey: String = ""
        /// Hashes of the consistency proof (RFC 6962 2.1.2), each in base64; empty without a size.
        package var consistency: [String] = []

        package init() {}

        package init(checkpoint: String, verifierKey: String, consistency: [String] = []) {
            self.checkpoint = checkpoint
            self.verifierKey = verifierKey
            self.consistency = consistency
        }

        package static let members: [WireMember<Self>] = [
            WireMember("checkpoint", \.checkpoint),
            WireMember("verifier_key", \.verifierKey),
            WireMember("consistency", \.consistency),
        ]
    }
}

/// Verifies the log as it stands, with progress.
package enum AuditVerifyLive: WireMethod {
    package static let interface = Interface.audit
    package static let member = "VerifyLive"
    package static let streaming = Streaming.supported

    /// What the caller says.
    package struct Parameters: WireObject {
        /// First sequence; absent for 0.
        package var fromSequence: Int64?
        /// Sequence after the last; absent for the end of the log.
        package var toSequence: Int64?

        package init() {}

        package init(fromSequence: Int64? = nil, toSequence: Int64? = nil) {
            self.fromSequence = fromSequence
            self.toSequence = toSequence
        }

        package static let members: [WireMember<Self>] = [
            WireMember("from_sequence", \.fromSequence),
            WireMember("to_sequence", \.toSequence),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// Number of entries checked so far.
        package var done: Int64 = 0
        /// Number of entries to check in all.
        package var total: Int64 = 0
        /// What it came to; absent until the last reply.
        package var verdict: WireVerdict?
        /// What is wrong, as a stable code; absent if nothing is.
        package var problem: String?
        /// Sequence at which it is wrong; absent if nothing is.
        package var problemSequence: Int64?

        package init() {}

        package init(
            done: Int64, total: Int64, verdict: WireVerdict? = nil, problem: String? = nil,
            problemSequence: Int64? = nil
        ) {
            self.done = done
            self.total = total
            self.verdict = verdict
            self.problem = problem
            self.problemSequence = problemSequence
        }

        package static let members: [WireMember<Self>] = [
            WireMember("done", \.done),
            WireMember("total", \.total),
            WireMember("verdict", \.verdict),
            WireMember("problem", \.problem),
            WireMember("problem_sequence", \.problemSequence),
        ]
    }
}
