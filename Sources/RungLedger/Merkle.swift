public import RungCrypto

/// Merkle tree hashing after RFC 6962, section 2.1: leaves and nodes are hashed with different prefixes.
public enum Merkle {
    /// The root of a tree without leaves: SHA-256 of nothing.
    public static let emptyRoot = SHA256Hasher.digest(of: [UInt8]())

    /// SHA-256(0x00 ‖ entry).
    public static func leaf(_ entry: [UInt8]) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(0x00)
        hasher.update(entry)
        return hasher.finalize()
    }

    /// SHA-256(0x00 ‖ digest), for trees over salted digests.
    public static func leaf(_ digest: Digest) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(0x00)
        hasher.update(digest)
        return hasher.finalize()
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(0x01)
        hasher.update(left)
        hasher.update(right)
        return hasher.finalize()
    }

    /// The root over leaf hashes, straight from the definition: split at the largest power of two below their number.
    public static func root(of leaves: [Digest]) -> Digest { root(of: leaves[...]) }

    private static func root(of leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return emptyRoot }
        guard leaves.count > 1 else { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return node(root(of: leaves[..<middle]), root(of: leaves[middle...]))
    }
}
