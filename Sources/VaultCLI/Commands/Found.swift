import ArgumentParser
import VaultCoding
import VaultText
import VaultWire

/// `carevault found`.
struct FoundCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "found",
        abstract: "Sign the founding of the vault. First custodian and first auditor, once each.")

    @Option(
        name: .customLong("other-words-file"),
        help: .init(
            "Read the other signer's twelve words from a file, - for standard input.",
            valueName: "file"))
    var otherWordsFile: String?

    @OptionGroup var common: CommonOptions

    func perform(_ client: Client) throws(ClientError) -> ExitStatus {
        let draft = try client.read(DirectoryGetFoundingDraft.self, NoFields())
        client.note(FoundingText(draft: draft, language: client.language).lines)
        guard draft.custodian != nil else { throw .input(.founderMissing(role: "custodian")) }
        guard draft.auditor != nil else { throw .input(.founderMissing(role: "auditor")) }
        let other: Message
        switch draft.mine {
        case "custodian": other = ClientSessionMessages.auditorParty
        case "auditor": other = ClientSessionMessages.custodianParty
        default: throw .input(.notAFounder)
        }
        let words = try WordsInput(client: client).fingerprint(
            file: otherWordsFile, prompt: ClientSessionMessages.otherWordsPrompt(other))
        let reply = try client.write(DirectorySignFounding.self, seconds: Patience.derivation) {
            .init(draftHash: draft.draftHash, otherWords: words, idempotency: $0)
        }
        try show(reply, other, client)
        return .success
    }

    private func show(
        _ reply: DirectorySignFounding.Reply, _ other: Message, _ client: Client
    ) throws(ClientError) {
        guard reply.committed else {
            try client.say(ClientSessionMessages.halfSigned, json: reply.json)
            client.advise(NextStepMessages.signed(waitingFor: other))
            return
        }
        let title = ClientSessionMessages.founded.text(in: client.language)
        try client.show(
            title + "\n" + WordGrid.text(reply.vaultFingerprint ?? []), json: reply.json)
        client.advise(NextStepMessages.founded)
    }
}

/// The draft of the founding for the person who signs it.
struct FoundingText {
    let draft: DirectoryGetFoundingDraft.Reply
    let language: Language

    var lines: String {
        typealias Words = ClientSessionMessages
        var fields = FieldList()
        fields.add(Words.statement, "\(draft.number)")
        fields.add(Words.draft, stored: draft.draftHash)
        fields.add(Words.operatorParty, party(draft.operatorParty))
        if let custodian = draft.custodian { fields.add(Words.custodianParty, party(custodian)) }
        if let auditor = draft.auditor { fields.add(Words.auditorParty, party(auditor)) }
        fields.add(Words.compartments, "\(TitleMessages.compartments(draft.compartments))")
        fields.add(Words.policy, stored: draft.policyHash)
        var text = Words.foundingDraft.text(in: language) + "\n" + fields.text(in: language)
        if let own, !own.fingerprintWords.isEmpty {
            text += Words.ownWords.text(in: language) + "\n" + WordGrid.text(own.fingerprintWords)
        }
        return text
    }

    private var own: WireParty? {
        switch draft.mine {
        case "custodian": draft.custodian
        case "auditor": draft.auditor
        default: draft.operatorParty
        }
    }

    private func party(_ party: WireParty) -> Phrase {
        party.signed
            ? "\(party.name), uid \(party.uid), \(party.principal), \(ClientSessionMessages.signed)"
            : "\(party.name), uid \(party.uid), \(party.principal)"
    }
}
