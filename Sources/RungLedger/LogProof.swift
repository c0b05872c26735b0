public import RungCrypto
import RungText

/// A proof file of a log: an entry's place under a checkpoint, in the text of C2SP `tlog-proof@v1`.
///
/// It is complete in itself: with the entry and the log's public key, anybody can check it without the log.
public struct LogProof: Sendable, Equatable, CustomStringConvertible {
    /// What the application adds. It is not authenticated; whatever it says must be checked against the proof.
    public var extra: [UInt8]?
    /// The entry's place in the tree, and the hashes on its way to the root.
    public var inclusion: InclusionProof
    public var checkpoint: SignedCheckpoint

    /// The first line of every proof file.
    public static let header = "c2sp.org/tlog-proof@v1"
    /// Longest file that is read, in bytes: a record's payload can be large.
    public static let byteLimit = 64 << 20

    /// - Precondition: the proof is for the checkpoint's tree.
    public init(extra: [UInt8]? = nil, inclusion: InclusionProof, checkpoint: SignedCheckpoint) {
        precondition(inclusion.size == checkpoint.checkpoint.size, "a proof is for the tree of its checkpoint")
        self.extra = extra
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// Whether an entry with this leaf hash stands at its place in the tree of the checkpoint. Who signed the checkpoint is
    /// another question.
    public func proves(_ leaf: Digest) -> Bool { inclusion.proves(leaf, in: checkpoint.checkpoint.root) }

    public var description: String {
        let extra = extra.map { "extra \(Base64.text(of: $0))\n" } ?? ""
        let path = inclusion.path.map { "\($0.base64)\n" }.joined()
        return "\(Self.header)\n\(extra)index \(inclusion.index)\n\(path)\n\(checkpoint)"
    }

    /// Reads a proof file.
    ///
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) {
        guard bytes.count <= Self.byteLimit else { throw LedgerSyntaxError(.start, "longer than \(Self.byteLimit) bytes") }
        var lines = TextLines(bytes[...])
        let first = try lines.next(Self.header)
        guard first.bytes.elementsEqual(Self.header.utf8) else { throw first.failure("expected \(Self.header)") }
        var line = try lines.next("the index of the entry")
        var extra: [UInt8]?
        if line.bytes.starts(with: "extra ".utf8) {
            extra = Base64.bytes(of: line.bytes.dropFirst(6))
            guard extra != nil else { throw line.failure("the extra data must be in base64", at: 6) }
            line = try lines.next("the index of the entry")
        }
        guard line.bytes.starts(with: "index ".utf8) else { throw line.failure("expected \"index \" and the entry's place") }
        let index = try line.decimal(after: 6, "the index")
        let path = try ProofPath.read(&lines)
        let checkpoint = try SignedCheckpoint(parsing: lines.rest, firstLine: lines.number)
        guard index < checkpoint.checkpoint.size else {
            throw line.failure("the log of the checkpoint has \(checkpoint.checkpoint.size) entries, so none at \(index)", at: 6)
        }
        self.init(
            extra: extra, inclusion: InclusionProof(index: index, size: checkpoint.checkpoint.size, path: path), checkpoint: checkpoint)
    }
}

/// A proof file that a log only grew: what witnesses take in (the body of `add-checkpoint` of C2SP tlog-witness).
public struct GrowthProof: Sendable, Equatable, CustomStringConvertible {
    public var consistency: ConsistencyProof
    /// The later head.
    public var checkpoint: SignedCheckpoint

    /// - Precondition: the proof ends at the checkpoint's tree.
    public init(consistency: ConsistencyProof, checkpoint: SignedCheckpoint) {
        precondition(consistency.to == checkpoint.checkpoint.size, "a proof is for the tree of its checkpoint")
        self.consistency = consistency
        self.checkpoint = checkpoint
    }

    /// Whether the log of the checkpoint begins with that of an earlier one.
    public func proves(growthFrom earlier: Checkpoint) -> Bool {
        earlier.origin == checkpoint.checkpoint.origin && earlier.size == consistency.from
            && consistency.proves(checkpoint.checkpoint.root, growsFrom: earlier.root)
    }

    public var description: String {
        "old \(consistency.from)\n\(consistency.path.map { "\($0.base64)\n" }.joined())\n\(checkpoint)"
    }

    /// Reads a proof file.
    ///
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) {
        guard bytes.count <= SignedNote.byteLimit else { throw LedgerSyntaxError(.start, "longer than \(SignedNote.byteLimit) bytes") }
        var lines = TextLines(bytes[...])
        let line = try lines.next("the old size")
        guard line.bytes.starts(with: "old ".utf8) else { throw line.failure("expected \"old \" and the earlier size") }
        let from = try line.decimal(after: 4, "the earlier size")
        let path = try ProofPath.read(&lines)
        let checkpoint = try SignedCheckpoint(parsing: lines.rest, firstLine: lines.number)
        guard from <= checkpoint.checkpoint.size else {
            throw line.failure("the log of the checkpoint has \(checkpoint.checkpoint.size) entries, fewer than \(from)", at: 4)
        }
        self.init(
            consistency: ConsistencyProof(from: from, to: checkpoint.checkpoint.size, path: path), checkpoint: checkpoint)
    }
}

/// The hashes of a proof file, one a line, up to an empty line.
private enum ProofPath {
    /// No tree needs more: sizes are below 2^63.
    static let limit = 63

    static func read(_ lines: inout TextLines) throws(LedgerSyntaxError) -> [Digest] {
        var path: [Digest] = []
        while true {
            let line = try lines.next("a hash, or an empty line before the checkpoint")
            if line.bytes.isEmpty { return path }
            guard path.count < limit else { throw line.failure("more than \(limit) hashes") }
            path.append(try line.digest("a hash of the proof"))
        }
    }
}
