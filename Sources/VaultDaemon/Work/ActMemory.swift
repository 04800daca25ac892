import Synchronization
import VaultCoding

/// Remembers how acts on the directory were answered, under the client's name for each, so that who
/// asks again after a broken connection gets the first answer instead of a conflict.
///
/// In memory and for ten minutes: what an act did stands in the statements, but its answer may hold a
/// one-time code, which is kept nowhere else. Requests about files are remembered in the store, by the
/// engine.
package final class ActMemory: Sendable {
    /// How long an answer is remembered, in microseconds.
    private static let patience: UInt64 = 600_000_000
    /// Answers remembered at most; the oldest goes first.
    private static let capacity = 1024

    /// A client's name for an act: of this person, whoever else may use the same one.
    struct Name: Hashable {
        let principal: PrincipalID
        let id: IdempotencyID
    }

    /// An object of its own, so that its memory is wiped when it goes.
    private final class Act: Sendable {
        let content: Digest
        let reply: any Sendable
        let expires: UInt64

        init(_ content: Digest, _ reply: any Sendable, expires: UInt64) {
            self.content = content
            self.reply = reply
            self.expires = expires
        }
    }

    /// What is known of a name.
    enum Finding {
        case new
        case done(any Sendable)
        /// The name was used for something else.
        case reused
    }

    private let acts = Mutex<[Name: Act]>([:])

    /// Remembers nothing yet.
    package init() {}

    /// Looks whether this was asked before. `now` in microseconds since 1970.
    func look(_ name: Name, _ content: Digest, now: UInt64) -> Finding {
        acts.withLock { acts in
            acts = acts.filter { now < $0.value.expires }
            guard let act = acts[name] else { return .new }
            return act.content == content ? .done(act.reply) : .reused
        }
    }

    /// Remembers an answer.
    func keep(_ name: Name, _ content: Digest, _ reply: any Sendable, now: UInt64) {
        let act = Act(content, reply, expires: now + Self.patience)
        acts.withLock { acts in
            if acts.count >= Self.capacity,
                let oldest = acts.min(by: { $0.value.expires < $1.value.expires })
            {
                acts[oldest.key] = nil
            }
            acts[name] = act
        }
    }

    /// Forgets everything: with the seal.
    func forget() { acts.withLock { $0 = [:] } }
}
