import VaultCoding
import VaultRecords
import VaultText
import VaultWire

/// The next version of a record, on top of a stated one. When somebody else was faster, the person
/// sees what both changed and decides; what they wrote is never lost on the way.
struct Amendment<Reply> {
    let client: Client
    let kind: String
    /// The version that the person has seen.
    let base: Int64
    /// Its fields, where they were read.
    let before: JSON.Object?
    let purpose: String?
    /// Writes the fields over a version.
    let write: (JSON.Object, Int64) throws(ClientError) -> Reply
    /// Reads the newest version.
    let newest: () throws(ClientError) -> (version: Int64, fields: JSON.Object)

    /// Gets the fields and sends them.
    func perform(_ source: SourceOption) throws(ClientError) -> Reply {
        var submission = RecordSubmission(
            client: client, kind: kind, source: source.source, purpose: purpose)
        submission.typesLines = source.lines
        submission.before = before
        if source.source == nil, source.lines, let before {
            // Who types lines sees what there is.
            var list = FieldList()
            RecordText.fields(before, into: &list)
            client.note(list.text(in: client.language) + "\n")
        }
        var body = JSON.Object()
        do throws(ClientError) {
            return try submission.submit { (object) throws(ClientError) in
                body = object
                return try write(object, base)
            }
        } catch {
            return try settle(body, error, submission)
        }
    }

    /// Shows both sides of a conflict. At a terminal the person chooses; a program gets the error.
    /// What goes out then is a new request: it says something else.
    private func settle(
        _ mine: JSON.Object, _ first: ClientError, _ submission: RecordSubmission
    ) throws(ClientError) -> Reply {
        var error = first
        while true {
            guard case .service(.conflict(what: "version", current: _)) = error else {
                throw error
            }
            let newest = try newest()
            let conflict = AmendConflict(
                base: before, mine: mine, theirs: newest.fields, kind: kind)
            let asks = submission.source == nil
            if asks { client.warn(error.diagnostic) }
            let title = ClientRecordMessages.bothSides(version: newest.version)
            client.note(
                title.text(in: client.language) + "\n"
                    + conflict.table.text(in: client.language))
            guard asks else { throw error }
            guard let chosen = try choose(conflict, newest.version) else {
                throw .input(.dropped)
            }
            do throws(ClientError) {
                return try submission.keep(chosen) { (object) throws(ClientError) in
                    try write(object, newest.version)
                }
            } catch let next {
                error = next
            }
        }
    }

    private func choose(
        _ conflict: AmendConflict, _ version: Int64
    ) throws(ClientError) -> JSON.Object? {
        try client.ask { (prompts) throws(PromptError) in
            if let merged = conflict.merged,
                try prompts.confirm(ClientRecordMessages.sendMerged(version: version))
            {
                return merged
            }
            return try prompts.confirm(ClientRecordMessages.sendMine(version: version))
                ? conflict.mine : nil
        }
    }
}

/// Two amendments of one version of a record.
struct AmendConflict {
    /// The version that both began with; nil where it was not read.
    let base: JSON.Object?
    let mine: JSON.Object
    let theirs: JSON.Object
    let kind: String

    /// The names of the fields in which the sides differ, in the order of the schema.
    var differing: [String] {
        var names =
            RecordKind(rawValue: kind).map {
                KindRegistry.schema(for: $0).fields.map(\.name)
            } ?? []
        for name in mine.keys + theirs.keys where !names.contains(name) { names.append(name) }
        return names.filter { $0 != RecordSchema.versionField && mine[$0] != theirs[$0] }
    }

    /// Both changes together, where no field was changed by both; nil otherwise.
    var merged: JSON.Object? {
        guard let base else { return nil }
        var result = theirs
        for name in differing where mine[name] != base[name] {
            guard theirs[name] == base[name] else { return nil }
            result[name] = mine[name]
        }
        return result
    }

    /// Each differing field as it was and as each side has it.
    var table: Table {
        typealias Words = ClientRecordMessages
        var table = Table([
            .init(Words.field), .init(Words.before), .init(Words.yours), .init(Words.newest),
        ])
        for name in differing {
            table.add(
                "\(RecordWords.label(name, of: kind))", cell(base?[name], name),
                cell(mine[name], name), cell(theirs[name], name))
        }
        return table
    }

    private func cell(_ value: JSON.Value?, _ name: String) -> Phrase {
        guard let value, let kind = RecordKind(rawValue: kind) else {
            return "\(CommonMessages.absent)"
        }
        return "\(FormText.value(value, at: name, of: kind))"
    }
}
