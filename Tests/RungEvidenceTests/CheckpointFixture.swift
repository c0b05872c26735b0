import RungCore
import RungCrypto
import RungLedger
import RungText

@testable import RungEvidence

/// Keys and ledgers for tests of checkpoints and proofs.
enum CheckpointFixture {
    /// A key from one repeated byte.
    static func key(_ byte: UInt8 = 7, name: String = "rung.test/key") -> SignerKey {
        guard let key = Ed25519PrivateKey(seed: [UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes are a key") }
        return SignerKey(name: name, key: key)
    }

    /// A cosignature of the time-stamped kind, as a witness makes it, and its key.
    static func cosignature(of note: SignedCheckpoint, byte: UInt8 = 9) -> (signature: NoteSignature, key: VerifierKey) {
        let signer = key(byte, name: "witness.test/w1")
        let key = VerifierKey(name: signer.name, algorithm: .cosignature, key: signer.verifierKey.key)
        let time: [UInt8] = [0, 0, 0, 0, 0x64, 0x18, 0x53, 0x4B]
        let bytes = signer.signature(for: Array("cosignature/v1\ntime 1679315787\n\(note.checkpoint.text)".utf8))
        return (NoteSignature(name: key.name, keyID: key.id, signature: time + bytes), key)
    }
}

extension EvidenceFixture {
    /// Appends entries with one record each.
    func appendEntries(_ count: Int) throws {
        let next = try store.head().size
        for number in next..<next + count {
            try importLines([#"{"kind":"scan","id":"s\#(number)","at":"2026-09-01","records":\#(number),"type":"overlap"}"#])
        }
    }

    /// Appends one entry that binds many records of two kinds.
    func appendBatch(_ count: Int) throws {
        _ = try store.append(actor: "ana", reason: nil) { appender in
            for number in 0..<count {
                try appender.append(.gradeList, [.text("[\"list \(number)\"]")], .recorded)
                if number % 3 == 0 { try appender.append(.gradeList, [.null], .imported) }
            }
        }
    }
}
