import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage

extension Core {
    /// The subject's records that this login may list, newest version of each, newest first; bodies
    /// stay closed.
    func list(
        _ subject: SubjectID, kind: RecordKind?, cursor: [UInt8]?, limit: Int,
        _ request: FileRequest, _ answer: @escaping Answer<Page<RecordSummary>>
    ) {
        guard var work = FileWork(self, .list, request) else {
            return refuseWithoutCare(.list, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        if let kind, let denial = work.denial(of: kind) {
            // From the kind alone, whoever the subject is.
            let facts = work.facts.with(.denied, failure: "denied", rule: denial.rule.rawValue)
            return refuse(
                facts.about(.unresolved), denial.error(reference: facts.reference), answer)
        }
        let reference = work.subjectKey(subject)
        guard let start = ListCursor(cursor) else {
            return refuse(
                work.facts.with(.failed, failure: "cursor").about(.unresolved),
                .invalidArgument(name: "cursor", problem: "not one that a reply gave"), answer)
        }
        do throws(RecordLocator.Miss) {
            guard try isKnown(subject, work) else { throw .absent }
            let page = try self.page(
                subject, kind: kind, start, limit: min(max(limit, 1), FileLimits.page), &work)
            let records = page.found.map {
                RecordReference(record: $0.record, version: $0.version, envelope: $0.row.envelope)
            }
            work.facts.results = UInt32(records.count)
            let result = Page(elements: page.found.map(\.summary), cursor: page.next)
            record([work.facts.about(reference, records)]) { outcome in
                switch consume outcome {
                case .durable: answer(.success(result))
                case .failed(let error): answer(.failure(error))
                }
            }
        } catch {
            let (facts, failure) = work.failure(error, reference)
            refuse(facts, failure, answer)
        }
    }

    /// All versions of a record, newest first, at most a page.
    func history(
        _ subject: SubjectID, _ record: RecordID, _ request: FileRequest,
        _ answer: @escaping Answer<[RecordSummary]>
    ) {
        guard var work = FileWork(self, .history, request) else {
            return refuseWithoutCare(.history, request, answer)
        }
        if let (facts, error) = work.obstacle() { return refuse(facts, error, answer) }
        let reference = work.subjectKey(subject)
        do throws(RecordLocator.Miss) {
            let newest = try work.locator.find(subject, record, version: nil)
            guard let kind = try? RecordKind(name: newest.row.kind) else { throw .absent }
            switch work.decide(kind) {
            case .denied(let denial): throw .denied(denial)
            case .granted(let grant): work.facts.note(grant)
            }
            let prefix = RecordRow.prefix(newest.tag, record)
            let rows = try work.locator.rows(
                subject, newest.compartment, prefix: prefix, from: prefix, limit: FileLimits.page
            ).filter { !unlogged.holds($0.rowKey) }
            work.facts.results = UInt32(rows.count)
            let records = rows.map {
                RecordReference(record: $0.record, version: $0.version, envelope: $0.row.envelope)
            }
            self.record([work.facts.about(reference, records)]) { outcome in
                switch consume outcome {
                case .durable: answer(.success(rows.map(\.summary)))
                case .failed(let error): answer(.failure(error))
                }
            }
        } catch {
            let (facts, failure) = work.failure(error, reference)
            refuse(facts, failure, answer)
        }
    }

    /// Whether any compartment of this login has files of the subject.
    private func isKnown(
        _ subject: SubjectID, _ work: FileWork
    ) throws(RecordLocator.Miss) -> Bool {
        for compartment in work.care.compartments
        where try work.locator.exists(subject, in: compartment) {
            return true
        }
        return false
    }

    private func page(
        _ subject: SubjectID, kind: RecordKind?, _ start: ListCursor, limit: Int,
        _ work: inout FileWork
    ) throws(RecordLocator.Miss) -> (found: [FoundRecord], next: [UInt8]?) {
        var facts = work
        var decided: [String: Bool] = [:]
        let page = try RecordShelf(subject: subject).page(behind: start, limit: limit, work) {
            row in
            guard !unlogged.holds(row.rowKey) else { return false }
            let name = row.row.kind
            if let known = decided[name] { return known }
            let answer = mayList(name, kind, &facts)
            decided[name] = answer
            return answer
        }
        work = facts
        return page
    }

    private func mayList(_ name: String, _ wanted: RecordKind?, _ work: inout FileWork) -> Bool {
        guard let kind = try? RecordKind(name: name), wanted == nil || wanted == kind else {
            return false
        }
        var probe = work
        guard case .granted(let grant) = probe.decide(kind) else { return false }
        work.facts.note(grant)
        return true
    }
}
