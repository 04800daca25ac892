import VaultAccess
import VaultAudit
import VaultCoding
import VaultKeyring
import VaultRecords
import VaultStorage

extension Core {
    /// Subjects by employee number, national id or full name. Each person shown is an entry of their
    /// own; a search without a hit is one entry about nobody known.
    func find(
        _ term: IndexTerm, limit: Int, _ request: FileRequest,
        _ answer: @escaping Answer<FoundSubjects>
    ) {
        find(request, limit: limit, answer) { (work, limit) throws(RecordLocator.Miss) in
            try self.search(term, limit: limit, work)
        }
    }

    /// Subjects whose files this person opened or wrote lately, the last one first. Shown, and
    /// entered in the log, like those of a search.
    func mine(
        limit: Int, _ request: FileRequest, _ answer: @escaping Answer<FoundSubjects>
    ) {
        let subjects = recent.of(request.session.principal)
        find(request, limit: limit, answer) { (work, limit) throws(RecordLocator.Miss) in
            try self.documents(Array(subjects.prefix(limit)), work)
        }
    }

    /// The frame of both. `search` gives at most as many documents as it is asked for.
    private func find(
        _ request: FileRequest, limit: Int, _ answer: @escaping Answer<FoundSubjects>,
        _ search: (FileWork, Int) throws(RecordLocator.Miss) -> [SealedDocument]
    ) {
        guard var work = FileWork(self, .find, request) else {
            return refuseWithoutCare(.find, request, answer)
        }
        switch work.decide(.registrySubject) {
        case .denied(let denial):
            let facts = work.facts.with(.denied, failure: "denied", rule: denial.rule.rawValue)
            refuse(facts, denial.error(reference: facts.reference), answer)
        case .granted(let grant):
            work.facts.note(grant)
            do throws(RecordLocator.Miss) {
                let limit = min(max(limit, 1), FileLimits.page)
                let found = try search(work, limit + 1)
                let documents = Array(found.prefix(limit))
                work.facts.results = UInt32(documents.count)
                var entries = documents.map { document in
                    work.facts.about(work.subjectKey(document.found.subject), [document.reference])
                }
                if entries.isEmpty {
                    entries = [work.facts.with(.failed, failure: "not-found").about(.unresolved)]
                }
                open(documents, grant, entries, work) { result in
                    answer(
                        result.map {
                            FoundSubjects(documents: $0, isTruncated: found.count > limit)
                        })
                }
            } catch {
                let (facts, failure) = work.failure(error, .unresolved)
                refuse(facts, failure, answer)
            }
        }
    }

    private func search(
        _ term: IndexTerm, limit: Int, _ work: FileWork
    ) throws(RecordLocator.Miss) -> [SealedDocument] {
        guard let keys = work.care[.registry], let word = IndexWord(term.text) else {
            throw .absent
        }
        let subjects: [SubjectID]
        do {
            subjects = try LabelChains(keys, store: store)
                .find(field: term.field.rawValue, word, limit: limit)
        } catch {
            if case .storage(let failure) = error { throw .storage(failure) }
            throw .damaged(.index)
        }
        return try documents(subjects, work)
    }

    /// The registry documents of subjects, without those that are not there.
    private func documents(
        _ subjects: [SubjectID], _ work: FileWork
    ) throws(RecordLocator.Miss) -> [SealedDocument] {
        var documents: [SealedDocument] = []
        for subject in subjects {
            let found: FoundRecord
            do throws(RecordLocator.Miss) {
                found = try work.locator.registryRecord(subject)
            } catch .absent {
                continue
            }
            guard !unlogged.holds(found.rowKey) else { continue }
            documents.append(try SealedDocument(found, store: store))
        }
        return documents
    }
}
