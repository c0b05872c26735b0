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

    /// The leaf hash of bytes that begin with the prefix 0x00 already, so that they are hashed in one piece.
    ///
    /// - Precondition: the first byte is 0x00.
    public static func leaf(prefixed entry: UnsafeRawBufferPointer) -> Digest {
        precondition(entry.first == 0x00, "a leaf begins with 0x00")
        return SHA256Hasher.digest(of: entry)
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { bytes in
            bytes[0] = 0x01
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[1..<33]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[33..<65]).copyMemory(from: $0) }
            return SHA256Hasher.digest(of: UnsafeRawBufferPointer(bytes))
        }
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
