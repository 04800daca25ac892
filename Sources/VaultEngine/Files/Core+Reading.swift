import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStatements
import VaultStorage

extension Core {
    /// One record, the newest version unless one is named. Its entry is durable before the body is
    /// opened.
    func read(
        _ subject: SubjectID, _ record: RecordID, version: UInt32?, _ request: FileRequest,
        _ answer: @escaping Answer<Document>
    ) {
        guard var work = FileWork(self, .read, request) else {
            return refuseWithoutCare(.read, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        let reference = work.subjectKey(subject)
        do throws(RecordLocator.Miss) {
            let found = try work.locator.find(subject, record, version: version)
            deliver(found, &work, reference, answer)
        } catch {
            let (facts, failure) = work.failure(error, reference)
            refuse(facts, failure, answer)
        }
    }

    /// A subject's registry record.
    func show(_ subject: SubjectID, _ request: FileRequest, _ answer: @escaping Answer<Document>) {
        guard var work = FileWork(self, .read, request) else {
            return refuseWithoutCare(.read, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        let reference = work.subjectKey(subject)
        do throws(RecordLocator.Miss) {
            let found = try work.locator.registryRecord(subject)
            deliver(found, &work, reference, answer)
        } catch {
            let (facts, failure) = work.failure(error, reference)
            refuse(facts, failure, answer)
        }
    }

    /// Refuses an action on files to somebody who has no care lock: an operator, an auditor.
    func refuseWithoutCare<T>(
        _ action: Action, _ request: FileRequest, _ answer: @escaping Answer<T>
    ) {
        var facts = EntryFacts(
            action, session: request.session, request: newRequest(), purpose: request.purpose)
        facts.subject = .unresolved
        guard keyring.chain.directory.isFounded else {
            return refuse(facts.with(.denied, failure: "not-founded"), .notFounded, answer)
        }
        switch decision(
            request.session, action, .records(.registrySubject), purpose: request.purpose)
        {
        case .granted:
            // Allowed by the rules, but this login opened no compartment: log in again.
            refuse(facts.with(.denied, failure: "login-needed"), .loginNeeded, answer)
        case .denied(let denial):
            refuse(
                facts.with(.denied, failure: "denied", rule: denial.rule.rawValue),
                denial.error(reference: facts.reference), answer)
        }
    }

    private func deliver(
        _ found: FoundRecord, _ work: inout FileWork, _ subject: SubjectReference,
        _ answer: @escaping Answer<Document>
    ) {
        guard let kind = try? RecordKind(name: found.row.kind) else {
            let (facts, failure) = work.failure(.absent, subject)
            return refuse(facts, failure, answer)
        }
        switch work.decide(kind) {
        case .denied(let denial):
            let (facts, failure) = work.failure(.denied(denial), subject)
            refuse(facts, failure, answer)
        case .granted(let grant):
            work.facts.note(grant)
            guard !unlogged.holds(found.rowKey) else {
                let facts = work.facts.with(.unavailable, failure: "outcome-pending")
                return refuse(
                    facts.about(subject), .outcomePending(reference: facts.reference), answer)
            }
            work.facts.results = 1
            do throws(RecordLocator.Miss) {
                let sealed = try SealedDocument(found, store: store)
                let facts = work.facts.about(subject, [sealed.reference])
                open([sealed], grant, [facts], work) { answer($0.map { $0[0] }) }
            } catch {
                let (facts, failure) = work.failure(error, subject)
                refuse(facts, failure, answer)
            }
        }
    }

    /// Appends the entries, then opens the documents with the receipt. A body that does not open is
    /// quarantined and the whole reply fails: nothing is shown by halves.
    func open(
        _ documents: [SealedDocument], _ grant: consuming VaultAccess.Grant,
        _ facts: [EntryFacts], _ work: FileWork, _ answer: @escaping Answer<[Document]>
    ) {
        let held = Once<VaultAccess.Grant>(grant)
        record(facts) { outcome in
            switch consume outcome {
            case .failed(let error): answer(.failure(error))
            case .durable(let receipt):
                guard let grant = held.take() else {
                    return answer(.failure(.internalError(reference: work.facts.reference)))
                }
                var opened: [Document] = []
                for document in documents {
                    guard let plain = document.open(grant, receipt) else {
                        let subject = work.subjectKey(document.found.subject)
                        let (entry, failure) = work.failure(.damaged(.bodies), subject)
                        return self.refuse(entry, failure, answer)
                    }
                    opened.append(plain)
                }
                answer(.success(opened))
            }
        }
    }
}
