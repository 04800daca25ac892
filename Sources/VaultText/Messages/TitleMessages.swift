import VaultCoding

/// What people call kinds of record, roles and compartments, in both languages. A name that is not
/// known here, of a newer daemon, stands for itself.
package enum TitleMessages {
    /// A kind, by its name.
    package static func kind(_ name: String) -> Message {
        FieldMessages.kind(name) ?? Message(verbatim: name)
    }

    /// A role, by its name.
    package static func role(_ name: String) -> Message {
        switch Role(rawValue: name) {
        case .operator?: Message("operator", chinese: "操作员")
        case .custodian?: Message("custodian", chinese: "档案主管")
        case .counsellor?: Message("counsellor", chinese: "心理咨询员")
        case .caseworker?: Message("caseworker", chinese: "帮扶专员")
        case .medicalOfficer?: Message("medical officer", chinese: "医疗互助专员")
        case .approver?: Message("approver", chinese: "审批员")
        case .analyst?: Message("analyst", chinese: "统计员")
        case .auditor?: Message("auditor", chinese: "审计员")
        case .intake?: Message("intake", chinese: "登记服务")
        case .backup?: Message("backup", chinese: "备份服务")
        case .watch?: Message("watch", chinese: "监看服务")
        case nil: Message(verbatim: name)
        }
    }

    /// A compartment, by its name.
    package static func compartment(_ name: String) -> Message {
        switch Compartment(rawValue: name) {
        case .registry?: Message("registry", chinese: "人员登记")
        case .hardship?: Message("hardship", chinese: "困难帮扶")
        case .medical?: Message("medical", chinese: "医疗互助")
        case .counselling?: Message("counselling", chinese: "心理咨询")
        case .legal?: Message("legal", chinese: "法律")
        case nil: Message(verbatim: name)
        }
    }

    /// A purpose of use, by its code.
    package static func purpose(_ code: String) -> Message {
        guard let purpose = PurposeOfUse(rawValue: code) else { return Message(verbatim: code) }
        return Message(
            Phrase(stored: purpose.plainName), chinese: Phrase(stored: purpose.chineseName))
    }

    /// What may be typed in place of something unknown: names, in Chinese their titles.
    package static func choices(_ names: [String], _ title: (String) -> Message) -> Message {
        Message(
            Phrase(stored: names.joined(separator: ", ")),
            chinese: Phrase(CommonMessages.list(names.map(title))))
    }

    /// Roles in a row.
    package static func roles(_ names: [String]) -> Message {
        CommonMessages.list(names.map(role))
    }

    /// Compartments in a row.
    package static func compartments(_ names: [String]) -> Message {
        CommonMessages.list(names.map(compartment))
    }

    /// The one of `names` that a person means: by its name or its title in either language, in any
    /// case, with blanks or hyphens; nil where it is none.
    package static func name(
        _ typed: String, among names: [String], _ title: (String) -> Message
    ) -> String? {
        let plain = plain(typed)
        return names.first { name in
            plain == self.plain(name)
                || Language.allCases.contains { plain == self.plain(title(name).text(in: $0)) }
        }
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }
            .joined(separator: " ")
    }
}
