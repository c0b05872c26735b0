public import RungCrypto

/// The right edge of a growing Merkle tree: all that appending needs, in space logarithmic in the number of leaves.
///
/// `peaks` holds the roots of the perfect subtrees, largest first; their sizes are the one-bits of `size`.
public struct MerkleFrontier: Sendable, Equatable {
    /// Number of leaves.
    public private(set) var size = 0
    private var peaks: [Digest] = []

    public init() {}

    /// Appends the hash of a leaf; amortized constant, at most logarithmic time.
    public mutating func append(_ leaf: Digest) {
        var node = leaf
        var rest = size
        while rest & 1 == 1, let left = peaks.popLast() {
            node = Merkle.node(left, node)
            rest >>= 1
        }
        peaks.append(node)
        size += 1
    }

    /// The root over all leaves; that of the empty tree when there are none.
    public var root: Digest {
        guard var root = peaks.last else { return Merkle.emptyRoot }
        for peak in peaks.dropLast().reversed() { root = Merkle.node(peak, root) }
        return root
    }

    /// Forgets every leaf and keeps the memory.
    public mutating func removeAll() {
        size = 0
        peaks.removeAll(keepingCapacity: true)
    }
}

extension MerkleFrontier {
    /// Eight bytes of size, most significant first, then 32 bytes for each peak.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: size >> shift)) }
        for peak in peaks { bytes.append(contentsOf: peak.bytes) }
        return bytes
    }

    /// Reads what `bytes` wrote; nil when length and size do not agree.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 8, bytes[0] < 0x80 else { return nil }
        size = bytes[..<8].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count == 8 + 32 * size.nonzeroBitCount else { return nil }
        peaks = stride(from: 8, to: bytes.count, by: 32).map { Digest(bytes: bytes[$0..<$0 + 32]) }
    }
}
