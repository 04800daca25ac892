import VaultAudit
import VaultCoding
import VaultPlatform

/// Remembers the newest checkpoint of each vault's log that was seen here, as `known_hosts` of ssh
/// remembers hosts: a log that was cut or rewritten since is noticed at the next look.
///
/// Two files a vault, `<vault id>.checkpoint` (the signed note) and `<vault id>.key` (the verifier
/// key), in `carevault` of the user's state directory (XDG Base Directory Specification). They are
/// public data; mode 0600 keeps others from changing them.
struct PinStore {
    private let directory: String

    /// - Throws: `ClientError.usage` when there is no home directory to keep it in.
    init(_ context: ClientContext) throws(ClientError) {
        if let state = context.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
            directory = Files.join(state, "carevault")
        } else if let home = context.variable("HOME"), home.hasPrefix("/") {
            directory = Files.join(home, ".local/state/carevault")
        } else {
            throw .usage(.missing(option: "HOME"))
        }
    }

    /// What was seen last of a vault's log; nil before the first time.
    func read(_ vault: String) throws(ClientError) -> Pin? {
        do throws(PlatformError) {
            guard try Files.exists(path(vault, "checkpoint")) else { return nil }
            let note = try Files.readPrivate(
                path(vault, "checkpoint"), limit: SignedNote.maximumSize)
            let key = try Files.readPrivate(path(vault, "key"), limit: 4_096)
            return Pin(
                note: note,
                key: String(decoding: key, as: UTF8.self).filter { !$0.isNewline },
                source: path(vault, "checkpoint"))
        } catch {
            throw .platform(error)
        }
    }

    /// Keeps what was seen.
    func write(_ pin: Pin, vault: String) throws(ClientError) {
        do throws(PlatformError) {
            if try !Files.exists(directory) {
                try Files.createDirectory(directory, mode: 0o700, withParents: true)
            }
            try Files.writeDurably(path(vault, "key"), Array("\(pin.key)\n".utf8), mode: 0o600)
            try Files.writeDurably(path(vault, "checkpoint"), pin.note, mode: 0o600)
        } catch {
            throw .platform(error)
        }
    }

    private func path(_ vault: String, _ kind: String) -> String {
        Files.join(directory, "\(vault).\(kind)")
    }
}

/// A checkpoint with the key that signed it, and where it was read.
struct Pin: Equatable {
    /// The signed note.
    var note: [UInt8]
    /// The verifier key, in its text form.
    var key: String
    /// Where it came from, for messages.
    var source: String

    /// The checkpoint, its signature checked.
    func verified() throws(ClientError) -> Checkpoint {
        let unverified: UnverifiedCheckpoint
        let verifier: VerifierKey
        do {
            unverified = try UnverifiedCheckpoint(parse: note)
            verifier = try VerifierKey(parse: key)
        } catch {
            throw .input(.notACheckpoint(source: source))
        }
        do {
            return try unverified.verify(verifier)
        } catch {
            throw .evidence(.badSignature(source: source))
        }
    }

    /// Checks that this log is the same one, signed by the same key, and that nothing that was seen
    /// before is gone or changed.
    /// - Parameter older: what was seen before.
    /// - Parameter proof: hashes in base64 that prove it (RFC 9162 §2.1.4).
    func check(after older: Pin, proof: [String]) throws(ClientError) {
        let (before, now) = (try older.verified(), try verified())
        let (oldKey, newKey): (VerifierKey, VerifierKey)
        do {
            (oldKey, newKey) = (try VerifierKey(parse: older.key), try VerifierKey(parse: key))
        } catch {
            throw .input(.notACheckpoint(source: source))
        }
        guard oldKey.key == newKey.key else { throw .evidence(.otherLog(source: source)) }
        guard now.size >= before.size else {
            throw .evidence(.shrunk(seen: before.size, found: now.size))
        }
        let hashes = proof.compactMap { (try? Base64.parse($0)).flatMap { Digest($0) } }
        guard hashes.count == proof.count,
            ConsistencyProof.verify(
                oldSize: before.size, oldRoot: before.root, newSize: now.size, newRoot: now.root,
                proof: hashes)
        else { throw .evidence(.forked(size: before.size)) }
    }
}
