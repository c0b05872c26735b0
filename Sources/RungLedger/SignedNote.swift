import RungCrypto
public import RungText

/// A text with signatures below it, after C2SP signed-note. The text means nothing before a trusted key has been seen to sign it.
public struct SignedNote: Sendable, Equatable {
    /// Ends with a newline; without control characters.
    public var text: String
    public var signatures: [NoteSignature]

    /// Longest note that is read, in bytes, and most signatures.
    public static let byteLimit = 1 << 20
    public static let signatureLimit = 100

    /// - Precondition: the text ends with a newline.
    public init(text: String, signatures: [NoteSignature]) {
        precondition(text.utf8.last == 0x0A, "the text of a note ends with a newline")
        self.text = text
        self.signatures = signatures
    }

    /// Signs a text.
    ///
    /// - Precondition: the text ends with a newline.
    public init(text: String, signedBy key: SignerKey) {
        self.init(text: text, signatures: [NoteSignature(of: text, by: key)])
    }

    /// The whole note as it stands in files.
    public var description: String { text + "\n" + signatures.map { "\($0)\n" }.joined() }

    /// Who of these has signed.
    ///
    /// Signatures of other keys are ignored. One wrong signature in the name of a known key spoils the note.
    public func trust(in keys: [VerifierKey]) -> NoteTrust {
        var signers: [VerifierKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.name == signature.name && $0.id == signature.keyID }) else { continue }
            guard signature.isValid(for: text, key) else { return .forged(key) }
            if !signers.contains(key) { signers.append(key) }
        }
        return signers.isEmpty ? .unknown : .signed(signers)
    }
}

/// What the signatures of a note are worth to somebody who trusts some keys.
public enum NoteTrust: Sendable, Equatable {
    /// By at least one of the keys, in the order of the note.
    case signed([VerifierKey])
    /// None of the keys has signed.
    case unknown
    /// A signature in the name of this key is wrong.
    case forged(VerifierKey)
}

/// One signature line: `— name base64(key id ‖ signature)`.
public struct NoteSignature: Sendable, Hashable, CustomStringConvertible {
    public var name: String
    public var keyID: UInt32
    /// As the algorithm of the key defines it; never empty.
    public var signature: [UInt8]

    /// Signs a text.
    public init(of text: String, by key: SignerKey) {
        name = key.name
        keyID = key.verifierKey.id
        signature = key.signature(for: Array(text.utf8))
    }

    /// A line of these parts.
    public init(name: String, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    public var description: String {
        let id = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: keyID >> UInt32($0)) }
        return "— \(name) \(Base64.text(of: id + signature))"
    }

    /// Whether the key has made this signature for this text.
    func isValid(for text: String, _ key: VerifierKey) -> Bool {
        switch key.algorithm {
        case .ed25519: return key.key.isValid(signature, for: Array(text.utf8))
        case .cosignature:
            guard let time = cosignatureTime else { return false }
            let message = "cosignature/v1\ntime \(time.seconds)\n" + text
            return key.key.isValid(Array(signature.dropFirst(8)), for: Array(message.utf8))
        }
    }

    /// When a witness signed, if this is a cosignature of the time-stamped kind; nil when it has another length.
    public var cosignatureTime: Timestamp? {
        guard signature.count == 8 + Ed25519PublicKey.signatureLength, signature[0] < 0x80 else { return nil }
        return Timestamp(seconds: signature.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
    }
}

// MARK: - Reading

extension SignedNote {
    /// Reads a whole note.
    ///
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) { try self.init(parsing: bytes[...], firstLine: 1) }

    /// Reads a note that begins at a line of a larger file.
    init(parsing bytes: ArraySlice<UInt8>, firstLine: Int) throws(LedgerSyntaxError) {
        let text = try Self.checked(bytes, firstLine: firstLine)
        guard let blank = Self.lastEmptyLine(of: bytes) else {
            throw LedgerSyntaxError(
                SourcePosition(line: firstLine, column: 1), "no empty line before the signatures; this is not a signed note")
        }
        let end = blank - bytes.startIndex
        var lines = TextLines(
            bytes[(blank + 1)...], firstLine: firstLine + bytes[...blank].count { $0 == UInt8(ascii: "\n") })
        var signatures: [NoteSignature] = []
        repeat {
            let line = try lines.next("a signature")
            guard signatures.count < Self.signatureLimit else { throw line.failure("more than \(Self.signatureLimit) signatures") }
            signatures.append(try NoteSignature(line))
        } while !lines.isAtEnd
        self.init(text: String(decoding: text.utf8.prefix(end), as: UTF8.self), signatures: signatures)
    }

    /// Index of the newline that is the last empty line; nil when there is none.
    private static func lastEmptyLine(of bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == UInt8(ascii: "\n") && bytes[$0 - 1] == UInt8(ascii: "\n") }
    }

    /// UTF-8 without control characters but newlines.
    static func checked(_ bytes: ArraySlice<UInt8>, firstLine: Int) throws(LedgerSyntaxError) -> String {
        guard bytes.count <= byteLimit else {
            throw LedgerSyntaxError(SourcePosition(line: firstLine, column: 1), "longer than \(byteLimit) bytes")
        }
        if let control = bytes.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
            let before = bytes[..<control]
            let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
            let line = TextLines.Line(bytes: bytes[start...], number: firstLine + before.count { $0 == UInt8(ascii: "\n") })
            throw line.failure("control characters are not allowed", at: control - start)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LedgerSyntaxError(SourcePosition(line: firstLine, column: 1), "the text is not UTF-8")
        }
        return text
    }
}

extension NoteSignature {
    /// Reads one signature line without its newline.
    init(_ line: TextLines.Line) throws(LedgerSyntaxError) {
        let dash = Array("— ".utf8)
        guard line.bytes.starts(with: dash) else { throw line.failure("expected a signature line that begins with \"— \"") }
        let rest = line.bytes.dropFirst(dash.count)
        guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let name = String(validating: rest[..<space], as: UTF8.self),
            VerifierKey.isName(name)
        else { throw line.failure("expected the name of a key and a space", at: dash.count) }
        guard let bytes = Base64.bytes(of: rest[(space + 1)...]), bytes.count > 4 else {
            throw line.failure("expected a signature in base64", at: space + 1 - line.bytes.startIndex)
        }
        self.init(
            name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }, signature: Array(bytes.dropFirst(4)))
    }

    /// Reads signature lines alone, such as the answer of a witness.
    public static func lines(parsing bytes: [UInt8]) throws(LedgerSyntaxError) -> [NoteSignature] {
        _ = try SignedNote.checked(bytes[...], firstLine: 1)
        var lines = TextLines(bytes[...])
        var signatures: [NoteSignature] = []
        repeat {
            let line = try lines.next("a signature")
            guard signatures.count < SignedNote.signatureLimit else {
                throw line.failure("more than \(SignedNote.signatureLimit) signatures")
            }
            signatures.append(try NoteSignature(line))
        } while !lines.isAtEnd
        return signatures
    }
}
