package import VaultCoding
package import VaultSodium

/// The act that makes a vault ready for care: signed by the first custodian and the first auditor.
///
/// ```
/// operator's identity(80) ‖ custodian's identity(80) ‖ auditor's identity(80) ‖
/// list of (compartment text ‖ commitment to its generation 1(32)) ‖ commitment to the link key(32) ‖
/// audit public key 1(32) ‖ log verifier key(32) ‖ policy version(4) ‖ policy hash(32) ‖
/// list of care recovery keys, empty ‖ list of audit recovery keys, empty
/// ```
///
/// The hash of its head is the vault fingerprint.
package struct FoundingBody: Hashable, Sendable {
    /// The operator of the init, the same keys.
    package let firstOperator: PublicIdentity
    /// The first custodian; holds every compartment from here on.
    package let custodian: PublicIdentity
    /// The first auditor.
    package let auditor: PublicIdentity
    /// The compartments and the commitment to the key of generation 1 of each.
    package let compartments: [Compartment: KeyCommitment]
    /// The commitment to the key from which tag keys come.
    package let linkKey: KeyCommitment
    /// The public half of audit key 1.
    package let auditKey: AgreementPublicKey
    /// The log's verifier key, the same as in the init.
    package let logKey: SigningPublicKey
    /// The access policy's version.
    package let policyVersion: UInt32
    /// The access policy's hash.
    package let policyHash: Digest

    /// From its parts.
    package init(
        firstOperator: PublicIdentity, custodian: PublicIdentity, auditor: PublicIdentity,
        compartments: [Compartment: KeyCommitment], linkKey: KeyCommitment,
        auditKey: AgreementPublicKey, logKey: SigningPublicKey, policyVersion: UInt32,
        policyHash: Digest
    ) {
        self.firstOperator = firstOperator
        self.custodian = custodian
        self.auditor = auditor
        self.compartments = compartments
        self.linkKey = linkKey
        self.auditKey = auditKey
        self.logKey = logKey
        self.policyVersion = policyVersion
        self.policyHash = policyHash
    }
}

extension FoundingBody: BodyFields {
    init(from reader: inout ByteReader) throws(CodingError) {
        firstOperator = try PublicIdentity(from: &reader)
        custodian = try PublicIdentity(from: &reader)
        auditor = try PublicIdentity(from: &reader)
        compartments = try FoundingBody.compartments(from: &reader)
        linkKey = KeyCommitment(try reader.digest())
        auditKey = AgreementPublicKey(raw: try reader.digest())
        logKey = SigningPublicKey(raw: try reader.digest())
        policyVersion = try reader.u32()
        policyHash = try reader.digest()
        // Recovery keys at the founding: the lists have their place and no elements yet.
        _ = try reader.count(max: 0)
        _ = try reader.count(max: 0)
    }

    func write(to writer: inout ByteWriter) {
        firstOperator.write(to: &writer)
        custodian.write(to: &writer)
        auditor.write(to: &writer)
        writer.put(list: compartments.sorted { $0.key < $1.key }) { element, pair in
            element.put(framed: pair.key.rawValue)
            element.put(pair.value.digest)
        }
        writer.put(linkKey.digest)
        writer.put(auditKey.raw)
        writer.put(logKey.raw)
        writer.put(policyVersion)
        writer.put(policyHash)
        writer.put(count: 0)
        writer.put(count: 0)
    }

    private static func compartments(
        from reader: inout ByteReader
    ) throws(CodingError) -> [Compartment: KeyCommitment] {
        let at = reader.offset
        let what = "compartments in their order"
        var found: [Compartment: KeyCommitment] = [:]
        var order: [Compartment] = []
        for _ in 0..<(try reader.count(max: Compartment.allCases.count)) {
            let compartment = try BodyCoding.word(Compartment.self, what, from: &reader)
            order.append(compartment)
            found[compartment] = KeyCommitment(try reader.digest())
        }
        guard order.isStrictlyAscending else { throw .invalid(what: what, at: at) }
        return found
    }
}
