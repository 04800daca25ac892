import Synchronization
import VaultCoding

/// Whose files each person opened or wrote lately, until assignments say whose files are theirs.
///
/// In memory only, from the unseal to the seal, and for all logins of a person. It is not kept on a
/// disk, although under a key that only this person's login opens nobody else could read it there: a
/// row that is written anew with each file that is opened would make a write of every read, and who
/// compares two copies of the disk would see from it who worked when, and on how many files. It cannot
/// be derived from what is there already: record rows are under names that do not lead back to a
/// subject, and what the log says of files is closed to everybody but auditors. So it is lost with a
/// restart, and a person finds the file by name again.
///
/// Identifiers alone are kept; names are read, under the rules and with an entry for each person
/// shown, when somebody asks.
final class RecentFiles: Sendable {
    private let subjects = Mutex<[PrincipalID: [SubjectID]]>([:])

    /// Notes that a person opened or wrote a file of `subject`.
    func note(_ subject: SubjectID, of person: PrincipalID) {
        subjects.withLock { subjects in
            var own = subjects[person] ?? []
            // A day's work stays with one file for many requests.
            guard own.first != subject else { return }
            own.removeAll { $0 == subject }
            own.insert(subject, at: 0)
            if own.count > FileLimits.recent { own.removeLast() }
            subjects[person] = own
        }
    }

    /// The subjects of a person, the last one first, at most ``FileLimits/recent``.
    func of(_ person: PrincipalID) -> [SubjectID] { subjects.withLock { $0[person] ?? [] } }
}

extension Core {
    /// An answer that notes the subject when it is a success.
    func noting<T>(
        _ subject: SubjectID, _ request: FileRequest, _ answer: @escaping Answer<T>
    ) -> Answer<T> {
        { result in
            if case .success = result { self.recent.note(subject, of: request.session.principal) }
            answer(result)
        }
    }
}
