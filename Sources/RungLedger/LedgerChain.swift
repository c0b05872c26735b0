public import RungCrypto
public import RungText

/// The ledger as far as it has been read or written: its tree and the hash that the next entry must name.
///
/// The writer asks it for the next entry and the verifier hands it every stored one, so that both follow one rule.
public struct LedgerChain: Sendable, Equatable {
    public private(set) var frontier: MerkleFrontier
    /// Leaf hash of the last entry; nil before the first.
    public private(set) var last: Digest?

    /// An empty ledger.
    public init() {
        frontier = MerkleFrontier()
    }

    /// A ledger continued where another process left it.
    public init(frontier: MerkleFrontier, last: Digest?) {
        self.frontier = frontier
        self.last = last
    }

    /// Number of entries.
    public var size: Int { frontier.size }
    /// Merkle root over all entries.
    public var root: Digest { frontier.root }

    /// Appends an entry that holds `content` and returns it with its leaf hash.
    public mutating func append(
        kind: String, at: Timestamp, actor: String, reason: String?, content: LedgerEntry.Content
    ) throws(LedgerEntryTooLarge) -> (entry: LedgerEntry, leaf: Digest) {
        let entry = LedgerEntry(
            sequence: size, kind: kind, at: at, actor: actor, reason: reason, content: content, previous: last)
        let leaf = try entry.leaf()
        frontier.append(leaf)
        last = leaf
        return (entry, leaf)
    }

    /// Takes in a stored entry; returns what is wrong with it, or nil. A wrong entry is not taken in.
    public mutating func accept(_ entry: LedgerEntry, leaf stored: Digest) -> Break? {
        guard entry.sequence == size else { return .sequence(expected: size, found: entry.sequence) }
        guard entry.previous == last else { return .link }
        guard let leaf = try? entry.leaf(), leaf == stored else { return .hash }
        frontier.append(leaf)
        last = leaf
        return nil
    }

    /// How a stored entry can be wrong.
    public enum Break: Error, Sendable, Equatable, CustomStringConvertible {
        case sequence(expected: Int, found: Int)
        case link
        case hash

        public var description: String {
            switch self {
            case .sequence(let expected, let found): "entry \(expected) is missing; found entry \(found) in its place"
            case .link: "it does not name the entry before it"
            case .hash: "its bytes do not give its leaf hash"
            }
        }
    }
}
