/// Where the storage lock stands.
package enum WireVaultState: String, WireEnumeration {
    case uninitialised
    case sealed
    case unsealed

    package static let wireName = "State"
    package static let blank = WireVaultState.uninitialised
}

/// The colour of the whole: green all well, amber attention needed, red service or evidence at
/// risk.
package enum WireHealth: String, WireEnumeration {
    case green
    case amber
    case red

    package static let wireName = "Health"
    package static let blank = WireHealth.green
}

/// In what form a secret is given: eight words separated by spaces, or the base64 text of 32 bytes.
package enum WireSecretForm: String, WireEnumeration {
    case words
    case keyfile

    package static let wireName = "SecretForm"
    package static let blank = WireSecretForm.words
}

/// One thing that is not as it should be.
package struct WireFinding: WireObject {
    package static let wireName: String? = "Finding"
    /// Stable code, such as log.unpinned.
    package var code: String = ""
    /// Amber or red.
    package var severity: WireHealth = WireHealth.blank
    /// What was found, in one English sentence.
    package var cause: String = ""
    /// What to do, in one English sentence.
    package var remedy: String = ""
    /// What the machine said, for sentences in other languages: a path, a name or an error; absent
    /// where the code says all.
    package var detail: String?
    /// The measure, in the unit of the code; absent for none.
    package var value: Int64?

    package init() {}

    package init(
        code: String, severity: WireHealth, cause: String, remedy: String, detail: String? = nil,
        value: Int64? = nil
    ) {
        self.code = code
        self.severity = severity
        self.cause = cause
        self.remedy = remedy
        self.detail = detail
        self.value = value
    }

    package static let members: [WireMember<Self>] = [
        WireMember("code", \.code),
        WireMember("severity", \.severity),
        WireMember("cause", \.cause),
        WireMember("remedy", \.remedy),
        WireMember("detail", \.detail),
        WireMember("value", \.value),
    ]
}

/// The end of the audit log since a checkpoint was last handed to an auditor. Whether that checkpoint
/// left this host only the auditor knows.
package struct WireUnpinnedTail: WireObject {
    package static let wireName: String? = "UnpinnedTail"
    /// Number of entries in it.
    package var entries: Int64 = 0
    /// How long ago the checkpoint was handed out, or the vault made, in microseconds.
    package var age: Int64 = 0

    package init() {}

    package init(entries: Int64, age: Int64) {
        self.entries = entries
        self.age = age
    }

    package static let members: [WireMember<Self>] = [
        WireMember("entries", \.entries),
        WireMember("age_us", \.age),
    ]
}
