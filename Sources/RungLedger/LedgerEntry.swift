public import RungCrypto
public import RungText

/// One entry of the ledger: who appended what, when and why, and the commitment that binds the records behind it.
///
/// The records themselves stay outside, so that a payload can be erased while every proof stands.
public struct LedgerEntry: Sendable, Equatable {
    /// From 0, without gaps.
    public var sequence: Int
    /// The kind of the record, or `batch` for several kinds together.
    public var kind: String
    /// When it was appended, by the clock of the appending process.
    public var at: Timestamp
    public var actor: String
    public var reason: String?
    public var content: Content
    /// Leaf hash of the entry before; nil for the first.
    public var previous: Digest?

    /// What an entry binds.
    public enum Content: Sendable, Equatable {
        /// One record: SHA-256(salt ‖ canonical payload).
        case record(commitment: Digest)
        case batch(Batch)
    }

    /// Many records under one entry.
    public struct Batch: Sendable, Equatable {
        /// How many records of each kind; never empty, no count is 0.
        public var kinds: [String: Int]
        /// Merkle root over the records in the order they were appended; a leaf is a record's salt ‖ canonical payload.
        public var root: Digest

        public init(kinds: [String: Int], root: Digest) {
            self.kinds = kinds
            self.root = root
        }

        /// Records of all kinds together.
        public var count: Int { kinds.values.reduce(0, +) }
    }

    public init(
        sequence: Int, kind: String, at: Timestamp, actor: String, reason: String?, content: Content, previous: Digest?
    ) {
        self.sequence = sequence
        self.kind = kind
        self.at = at
        self.actor = actor
        self.reason = reason
        self.content = content
        self.previous = previous
    }

    /// Number of records that the entry binds.
    public var count: Int {
        switch content {
        case .record: 1
        case .batch(let batch): batch.count
        }
    }
}

extension LedgerEntry {
    /// Entries must be shorter than this many bytes, so that a length fits into 16 bits.
    public static let byteLimit = 65_535

    /// The canonical JSON (RFC 8785) that is hashed.
    public func canonicalBytes() throws(LedgerEntryTooLarge) -> [UInt8] {
        let bytes = CanonicalJSON.bytes(of: json)
        guard bytes.count < Self.byteLimit else { throw LedgerEntryTooLarge(sequence: sequence, bytes: bytes.count) }
        return bytes
    }

    /// The leaf of this entry in the tree over the ledger.
    public func leaf() throws(LedgerEntryTooLarge) -> Digest { Merkle.leaf(try canonicalBytes()) }

    private var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("actor", .string(actor)), .init("at", .string(at.description)), .init("kind", .string(kind)),
            .init("previous", previous.map { .string($0.description) } ?? .null), .init("sequence", .int(sequence)),
        ]
        if let reason { members.append(.init("reason", .string(reason))) }
        switch content {
        case .record(let commitment): members.append(.init("commitment", .string(commitment.description)))
        case .batch(let batch): members.append(.init("batch", batch.json))
        }
        return .object(members)
    }
}

extension LedgerEntry.Batch {
    fileprivate var json: JSONValue {
        let counts = kinds.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) }
        return ["count": .int(count), "kinds": .object(counts), "root": .string(root.description)]
    }
}

/// An entry was too long to be appended; nothing has been stored.
public struct LedgerEntryTooLarge: Error, Sendable, Equatable, CustomStringConvertible {
    public var sequence: Int
    public var bytes: Int

    public var description: String {
        "ledger entry \(sequence) has \(bytes) bytes; entries must stay below \(LedgerEntry.byteLimit)"
    }
}
