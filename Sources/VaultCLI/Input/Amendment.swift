import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// What is being amended: the version that the person saw, and what became of it meanwhile.
final class Amendment {
    /// A version of the record.
    struct Seen {
        var version: Int64
        var fields: JSON.Object
        /// Who wrote it.
        var author: String
        /// When, in microseconds.
        var written: Int64
    }

    private let client: Client
    private let kind: RecordKind?
    /// The version that a write replaces.
    private(set) var version: Int64
    private var seen: JSON.Object?
    private let fetch: (Int64?) throws(ClientError) -> Seen

    /// - Parameters:
    ///   - kind: the name of the kind.
    ///   - version: the version that the person amends.
    ///   - fields: its fields, where they were read already.
    ///   - fetch: reads a version, the newest for nil.
    init(
        _ client: Client, kind: String, version: Int64, fields: JSON.Object?,
        fetch: @escaping (Int64?) throws(ClientError) -> Seen
    ) {
        self.client = client
        self.kind = RecordKind(rawValue: kind)
        self.version = version
        seen = fields.map(Self.bare)
        self.fetch = fetch
    }

    /// The fields of the version that is amended; empty where they were not read.
    var fields: JSON.Object { seen ?? JSON.Object() }

    /// Whether an amendment would write what is there.
    func isUnchanged(_ object: JSON.Object) -> Bool { seen == object }

    /// Shows both sides on standard error, field by field, for somebody who sent a file.
    func tell(_ mine: JSON.Object) throws(ClientError) {
        let (before, now) = try both()
        client.note(conflict(now))
        client.note(text(before, Self.bare(mine), now.fields))
        client.note(FormMessages.amendAgain(now.version))
    }

    /// Shows both sides and puts the person's changes on the newest version, which is amended from
    /// now on. Where both changed a field, the person chooses.
    func merge(_ mine: JSON.Object, _ desk: FormDesk) throws(ClientError) -> JSON.Object {
        let (before, now) = try both()
        let mine = Self.bare(mine)
        try desk.say(conflict(now))
        try desk.show(
            text(before, mine, now.fields).split(
                separator: "\n", omittingEmptySubsequences: false
            ).dropLast().map(String.init))
        var merged = now.fields
        for name in names(before, mine) where mine[name] != before[name] {
            let isClash = now.fields[name] != before[name] && now.fields[name] != mine[name]
            if isClash {
                guard try takesMine(name, now, desk) else { continue }
            }
            merged[name] = mine[name]
        }
        try desk.say(FormMessages.rebased(now.version))
        version = now.version
        seen = now.fields
        return merged
    }

    private func conflict(_ now: Seen) -> Message {
        FormMessages.conflict(
            base: version, now: now.version, by: VisibleText.line(now.author),
            at: TimeText.utc(microseconds: UInt64(max(0, now.written))))
    }

    /// Has the person choose where both changed a field.
    private func takesMine(
        _ name: String, _ now: Seen, _ desk: FormDesk
    ) throws(ClientError) -> Bool {
        let question = FormMessages.whose(place(name).label, VisibleText.line(now.author))
        while true {
            if case .text(let typed) = try desk.line(question, help: [FormMessages.whoseAgain]) {
                switch TypedValue.narrow(typed).lowercased() {
                case "1", "mine", "yours", "我的", "您的": return true
                case "2", "theirs", "对方", "对方的": return false
                default: break
                }
            }
            try desk.say(FormMessages.whoseAgain)
        }
    }

    private func both() throws(ClientError) -> (before: JSON.Object, now: Seen) {
        var now = try fetch(nil)
        now.fields = Self.bare(now.fields)
        if let seen { return (seen, now) }
        return (Self.bare(try fetch(version).fields), now)
    }

    private func text(
        _ before: JSON.Object, _ mine: JSON.Object, _ theirs: JSON.Object
    ) -> String {
        var list = FieldList()
        for name in names(names(before, mine), theirs) {
            guard before[name] != mine[name] || before[name] != theirs[name] else { continue }
            let field = kind.flatMap { kind in
                KindRegistry.schema(for: kind).fields.first { $0.name == name }
            }
            for (side, object) in [
                (FormMessages.before, before), (FormMessages.yours, mine),
                (FormMessages.theirs, theirs),
            ] {
                let label = FormMessages.inside(place(name).label, nil, side)
                guard let value = object[name] else {
                    list.add(label, "\(CommonMessages.absent)")
                    continue
                }
                if let field {
                    RecordText.field(field, value, place(name), label, into: &list)
                } else {
                    list.add(label, stored: RecordText.value(value, nil, place(name)))
                }
            }
        }
        return list.text(in: client.language, columns: RecordText.columns)
    }

    private func place(_ name: String) -> RecordPlace {
        RecordPlace(kind: kind?.name ?? "").field(name)
    }

    private func names(_ first: JSON.Object, _ second: JSON.Object) -> [String] {
        names(first.keys, second)
    }

    private func names(_ first: [String], _ second: JSON.Object) -> [String] {
        first + second.keys.filter { !first.contains($0) }
    }

    /// Without the version of the schema, which a person does not write.
    private static func bare(_ object: JSON.Object) -> JSON.Object {
        var object = object
        object[RecordSchema.versionField] = nil
        return object
    }
}
