import VaultCoding

/// What an entry says, in words: members of a JSON object. What is empty is left out.
extension PartA {
    func write(words writer: inout LineWriter) {
        writer.put("decided", time: time)
        writer.put("action", action.rawValue)
        writer.put("outcome", outcome.word)
        actor.write(words: &writer)
        if let session { writer.put("session", session.text) }
        if let request { writer.put("request", request.text) }
        if let compartment { writer.put("compartment", compartment.rawValue) }
        writer.put("kind", unlessEmpty: kind)
        if let purpose { writer.put("purpose", purpose.rawValue) }
        writer.put("reason_code", unlessEmpty: reasonCode)
        writer.put("ticket", unlessEmpty: ticket)
        writer.put("legal_basis", unlessEmpty: legalBasis)
        writer.put("consent", unlessEmpty: consent)
        writer.put("approval", unlessEmpty: approval)
        if breakGlass { writer.put("break_glass", true) }
        writer.put("policy", UInt64(policyVersion))
        writer.put("statement", statement)
        writer.put("rule", unlessEmpty: rule)
        writer.put("failure", unlessEmpty: failure)
        writer.put("reference", unlessEmpty: reference)
        writer.put("results", UInt64(results))
        if !keys.isEmpty {
            writer.objects("keys", keys) { writer, key in
                writer.put("scope", key.scope)
                writer.put("number", UInt64(key.number))
            }
        }
        writer.object("store") { writer in
            writer.put("counter", store.counter)
            writer.put("digest", store.digest.description)
        }
        if let detail { writer.object("detail") { detail.write(words: &$0) } }
    }
}

extension Outcome {
    /// The name in files.
    var word: String {
        switch self {
        case .success: "success"
        case .denied: "denied"
        case .failed: "failed"
        case .unavailable: "unavailable"
        }
    }
}

extension Actor {
    fileprivate func write(words writer: inout LineWriter) {
        if let principal { writer.put("principal", principal.text) }
        writer.put("name", unlessEmpty: name)
        if let uid { writer.put("uid", UInt64(uid)) }
        if let fingerprint { writer.put("fingerprint", fingerprint.description) }
        if !roles.isEmpty { writer.put("roles", texts: roles.map(\.rawValue)) }
        writer.put("unit", unlessEmpty: unit)
    }
}

extension EntryDetail {
    fileprivate func write(words writer: inout LineWriter) {
        switch self {
        case .epochOpened(let opening): opening.write(words: &writer)
        case .continued(let continuation):
            writer.put("type", "continued")
            writer.put("origin", continuation.origin)
            writer.put("size", continuation.size)
            writer.put("root", continuation.root.description)
        case .unsealed(let summary):
            writer.put("type", "unsealed")
            writer.put("adopted", summary.adopted)
            writer.put("vouched", summary.vouched)
        case .tally(let tally):
            writer.put("type", "tally")
            writer.put("uid", UInt64(tally.uid))
            writer.put("count", tally.count)
            writer.put("first", time: tally.first)
            writer.put("last", time: tally.last)
        case .statement(let number, let hash):
            writer.put("type", "statement")
            writer.put("number", number)
            writer.put("hash", hash.description)
        case .erased(let tag, let highest):
            writer.put("type", "erased")
            writer.put("tag", Hex.format(tag))
            writer.put("highest", UInt64(highest))
        case .contentsErased(let first, let last):
            writer.put("type", "contents-erased")
            writer.put("first", UInt64(first))
            writer.put("last", UInt64(last))
        case .range(let from, let to):
            writer.put("type", "range")
            writer.put("from", from)
            writer.put("to", to)
        case .progress(let done, let total):
            writer.put("type", "progress")
            writer.put("done", done)
            writer.put("total", total)
        case .health(let code, let recovered):
            writer.put("type", "health")
            writer.put("code", code)
            writer.put("recovered", recovered)
        case .about(let principal, let roles, let compartments):
            writer.put("type", "about")
            writer.put("principal", principal.text)
            writer.put("roles", texts: roles.map(\.rawValue))
            writer.put("compartments", texts: compartments.map(\.rawValue))
        }
    }
}

extension EpochOpening {
    fileprivate func write(words writer: inout LineWriter) {
        writer.put("type", "epoch-opened")
        writer.put("epoch", UInt64(epoch))
        writer.put("audit_key", UInt64(auditKey))
        writer.put("audit_key_fingerprint", auditKeyFingerprint.description)
        writer.put("box", boxHash.description)
        writer.put("statement", statement)
        writer.put("statement_hash", statementHash.description)
    }
}

extension PartB {
    func write(words writer: inout LineWriter) {
        switch subject {
        case .none: writer.put("subject", "none")
        case .unresolved: writer.put("subject", "unresolved")
        case .key(let key):
            writer.put("subject", SubjectName.pseudonym(of: key))
            writer.put("subject_key", base64: key.bytes)
        }
        if !records.isEmpty {
            writer.objects("records", records) { writer, item in
                writer.put("record", item.record.text)
                writer.put("version", UInt64(item.version))
                writer.put("envelope", item.envelope.description)
            }
        }
        writer.put("reason", unlessEmpty: reason)
    }
}
