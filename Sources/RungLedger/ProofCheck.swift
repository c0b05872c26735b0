import RungCrypto
import RungText

/// What a file that claims something about a ledger is worth to somebody who has nothing else but some public keys.
public struct ProofCheck: Sendable {
    public var kind: Kind
    /// What is wrong with the proof itself; nil when everything follows from its checkpoint.
    public var fault: String?
    /// What cannot be told without more; nil when nothing is missing.
    public var gap: String?
    /// Whose signatures the file carries, as far as keys were given.
    public var trust: NoteTrust
    /// The head that everything follows from; nil for attestations.
    public var checkpoint: Checkpoint?
    /// The entry and the record of a receipt.
    public var receipt: LedgerReceipt?
    /// Predicate types of the statements of an attestation.
    public var predicates: [String] = []

    /// What a file is.
    public enum Kind: String, Sendable, CaseIterable {
        /// An entry, or a record with its entry.
        case receipt
        /// That a ledger only grew.
        case growth
        /// A signed head.
        case checkpoint
        /// Signed statements, one a line.
        case attestation
    }

    /// Failed for whatever is wrong, unknown when something is missing: a key, an earlier checkpoint, the entry.
    public var verdict: LedgerVerdict {
        if fault != nil { return .failed }
        switch trust {
        case .forged: return .failed
        case .signed: return gap == nil ? .ok : .unknown
        case .unknown: return .unknown
        }
    }

    /// Checks a file, whatever it is.
    ///
    /// - Parameters:
    ///   - keys: whose signatures count.
    ///   - earlier: for a proof of growth, the head from which the ledger is claimed to have grown.
    /// - Throws: `LedgerSyntaxError` for bytes that are none of the four.
    public static func of(
        _ bytes: [UInt8], keys: [VerifierKey], earlier: SignedCheckpoint? = nil
    ) throws(LedgerSyntaxError) -> ProofCheck {
        if bytes.starts(with: "c2sp.org/".utf8) { return try receipt(LogProof(parsing: bytes), keys) }
        if bytes.starts(with: "old ".utf8) { return try growth(GrowthProof(parsing: bytes), keys, earlier) }
        if bytes.first == UInt8(ascii: "{") { return try attestation(bytes, keys) }
        let checkpoint = try SignedCheckpoint(parsing: bytes)
        return ProofCheck(kind: .checkpoint, trust: checkpoint.trust(in: keys), checkpoint: checkpoint.checkpoint)
    }

    private static func receipt(_ proof: LogProof, _ keys: [VerifierKey]) throws(LedgerSyntaxError) -> ProofCheck {
        var check = ProofCheck(kind: .receipt, trust: proof.checkpoint.trust(in: keys), checkpoint: proof.checkpoint.checkpoint)
        guard let extra = proof.extra else {
            check.gap = "the proof holds no entry, so there is nothing to check it with"
            return check
        }
        do {
            let receipt = try LedgerReceipt(parsing: extra)
            check.receipt = receipt
            check.fault = receipt.fault(under: proof)
        } catch {
            throw LedgerSyntaxError(SourcePosition(line: 2, column: 7), "the extra data is no receipt: \(error.message)")
        }
        return check
    }

    private static func growth(_ proof: GrowthProof, _ keys: [VerifierKey], _ earlier: SignedCheckpoint?) -> ProofCheck {
        var check = ProofCheck(kind: .growth, trust: proof.checkpoint.trust(in: keys), checkpoint: proof.checkpoint.checkpoint)
        guard let earlier else {
            check.gap = "the checkpoint at \(proof.consistency.from) entries is needed to tell what the ledger grew from"
            return check
        }
        if !proof.proves(growthFrom: earlier.checkpoint) {
            check.fault = "the ledger did not grow from the earlier checkpoint at \(earlier.checkpoint.size) entries"
        }
        if case .forged(let key) = earlier.trust(in: keys) {
            check.fault = "the signature of \(key.label) on the earlier checkpoint is wrong"
        }
        return check
    }

    private static func attestation(_ bytes: [UInt8], _ keys: [VerifierKey]) throws(LedgerSyntaxError) -> ProofCheck {
        var signers: [VerifierKey] = []
        var check = ProofCheck(kind: .attestation, trust: .unknown)
        var isSigned = true
        for (offset, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            let envelope = try SignedEnvelope(parsing: Array(line), line: offset + 1)
            if let type = (try? JSONReader.read(envelope.payload))?["predicateType"]?.string { check.predicates.append(type) }
            switch envelope.trust(in: keys) {
            case .signed(let keys): signers += keys.filter { !signers.contains($0) }
            case .unknown: isSigned = false
            case .forged(let key):
                check.trust = .forged(key)
                return check
            }
        }
        if isSigned, !signers.isEmpty { check.trust = .signed(signers) }
        return check
    }
}
