import RungCrypto
public import RungText

/// Why a text is not what it should be: a note, a checkpoint, a key, a proof.
public struct LedgerSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    public var position: SourcePosition
    /// A lower-case fragment.
    public var message: String

    public init(_ position: SourcePosition, _ message: String) {
        self.position = position
        self.message = message
    }

    public var description: String { "\(position): \(message)" }
}

/// Reads a text line by line; every line must end with a newline.
struct TextLines {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    /// Number of the next line.
    private(set) var number: Int

    /// One line without its newline.
    struct Line {
        var bytes: ArraySlice<UInt8>
        var number: Int

        /// The position of a byte of the line; columns count characters, as far as the bytes are UTF-8.
        func position(_ offset: Int = 0) -> SourcePosition {
            let column = bytes.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
            return SourcePosition(line: number, column: column)
        }

        func failure(_ message: String, at offset: Int = 0) -> LedgerSyntaxError { LedgerSyntaxError(position(offset), message) }
    }

    init(_ bytes: ArraySlice<UInt8>, firstLine: Int = 1) {
        self.bytes = bytes
        index = bytes.startIndex
        number = firstLine
    }

    var isAtEnd: Bool { index == bytes.endIndex }
    /// What has not been read yet.
    var rest: ArraySlice<UInt8> { bytes[index...] }

    /// The next line; fails at the end of the text, where `expected` should stand, and for a line without its newline.
    mutating func next(_ expected: String) throws(LedgerSyntaxError) -> Line {
        guard !isAtEnd else {
            throw LedgerSyntaxError(SourcePosition(line: number, column: 1), "the text ends here, expected \(expected)")
        }
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else {
            let line = Line(bytes: bytes[index...], number: number)
            throw line.failure("the last line has no newline; the text was cut off", at: line.bytes.count)
        }
        let line = Line(bytes: bytes[index..<end], number: number)
        index = end + 1
        number += 1
        return line
    }
}

extension TextLines.Line {
    /// A whole number without sign and without leading zeros, after `prefix`.
    func decimal(after prefix: Int = 0, _ name: String) throws(LedgerSyntaxError) -> Int {
        let digits = bytes.dropFirst(prefix)
        let isPlain = !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) } && (digits.count == 1 || digits.first != 48)
        guard isPlain, let value = Int(String(decoding: digits, as: UTF8.self)) else {
            throw failure("\(name) must be a whole number without leading zeros", at: prefix)
        }
        return value
    }

    /// A hash in base64 that fills the line.
    func digest(_ name: String) throws(LedgerSyntaxError) -> Digest {
        guard let bytes = Base64.bytes(of: bytes), bytes.count == 32 else {
            throw failure("\(name) must be 32 bytes in base64")
        }
        return Digest(bytes: bytes)
    }
}

extension Digest {
    /// The bytes in base64, as checkpoints and proofs write them.
    var base64: String { Base64.text(of: bytes) }
}
