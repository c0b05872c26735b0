import RungCrypto
import Testing

@testable import RungLedger

/// Proofs of the Certificate Transparency reference code over its eight inputs (`ReferenceMerklePath` and
/// `ReferenceSnapshotConsistency` of the C++ tests); its places are counted from 1, here from 0.
extension CertificateTransparencyVectors {
    static let leaves = inputs.map { Merkle.leaf($0) }

    static let inclusion: [(index: Int, size: Int, path: [String])] = [
        (0, 1, []),
        (
            0, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]

    static let consistency: [(from: Int, to: Int, path: [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]
}

struct MerkleProofTests {
    private typealias Vectors = CertificateTransparencyVectors

    @Test(arguments: CertificateTransparencyVectors.inclusion.indices)
    func inclusionProofsAreThoseOfCertificateTransparency(number: Int) {
        let vector = Vectors.inclusion[number]
        let leaves = Array(Vectors.leaves[..<vector.size])
        let proof = LedgerSamples.inclusion(vector.index, leaves)
        #expect(proof.path.map(\.hex) == vector.path)
        #expect(proof.proves(leaves[vector.index], in: Digest(hex: Vectors.roots[vector.size - 1])))
    }

    @Test(arguments: CertificateTransparencyVectors.consistency.indices)
    func consistencyProofsAreThoseOfCertificateTransparency(number: Int) {
        let vector = Vectors.consistency[number]
        let proof = LedgerSamples.consistency(vector.from, Array(Vectors.leaves[..<vector.to]))
        #expect(proof.path.map(\.hex) == vector.path)
        #expect(proof.proves(Digest(hex: Vectors.roots[vector.to - 1]), growsFrom: Digest(hex: Vectors.roots[vector.from - 1])))
    }

    @Test func everyLeafOfEveryTreeUpToSeventyIsProved() {
        let leaves = LedgerSamples.leaves(70)
        for size in 1...70 {
            let tree = Array(leaves[..<size])
            let root = Merkle.root(of: tree)
            for index in 0..<size {
                let proof = LedgerSamples.inclusion(index, tree)
                #expect(proof.root(over: tree[index]) == root)
                #expect(!proof.proves(leaves[(index + 1) % 70], in: root))
                var other = proof
                other.index = (index + 1) % size
                #expect(size == 1 || !other.proves(tree[index], in: root))
            }
        }
    }

    @Test func everyPairOfSizesUpToSeventyIsConsistent() {
        let leaves = LedgerSamples.leaves(70)
        let roots = (0...70).map { Merkle.root(of: Array(leaves[..<$0])) }
        for to in 0...70 {
            for from in 0...to {
                let proof = LedgerSamples.consistency(from, Array(leaves[..<to]))
                #expect(proof.proves(roots[to], growsFrom: roots[from]))
                #expect(from == to || !proof.proves(roots[from], growsFrom: roots[to]))
                for wrong in [from + 1, to + 1] where wrong <= 70 && to > 0 && from > 0 {
                    #expect(wrong == from || !proof.proves(roots[to], growsFrom: roots[wrong]), "\(from) to \(to), root of \(wrong)")
                    #expect(wrong == to || !proof.proves(roots[wrong], growsFrom: roots[from]), "\(from) to \(to), root of \(wrong)")
                }
            }
        }
    }

    @Test(arguments: [(1, 2), (3, 7), (6, 8), (13, 21), (64, 70), (33, 64)])
    func aChangedBitAnywhereFails(from: Int, to: Int) {
        let leaves = LedgerSamples.leaves(to)
        let (old, new) = (Merkle.root(of: Array(leaves[..<from])), Merkle.root(of: leaves))
        let growth = LedgerSamples.consistency(from, leaves)
        let inclusion = LedgerSamples.inclusion(from, leaves)
        for bit in stride(from: 0, to: 256, by: 5) {
            #expect(!growth.proves(new.flipping(bit), growsFrom: old))
            #expect(!growth.proves(new, growsFrom: old.flipping(bit)))
            #expect(!inclusion.proves(leaves[from].flipping(bit), in: new))
            for node in growth.path.indices {
                var changed = growth
                changed.path[node] = changed.path[node].flipping(bit)
                #expect(!changed.proves(new, growsFrom: old))
            }
            for node in inclusion.path.indices {
                var changed = inclusion
                changed.path[node] = changed.path[node].flipping(bit)
                #expect(!changed.proves(leaves[from], in: new))
            }
        }
    }

    @Test func pathsOfTheWrongLengthFail() {
        let leaves = LedgerSamples.leaves(13)
        let (old, new) = (Merkle.root(of: Array(leaves[..<6])), Merkle.root(of: leaves))
        var inclusion = LedgerSamples.inclusion(6, leaves)
        var growth = LedgerSamples.consistency(6, leaves)
        inclusion.path.append(new)
        growth.path.append(new)
        #expect(inclusion.root(over: leaves[6]) == nil)
        #expect(!growth.proves(new, growsFrom: old))
        inclusion.path.removeLast(2)
        growth.path.removeLast(2)
        #expect(inclusion.root(over: leaves[6]) == nil)
        #expect(!growth.proves(new, growsFrom: old))
        growth.path = []
        #expect(!growth.proves(new, growsFrom: old))
    }

    @Test func sizesThatMakeNoSenseFailWithoutHarm() {
        let (leaf, root) = (LedgerSamples.leaves(1)[0], Merkle.emptyRoot)
        for (index, size) in [(0, 0), (-1, 1), (1, 1), (5, 3), (Int.max, Int.max), (0, Int.max), (Int.min, 7)] {
            #expect(InclusionProof(index: index, size: size, path: [root]).root(over: leaf) == nil)
        }
        for (from, to) in [(-1, 1), (2, 1), (Int.min, Int.max), (1, Int.max)] {
            #expect(!ConsistencyProof(from: from, to: to, path: [leaf]).proves(root, growsFrom: root))
        }
        #expect(ConsistencyProof(from: 0, to: 3, path: []).proves(leaf, growsFrom: Merkle.emptyRoot))
        #expect(!ConsistencyProof(from: 0, to: 3, path: []).proves(leaf, growsFrom: leaf))
        #expect(!ConsistencyProof(from: 3, to: 3, path: []).proves(leaf, growsFrom: root))
    }

    @Test func aProverWithoutAllLeavesHasNoProof() {
        var prover = MerkleProver.inclusion(of: 1, in: 3)
        for leaf in LedgerSamples.leaves(2) { prover.append(leaf) }
        #expect(prover.finish() == nil)
        for leaf in LedgerSamples.leaves(5).dropFirst(2) { prover.append(leaf) }
        #expect(prover.finish() == LedgerSamples.inclusion(1, LedgerSamples.leaves(3)).path)
    }
}
