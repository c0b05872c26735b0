import RungCrypto
import RungLedger
import RungText

/// Keys that everybody knows, for ledgers of organizations that do not exist.
enum OrganizationKeys {
    /// Signs the head of the ledger.
    static let ledger = signer(7, "halvard-marine.example/ledger")

    /// A cosignature of the time-stamped kind of a witness outside of the organization, and its key.
    static func cosignature(of note: SignedCheckpoint, at time: Timestamp) -> (signature: NoteSignature, key: VerifierKey) {
        let signer = signer(9, "witness.example/harbour")
        let key = VerifierKey(name: signer.name, algorithm: .cosignature, key: signer.verifierKey.key)
        let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time.seconds >> (56 - 8 * Int64($0))) }
        let bytes = signer.signature(for: Array("cosignature/v1\ntime \(time.seconds)\n\(note.checkpoint.text)".utf8))
        return (NoteSignature(name: key.name, keyID: key.id, signature: stamp + bytes), key)
    }

    private static func signer(_ byte: UInt8, _ name: String) -> SignerKey {
        guard let key = Ed25519PrivateKey(seed: [UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes are a key") }
        return SignerKey(name: name, key: key)
    }
}
