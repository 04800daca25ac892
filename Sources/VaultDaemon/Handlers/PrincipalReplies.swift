import VaultCoding
import VaultEngine
import VaultKeyring
import VaultWire

extension WirePrincipal {
    init(_ principal: PrincipalSummary) {
        self.init(
            id: principal.id.text, name: principal.name, uid: Int64(principal.uid),
            state: WirePrincipalState(principal.state),
            roles: principal.roles.sorted().map(\.rawValue),
            compartments: principal.compartments.sorted().map(\.rawValue), unit: principal.unit,
            employer: principal.employer, ends: principal.ends.map(Int64.init(clamping:)),
            fingerprintWords: principal.fingerprintWords)
    }
}

extension WirePrincipalState {
    init(_ state: PrincipalSummary.State) {
        switch state {
        case .enlisted: self = .enlisted
        case .enrolled: self = .enrolled
        case .granted: self = .granted
        case .disabled: self = .disabled
        }
    }
}

extension DirectoryGetFoundingDraft.Reply {
    init(_ draft: FoundingDraftView) {
        self.init(
            number: Int64(clamping: draft.number), draftHash: Hex.format(draft.hash.bytes),
            operatorParty: WireParty(draft.firstOperator),
            custodian: draft.custodian.map { WireParty($0, hidesWords: draft.mine == .auditor) },
            auditor: draft.auditor.map { WireParty($0, hidesWords: draft.mine == .custodian) },
            compartments: draft.compartments.map(\.rawValue),
            policyHash: Hex.format(draft.policyHash.bytes),
            mine: draft.mine.map(Self.name) ?? "operator")
    }

    private static func name(_ seat: FoundingSeat) -> String {
        switch seat {
        case .custodian: "custodian"
        case .auditor: "auditor"
        }
    }
}

extension WireParty {
    /// - Parameter hidesWords: for the other signer, who must be told them in person: what the
    ///   vault shows could be put there by whoever runs it.
    init(_ party: FoundingDraftView.Party, hidesWords: Bool = false) {
        self.init(
            principal: party.principal.text, name: party.name, uid: Int64(party.uid),
            fingerprintWords: hidesWords ? [] : party.fingerprintWords, signed: party.signed)
    }
}
