import RungCrypto

@testable import RungLedger

/// Keys, trees and files that tests share.
enum LedgerSamples {
    /// A key from one repeated byte.
    static func key(_ byte: UInt8 = 7, name: String = "rung.test/key") -> SignerKey {
        guard let key = Ed25519PrivateKey(seed: [UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes are a key") }
        return SignerKey(name: name, key: key)
    }

    /// Leaf hashes that are all different.
    static func leaves(_ count: Int) -> [Digest] { (0..<count).map { Merkle.leaf(Array("leaf \($0)".utf8)) } }

    /// The path that a prover gives for these leaves.
    static func path(_ prover: MerkleProver, _ leaves: [Digest]) -> [Digest] {
        var prover = prover
        for leaf in leaves { prover.append(leaf) }
        guard let path = prover.finish() else { preconditionFailure("the prover had all leaves") }
        return path
    }

    static func inclusion(_ index: Int, _ leaves: [Digest]) -> InclusionProof {
        InclusionProof(index: index, size: leaves.count, path: path(.inclusion(of: index, in: leaves.count), leaves))
    }

    static func consistency(_ from: Int, _ leaves: [Digest]) -> ConsistencyProof {
        ConsistencyProof(from: from, to: leaves.count, path: path(.consistency(from: from, to: leaves.count), leaves))
    }

    static func checkpoint(_ leaves: [Digest], origin: String = "rung/0123456789abcdef") -> Checkpoint {
        Checkpoint(origin: origin, size: leaves.count, root: Merkle.root(of: leaves))
    }
}

extension Digest {
    init(hex: String) {
        guard let digest = Digest("sha256:" + hex) else { preconditionFailure("\(hex) is no digest") }
        self = digest
    }

    /// The same digest with one bit changed.
    func flipping(_ bit: Int) -> Digest {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        return Digest(bytes: bytes)
    }
}
