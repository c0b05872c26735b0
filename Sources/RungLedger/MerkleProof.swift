public import RungCrypto

/// That a leaf stands at a place of a tree: the hashes beside its way to the root (RFC 6962, section 2.1.1).
public struct InclusionProof: Sendable, Equatable {
    /// Place of the leaf, from 0.
    public var index: Int
    /// Leaves of the tree.
    public var size: Int
    /// The leaf's sibling first, the root's child last.
    public var path: [Digest]

    public init(index: Int, size: Int, path: [Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The root that the leaf and the path give, after RFC 9162, section 2.1.3.2; nil for a path that fits no such tree.
    public func root(over leaf: Digest) -> Digest? {
        guard index >= 0, index < size else { return nil }
        var (place, last) = (index, size - 1)
        var root = leaf
        for node in path {
            guard last > 0 else { return nil }
            if place & 1 == 1 || place == last {
                root = Merkle.node(node, root)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                root = Merkle.node(root, node)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 ? root : nil
    }

    /// Whether the leaf is in the tree of this root.
    public func proves(_ leaf: Digest, in root: Digest) -> Bool { self.root(over: leaf) == root }
}

/// That a tree grew out of an earlier one without a change (RFC 6962, section 2.1.2).
public struct ConsistencyProof: Sendable, Equatable {
    /// Leaves of the earlier tree.
    public var from: Int
    /// Leaves of the later tree.
    public var to: Int
    /// Empty when `from` is 0 or `to`.
    public var path: [Digest]

    public init(from: Int, to: Int, path: [Digest]) {
        self.from = from
        self.to = to
        self.path = path
    }

    /// Whether the tree of `new` begins with the tree of `old`, after RFC 9162, section 2.1.4.2.
    ///
    /// Every tree begins with the empty one; equal sizes must have equal roots.
    public func proves(_ new: Digest, growsFrom old: Digest) -> Bool {
        guard from >= 0, from <= to else { return false }
        if from == 0 { return path.isEmpty && old == Merkle.emptyRoot }
        if from == to { return path.isEmpty && old == new }
        return roots(old).map { $0 == (old, new) } ?? false
    }

    /// Both roots as the path gives them; nil for a path that fits no such trees.
    ///
    /// - Precondition: 0 < from < to.
    private func roots(_ old: Digest) -> (Digest, Digest)? {
        guard !path.isEmpty else { return nil }
        // The root of an earlier tree that is one perfect subtree is not in the path: whoever checks has it.
        let path = from.nonzeroBitCount == 1 ? [old] + self.path : self.path
        var (place, last) = (from - 1, to - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (first, second) = (path[0], path[0])
        for node in path.dropFirst() {
            guard last > 0 else { return nil }
            if place & 1 == 1 || place == last {
                first = Merkle.node(node, first)
                second = Merkle.node(node, second)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                second = Merkle.node(second, node)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 ? (first, second) : nil
    }
}
