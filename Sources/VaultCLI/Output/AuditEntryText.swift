import VaultText
import VaultWire

/// Entries of the trail for people.
enum AuditEntryText {
    private typealias Words = ClientAuditMessages

    /// One entry by itself, with the reason for a refusal.
    static func fields(_ entry: WireAuditEntry) -> FieldList {
        var fields = FieldList()
        fields.add(Words.sequence, "\(entry.sequence)")
        fields.add(Words.time, Listing.time(entry.time))
        fields.add(Words.who, who(entry))
        if !entry.roles.isEmpty {
            fields.add(ClientDirectoryMessages.roles, "\(TitleMessages.roles(entry.roles))")
        }
        fields.add(Words.action, "\(Words.action(entry.action, step: entry.step))")
        if let outcome = entry.outcome {
            fields.add(Words.outcome, "\(Words.outcome(outcome.rawValue))")
        }
        // The rule that denied says more than that it did; one that allowed says nothing of the failure.
        let denial = entry.rule.flatMap { $0.hasPrefix("deny:") ? $0 : nil }
        if let why = denial ?? entry.failure {
            fields.add(Words.why, "\(Words.reason(why))")
        }
        if let kind = entry.kind { fields.add(Words.kind, "\(TitleMessages.kind(kind))") }
        if let purpose = entry.purpose {
            fields.add(Words.purpose, "\(TitleMessages.purpose(purpose))")
        }
        fields.add(Words.whom, stored: entry.pseudonym)
        if let target = entry.target { add(target, to: &fields) }
        if let range = entry.range, range.from >= 0, range.from <= range.to {
            let entries = VerifyMessages.entries(UInt64(range.from)..<UInt64(range.to))
            fields.add(Words.range, "\(entries)")
        }
        if let statement = entry.statement { fields.add(Words.statement, "\(statement)") }
        return fields
    }

    private static func add(_ target: WireEntryTarget, to fields: inout FieldList) {
        fields.add(Words.whom, name(target))
        fields.add(Words.identifier, stored: target.principal)
        if !target.roles.isEmpty {
            fields.add(Words.roles, "\(TitleMessages.roles(target.roles))")
        }
        if !target.compartments.isEmpty {
            fields.add(Words.compartments, "\(TitleMessages.compartments(target.compartments))")
        }
    }

    /// A table, one entry a line.
    static func lines(_ entries: [WireAuditEntry], _ client: Client) -> String {
        guard !entries.isEmpty else { return Words.noEntries.text(in: client.language) + "\n" }
        var table = Table([
            .init(Words.sequence, .trailing), .init(Words.time), .init(Words.who),
            .init(Words.action), .init(Words.outcome), .init(Words.kind), .init(Words.purpose),
            .init(Words.whom),
        ])
        for entry in entries {
            let absent: Phrase = "\(CommonMessages.absent)"
            table.add(
                "\(entry.sequence)", Listing.time(entry.time), who(entry),
                entry.opened
                    ? "\(Words.action(entry.action, step: entry.step))" : "\(Words.closed)",
                entry.outcome.map { "\(Words.outcome($0.rawValue))" } ?? absent,
                entry.kind.map { "\(TitleMessages.kind($0))" } ?? absent,
                entry.purpose.map { "\(TitleMessages.purpose($0))" } ?? absent,
                whom(entry) ?? absent)
        }
        return client.layout(table)
    }

    /// The subject of a file, or the principal of an act about somebody else.
    private static func whom(_ entry: WireAuditEntry) -> Phrase? {
        if let pseudonym = entry.pseudonym { return Phrase(stored: pseudonym) }
        guard let target = entry.target, target.principal != entry.principal else { return nil }
        return name(target)
    }

    /// A name where the directory has one, otherwise the identifier.
    private static func name(_ target: WireEntryTarget) -> Phrase {
        if let name = target.name, !name.isEmpty { return Phrase(stored: name) }
        return Phrase(stored: target.principal)
    }

    private static func who(_ entry: WireAuditEntry) -> Phrase {
        if let name = entry.name, !name.isEmpty { return Phrase(stored: name) }
        if let uid = entry.uid { return "uid \(uid)" }
        return entry.opened ? "\(Words.daemon)" : "\(CommonMessages.absent)"
    }
}
