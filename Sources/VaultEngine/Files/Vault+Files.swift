import VaultAccess
import VaultAudit
package import VaultCoding
import VaultKeyring
package import VaultRecords
import VaultStatements

/// The requests about files. Each may be called on an event loop and answers once, later.
extension Vault {
    /// Adds a subject with the fields of a `registry.subject`.
    package func addSubject(
        fields: JSON.Value, _ request: FileRequest, _ answer: @escaping Answer<CreatedSubject>
    ) {
        withCore(answer) { core in
            switch core.validate(fields, .registrySubject, .create, request) {
            case .success(let body):
                core.addSubject(body, request) { result in
                    if case .success(let created) = result {
                        core.recent.note(created.subject, of: request.session.principal)
                    }
                    answer(result)
                }
            case .failure(let refusal): core.refuse(refusal.facts, refusal.error, answer)
            }
        }
    }

    /// Finds subjects by an identifier or a full name.
    package func find(
        by field: IndexField, text: String, limit: Int, _ request: FileRequest,
        _ answer: @escaping Answer<FoundSubjects>
    ) {
        withCore(answer) { core in
            guard let term = IndexTerm(field, typed: text) else {
                return core.reject(
                    .find, request, "text",
                    .invalidArgument(name: "text", problem: "nothing-to-search"), answer)
            }
            core.find(term, limit: limit, request, answer)
        }
    }

    /// The subjects whose files this person opened or wrote lately, the last one first.
    package func mine(
        limit: Int, _ request: FileRequest, _ answer: @escaping Answer<FoundSubjects>
    ) {
        withCore(answer) { $0.mine(limit: limit, request, answer) }
    }

    /// The next version of a subject's registry record.
    package func amendSubject(
        _ subject: SubjectID, base: UInt32, fields: JSON.Value, _ request: FileRequest,
        _ answer: @escaping Answer<CreatedRecord>
    ) {
        withCore(answer) {
            $0.amend(
                subject, base: base, fields: fields, request, $0.noting(subject, request, answer))
        }
    }

    /// A subject's registry record.
    package func show(
        _ subject: SubjectID, _ request: FileRequest, _ answer: @escaping Answer<ShownSubject>
    ) {
        withCore(answer) { core in
            core.show(subject, request) { result in
                if case .success = result {
                    core.recent.note(subject, of: request.session.principal)
                }
                answer(
                    result.map { document in
                        let keys = request.session.care?[.registry]
                        let pseudonym = try? keys?.pseudonym(of: subject).name
                        return ShownSubject(document: document, pseudonym: pseudonym ?? [])
                    })
            }
        }
    }

    /// A new record of a subject.
    package func create(
        _ subject: SubjectID, kind name: String, body: JSON.Value, _ request: FileRequest,
        _ answer: @escaping Answer<CreatedRecord>
    ) {
        withCore(answer) { core in
            guard let kind = try? RecordKind(name: name), kind != .registrySubject else {
                return core.reject(.create, request, "kind", .unknownKind, answer)
            }
            switch core.validate(body, kind, .create, request) {
            case .success(let body):
                core.create(
                    subject, kind: kind, body: body, request,
                    core.noting(subject, request, answer))
            case .failure(let refusal): core.refuse(refusal.facts, refusal.error, answer)
            }
        }
    }

    /// One record, the newest version unless one is named.
    package func read(
        _ subject: SubjectID, _ record: RecordID, version: UInt32?, _ request: FileRequest,
        _ answer: @escaping Answer<Document>
    ) {
        withCore(answer) {
            $0.read(
                subject, record, version: version, request, $0.noting(subject, request, answer))
        }
    }

    /// A subject's records, without bodies.
    package func list(
        _ subject: SubjectID, kind name: String?, cursor: [UInt8]?, limit: Int,
        _ request: FileRequest, _ answer: @escaping Answer<Page<RecordSummary>>
    ) {
        withCore(answer) { core in
            var kind: RecordKind?
            if let name {
                guard let known = try? RecordKind(name: name) else {
                    return core.reject(.list, request, "kind", .unknownKind, answer)
                }
                kind = known
            }
            core.list(
                subject, kind: kind, cursor: cursor, limit: limit, request,
                core.noting(subject, request, answer))
        }
    }

    /// The next version of a record.
    package func amend(
        _ subject: SubjectID, _ record: RecordID, base: UInt32, body: JSON.Value,
        _ request: FileRequest, _ answer: @escaping Answer<CreatedRecord>
    ) {
        withCore(answer) {
            $0.amend(
                subject, record, base: base, body: body, request,
                $0.noting(subject, request, answer))
        }
    }

    /// All versions of a record, newest first.
    package func history(
        _ subject: SubjectID, _ record: RecordID, _ request: FileRequest,
        _ answer: @escaping Answer<[RecordSummary]>
    ) {
        withCore(answer) {
            $0.history(subject, record, request, $0.noting(subject, request, answer))
        }
    }

    private func withCore<T>(_ answer: Answer<T>, _ body: (Core) -> Void) {
        do throws(EngineError) { body(try core()) } catch { answer(.failure(error)) }
    }
}

/// A refusal with the facts of its entry.
struct Refusal: Error {
    let facts: EntryFacts
    let error: EngineError
}

extension Core {
    /// Checks a body against its kind. Whether the login may write that kind at all comes first: a
    /// stranger learns nothing about fields.
    func validate(
        _ value: JSON.Value, _ kind: RecordKind, _ action: Action, _ request: FileRequest
    ) -> Result<RecordBody, Refusal> {
        var facts = EntryFacts(
            action, session: request.session, request: newRequest(), purpose: request.purpose)
        facts.kind = kind.name
        facts.compartment = kind.compartment
        switch decision(request.session, action, .records(kind), purpose: request.purpose) {
        case .denied(let denial):
            let isFounded = keyring.directory.isFounded
            return .failure(
                Refusal(
                    facts: facts.with(.denied, failure: "denied", rule: denial.rule.rawValue),
                    error: isFounded ? denial.error(reference: facts.reference) : .notFounded))
        case .granted: break
        }
        do throws(RecordError) {
            return .success(try KindRegistry.schema(for: kind).validate(value))
        } catch {
            return .failure(
                Refusal(
                    facts: facts.with(.failed, failure: "invalid-fields"), error: error.engine))
        }
    }
}
