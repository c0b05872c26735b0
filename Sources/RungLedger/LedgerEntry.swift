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
        let bytes = written()
        guard bytes.count < Self.byteLimit else { throw LedgerEntryTooLarge(sequence: sequence, bytes: bytes.count) }
        return bytes
    }

    /// The leaf of this entry in the tree over the ledger.
    public func leaf() throws(LedgerEntryTooLarge) -> Digest { Merkle.leaf(try canonicalBytes()) }

    /// The keys stand in the order that RFC 8785 asks for; millions of entries are verified at once.
    private func written() -> [UInt8] {
        var writer = JSONText(reserving: 384)
        writer.beginObject()
        writer.key("actor")
        writer.string(actor)
        writer.key("at")
        writer.string(at.description)
        if case .batch(let batch) = content {
            writer.key("batch")
            batch.write(to: &writer)
        }
        if case .record(let commitment) = content {
            writer.key("commitment")
            commitment.write(to: &writer)
        }
        writer.key("kind")
        writer.string(kind)
        writer.key("previous")
        if let previous { previous.write(to: &writer) } else { writer.null() }
        if let reason {
            writer.key("reason")
            writer.string(reason)
        }
        writer.key("sequence")
        writer.int(sequence)
        writer.endObject()
        return writer.bytes
    }
}

extension LedgerEntry.Batch {
    fileprivate func write(to writer: inout JSONText) {
        writer.beginObject()
        writer.key("count")
        writer.int(count)
        writer.key("kinds")
        // Counts may be many; their keys are sorted as all canonical JSON is.
        writer.raw(CanonicalJSON.bytes(of: .object(kinds.map { .init($0.key, .int($0.value)) })))
        writer.key("root")
        root.write(to: &writer)
        writer.endObject()
    }
}

extension Digest {
    /// `"sha256:…"`, without a string in between.
    fileprivate func write(to writer: inout JSONText) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 73) { text in
            _ = text.update(fromContentsOf: "\"sha256:".utf8)
            text[72] = UInt8(ascii: "\"")
            withBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    text[8 + 2 * index] = Self.hexDigit(byte >> 4)
                    text[9 + 2 * index] = Self.hexDigit(byte & 15)
                }
            }
            writer.raw(UnsafeBufferPointer(text))
        }
    }

    private static func hexDigit(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 87 + digit }
}

/// An entry was too long to be appended; nothing has been stored.
public struct LedgerEntryTooLarge: Error, Sendable, Equatable, CustomStringConvertible {
    public var sequence: Int
    public var bytes: Int

    public var description: String {
        "ledger entry \(sequence) has \(bytes) bytes; entries must stay below \(LedgerEntry.byteLimit)"
    }
}
