/// A statement of the chain that made a principal what they are.
package struct WirePrincipalStatement: WireObject {
    package static let wireName: String? = "PrincipalStatement"
    /// Its number, first 1.
    package var number: Int64 = 0
    /// Its kind, such as enlist, care-grant or disable.
    package var kind: String = ""
    /// When it was made, in microseconds since 1970 UTC.
    package var time: Int64 = 0
    /// Names of those who signed it.
    package var signers: [String] = []

    package init() {}

    package init(number: Int64, kind: String, time: Int64, signers: [String]) {
        self.number = number
        self.kind = kind
        self.time = time
        self.signers = signers
    }

    package static let members: [WireMember<Self>] = [
        WireMember("number", \.number),
        WireMember("kind", \.kind),
        WireMember("time_us", \.time),
        WireMember("signers", \.signers),
    ]
}

/// Something that remains to do after somebody has left.
package struct WireRemainder: WireObject {
    package static let wireName: String? = "Remainder"
    /// What, as a code, such as slots or compartment-keys.
    package var task: String = ""
    /// Whose work it is: operator, custodian or auditor.
    package var role: String = ""
    /// What it is about: labels, numbers or names.
    package var items: [String] = []

    package init() {}

    package init(task: String, role: String, items: [String]) {
        self.task = task
        self.role = role
        self.items = items
    }

    package static let members: [WireMember<Self>] = [
        WireMember("task", \.task),
        WireMember("role", \.role),
        WireMember("items", \.items),
    ]
}

/// Something that waits for whoever logs in.
package struct WireNotice: WireObject {
    package static let wireName: String? = "Notice"
    /// What, as a code, such as enrolled-not-granted.
    package var code: String = ""
    /// Names of the people concerned, or the number of entries; may be empty.
    package var about: [String] = []
    /// Time at which it is or was due, in microseconds since 1970 UTC; absent if none.
    package var due: Int64?

    package init() {}

    package init(code: String, about: [String], due: Int64? = nil) {
        self.code = code
        self.about = about
        self.due = due
    }

    package static let members: [WireMember<Self>] = [
        WireMember("code", \.code),
        WireMember("about", \.about),
        WireMember("due_us", \.due),
    ]
}
