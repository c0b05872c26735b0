public import RungCrypto
import RungText

/// A claim about a log: this many entries, this root (C2SP tlog-checkpoint).
public struct Checkpoint: Sendable, Hashable {
    /// Which log; not empty, one line.
    public var origin: String
    /// Number of entries.
    public var size: Int
    /// Merkle root over the entries.
    public var root: Digest
    /// Further lines, not empty; this program writes none.
    public var extensions: [String]

    public init(origin: String, size: Int, root: Digest, extensions: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// The text that is signed: origin, size, root in base64, each on its line.
    public var text: String {
        ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
    }

    /// Reads the text; it ends after the last line.
    init(parsing bytes: ArraySlice<UInt8>, firstLine: Int) throws(LedgerSyntaxError) {
        var lines = TextLines(bytes, firstLine: firstLine)
        let first = try lines.next("the origin of a checkpoint")
        guard !first.bytes.isEmpty else { throw first.failure("expected the origin of a checkpoint, found an empty line") }
        let size = try lines.next("the size of the log").decimal("the size of the log")
        let root = try lines.next("the root of the log").digest("the root of the log")
        var extensions: [String] = []
        while !lines.isAtEnd {
            let line = try lines.next("a line")
            guard !line.bytes.isEmpty else { throw line.failure("lines of a checkpoint are not empty") }
            extensions.append(String(decoding: line.bytes, as: UTF8.self))
        }
        if size == 0, root != Merkle.emptyRoot {
            throw LedgerSyntaxError(SourcePosition(line: firstLine + 2, column: 1), "the root of an empty log is the digest of nothing")
        }
        self.init(origin: String(decoding: first.bytes, as: UTF8.self), size: size, root: root, extensions: extensions)
    }
}

/// A checkpoint with the signatures below it; none for a log without a key, which anybody could have written.
public struct SignedCheckpoint: Sendable, Equatable, CustomStringConvertible {
    public let checkpoint: Checkpoint
    public var signatures: [NoteSignature]

    public init(_ checkpoint: Checkpoint, signatures: [NoteSignature] = []) {
        self.checkpoint = checkpoint
        self.signatures = signatures
    }

    /// Signs a checkpoint.
    public init(_ checkpoint: Checkpoint, signedBy key: SignerKey) {
        self.init(checkpoint, signatures: [NoteSignature(of: checkpoint.text, by: key)])
    }

    /// The note as it stands in files; without signatures only the text.
    public var description: String { signatures.isEmpty ? checkpoint.text : note.description }

    private var note: SignedNote { SignedNote(text: checkpoint.text, signatures: signatures) }

    /// Who of these has signed; see `SignedNote.trust`.
    public func trust(in keys: [VerifierKey]) -> NoteTrust { note.trust(in: keys) }

    /// Reads a note, or the text alone where nobody has signed.
    ///
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) { try self.init(parsing: bytes[...], firstLine: 1) }

    /// Reads a checkpoint that begins at a line of a larger file and ends with it.
    init(parsing bytes: ArraySlice<UInt8>, firstLine: Int) throws(LedgerSyntaxError) {
        var lines = TextLines(bytes, firstLine: firstLine)
        var isSigned = false
        while !lines.isAtEnd, !isSigned { isSigned = try lines.next("a line").bytes.isEmpty }
        guard isSigned else {
            _ = try SignedNote.checked(bytes, firstLine: firstLine)
            self.init(try Checkpoint(parsing: bytes, firstLine: firstLine))
            return
        }
        let note = try SignedNote(parsing: bytes, firstLine: firstLine)
        self.init(try Checkpoint(parsing: Array(note.text.utf8)[...], firstLine: firstLine), signatures: note.signatures)
    }
}
