public import RungCrypto

/// Makes a proof in one pass over the leaves, in memory that is logarithmic in their number.
///
/// A proof is a list of roots of subtrees that do not overlap. Which ones they are follows from the sizes alone; each is
/// built while its leaves pass by.
public struct MerkleProver: Sendable {
    /// Leaves of each subtree, in the order of the proof.
    private let subtrees: [Range<Int>]
    /// Positions in `subtrees`, from left to right in the tree.
    private let order: [Int]
    private let size: Int
    private var path: [Digest]
    private var next = 0
    private var seen = 0
    private var frontier = MerkleFrontier()

    private init(_ subtrees: [Range<Int>], size: Int) {
        self.subtrees = subtrees
        self.size = size
        order = subtrees.indices.sorted { subtrees[$0].lowerBound < subtrees[$1].lowerBound }
        path = [Digest](repeating: Merkle.emptyRoot, count: subtrees.count)
    }

    /// For the leaf at `index` in the tree of the first `size` leaves.
    ///
    /// - Precondition: 0 ≤ index < size.
    public static func inclusion(of index: Int, in size: Int) -> MerkleProver {
        precondition(index >= 0 && index < size, "only a leaf of the tree can be proved")
        var subtrees: [Range<Int>] = []
        var tree = 0..<size
        while tree.count > 1 {
            let middle = Self.middle(of: tree)
            subtrees.append(index < middle ? middle..<tree.upperBound : tree.lowerBound..<middle)
            tree = index < middle ? tree.lowerBound..<middle : middle..<tree.upperBound
        }
        return MerkleProver(subtrees.reversed(), size: size)
    }

    /// That the tree of the first `to` leaves grew from the tree of the first `from`.
    ///
    /// - Precondition: 0 ≤ from ≤ to.
    public static func consistency(from: Int, to: Int) -> MerkleProver {
        precondition(from >= 0 && from <= to, "a tree grows from a smaller one")
        var subtrees: [Range<Int>] = []
        var tree = 0..<to
        // The part of the earlier tree that is still looked at ends where it ended; it starts where `tree` does.
        while from > 0, from < tree.upperBound {
            let middle = Self.middle(of: tree)
            subtrees.append(from <= middle ? middle..<tree.upperBound : tree.lowerBound..<middle)
            tree = from <= middle ? tree.lowerBound..<middle : middle..<tree.upperBound
        }
        if from > 0, tree.lowerBound > 0 { subtrees.append(tree) }
        return MerkleProver(subtrees.reversed(), size: to)
    }

    /// Splits at the largest power of two below the number of leaves.
    private static func middle(of tree: Range<Int>) -> Int {
        var split = 1
        while split * 2 < tree.count { split *= 2 }
        return tree.lowerBound + split
    }

    /// Takes the next leaf, from the first on; leaves beyond the tree are ignored.
    public mutating func append(_ leaf: Digest) {
        defer { seen += 1 }
        guard next < order.count, subtrees[order[next]].contains(seen) else { return }
        frontier.append(leaf)
        guard seen + 1 == subtrees[order[next]].upperBound else { return }
        path[order[next]] = frontier.root
        frontier.removeAll()
        next += 1
    }

    /// The hashes of the proof; nil while leaves are missing.
    public func finish() -> [Digest]? { seen >= size ? path : nil }
}
