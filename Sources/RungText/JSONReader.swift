#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    public var position: SourcePosition
    public var message: String

    /// The message without words of the document: for documents whose keys may be secrets.
    public var plainMessage: String { message.hasPrefix("duplicate key ") ? "duplicate key" : message }
}

/// A strict JSON reader over raw UTF-8: no comments, no trailing commas, no duplicate keys, no NaN.
///
/// One pass, no backtracking; depth is limited to 128 so that hostile input cannot exhaust the stack.
public struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var line: Int
    /// Index at which the column would be 0 + 1; moved back by every continuation byte, so columns count scalars.
    private var lineStart = 0
    private var depth = 0

    static let maximumDepth = 128

    private init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) {
        self.bytes = bytes
        self.line = line
    }

    /// Reads one value that fills the whole text; white space around it is allowed.
    ///
    /// - Parameter line: the number of the text's first line, for texts that are lines of a larger file.
    /// - Throws: `JSONSyntaxError` with the position of the first problem.
    public static func read(_ bytes: UnsafeBufferPointer<UInt8>, line: Int = 1) throws(JSONSyntaxError) -> Node {
        var reader = JSONReader(bytes, line: line)
        reader.skipByteOrderMark()
        reader.skipSpace()
        let node = try reader.value()
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.failure("unexpected text after the end of the value") }
        return node
    }

    /// Reads one value that is a part of a larger text and starts at `position` of it.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: SourcePosition) throws(JSONSyntaxError) -> Node {
        var reader = JSONReader(bytes, line: Int(position.line))
        reader.lineStart = 1 - Int(position.column)
        let node = try reader.value()
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.failure("unexpected text after the end of the value") }
        return node
    }

    public static func read(_ bytes: [UInt8], line: Int = 1) throws(JSONSyntaxError) -> Node {
        var result: Result<Node, JSONSyntaxError>?
        bytes.withUnsafeBufferPointer { buffer in
            result = Result { () throws(JSONSyntaxError) in try read(buffer, line: line) }
        }
        guard let result else { preconditionFailure("the closure runs exactly once") }
        return try result.get()
    }

    public static func read(_ text: String, line: Int = 1) throws(JSONSyntaxError) -> Node {
        try read(Array(text.utf8), line: line)
    }

    // MARK: - Grammar

    private mutating func value() throws(JSONSyntaxError) -> Node {
        guard index < bytes.count else { throw failure("expected a value, found the end of the text") }
        let position = here
        switch bytes[index] {
        case UInt8(ascii: "{"): return Node(.object(try object()), at: position)
        case UInt8(ascii: "["): return Node(.array(try array()), at: position)
        case UInt8(ascii: "\""): return Node(.string(try string()), at: position)
        case UInt8(ascii: "t"):
            try word("true")
            return Node(.bool(true), at: position)
        case UInt8(ascii: "f"):
            try word("false")
            return Node(.bool(false), at: position)
        case UInt8(ascii: "n"):
            try word("null")
            return Node(.null, at: position)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return Node(.number(try number()), at: position)
        default: throw failure("expected a value, found \(found)")
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> [Node.Member] {
        try descend()
        defer { depth -= 1 }
        index += 1
        skipSpace()
        var members: [Node.Member] = []
        if take(UInt8(ascii: "}")) { return members }
        members.reserveCapacity(4)
        var keys = KeySet()
        while true {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw failure("expected a key in double quotes, found \(found)")
            }
            let position = here
            let key = try string()
            guard keys.insert(key, after: members) else {
                throw JSONSyntaxError(position: position, message: "duplicate key \"\(key)\"")
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("expected \":\" after the key, found \(found)") }
            skipSpace()
            members.append(Node.Member(key: key, position: position, value: try value()))
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
                continue
            }
            if take(UInt8(ascii: "}")) { return members }
            throw failure("expected \",\" or \"}\", found \(found)")
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> [Node] {
        try descend()
        defer { depth -= 1 }
        index += 1
        skipSpace()
        var items: [Node] = []
        if take(UInt8(ascii: "]")) { return items }
        while true {
            items.append(try value())
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
                continue
            }
            if take(UInt8(ascii: "]")) { return items }
            throw failure("expected \",\" or \"]\", found \(found)")
        }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let open = here
        index += 1
        let start = index
        skipPlainText()
        var wide = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let text = try text(from: start, to: index, open: open)
                index += 1
                lineStart += wide
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start, open: open, wide: wide) }
            if byte < 0x20 { throw controlCharacter(byte, after: wide) }
            if byte & 0xC0 == 0x80 { wide += 1 }
            index += 1
        }
        throw JSONSyntaxError(position: open, message: "string is not closed")
    }

    private mutating func escapedString(from start: Int, open: SourcePosition, wide before: Int) throws(JSONSyntaxError) -> String {
        var buffer = Array(bytes[start..<index])
        lineStart += before
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let text = String(validating: buffer, as: UTF8.self) else {
                    throw JSONSyntaxError(position: open, message: "string is not valid UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &buffer)
            case 0..<0x20: throw controlCharacter(byte, after: 0)
            default:
                if byte & 0xC0 == 0x80 { lineStart += 1 }
                buffer.append(byte)
                index += 1
            }
        }
        throw JSONSyntaxError(position: open, message: "string is not closed")
    }

    /// Reads one escape; errors point at its backslash.
    private mutating func escape(into buffer: inout [UInt8]) throws(JSONSyntaxError) {
        let start = here
        index += 1
        guard index < bytes.count else { return }
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            index += 1
            return buffer.append(contentsOf: Character(try unicodeEscape(from: start)).utf8)
        default:
            throw JSONSyntaxError(position: start, message: "unknown escape: a backslash before \(found)")
        }
        index += 1
    }

    private mutating func unicodeEscape(from start: SourcePosition) throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexQuad(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let lone = JSONSyntaxError(position: start, message: "lone surrogate in a string")
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw lone }
        let second = try hexQuad(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw lone }
        return scalar
    }

    private mutating func hexQuad(from start: SourcePosition) throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw JSONSyntaxError(position: start, message: "expected four hexadecimal digits after \"\\u\"")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if index < bytes.count, Self.isDigit(bytes[index]) { throw failure("numbers have no leading zero") }
        } else if digits() == 0 {
            throw failure("expected a digit, found \(found)")
        }
        if take(UInt8(ascii: ".")), digits() == 0 { throw failure("expected a digit after \".\", found \(found)") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw failure("expected a digit in the exponent, found \(found)") }
        }
        guard index - start <= 1_000 else { throw failure("number has more than 1,000 characters") }
        return JSONNumber(uncheckedText: String(decoding: bytes[start..<index], as: UTF8.self))
    }

    // MARK: - Characters

    @inline(__always)
    private var here: SourcePosition { SourcePosition(line: line, column: index - lineStart + 1) }

    private mutating func controlCharacter(_ byte: UInt8, after wide: Int) -> JSONSyntaxError {
        lineStart += wide
        return failure("control character \(Self.hex(byte)) inside a string; write it as an escape")
    }

    private func failure(_ message: String) -> JSONSyntaxError { JSONSyntaxError(position: here, message: message) }

    /// The next character as a reader sees it.
    private var found: String {
        guard index < bytes.count else { return "the end of the text" }
        let byte = bytes[index]
        if byte < 0x20 || byte == 0x7F { return "control character \(Self.hex(byte))" }
        if byte < 0x80 { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        return "a character outside ASCII"
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: 4 - text.count) + text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
        return index - start
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func word(_ text: StaticString) throws(JSONSyntaxError) {
        let length = text.utf8CodeUnitCount
        guard index + length <= bytes.count, let base = bytes.baseAddress,
            memcmp(base + index, text.utf8Start, length) == 0
        else { throw failure("expected \(text), found something else") }
        index += length
    }

    @inline(__always)
    private mutating func skipSpace() {
        if index < bytes.count, bytes[index] <= 0x20 { skipSpaces() }
    }

    private mutating func skipSpaces() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0D: index += 1
            case 0x0A:
                index += 1
                line += 1
                lineStart = index
            default: return
            }
        }
    }

    /// Skips eight bytes at a time while all of them are ASCII, printable, and neither a quote nor a backslash.
    @inline(__always)
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let control = word &- ones &* 0x20
            let quote = (word ^ ones &* 0x22) &- ones
            let backslash = (word ^ ones &* 0x5C) &- ones
            // A high bit marks a byte to look at; below the first such byte no subtraction borrows, so none is missed.
            guard (word | control | quote | backslash) & (ones &* 0x80) == 0 else { return }
            index += 8
        }
    }

    private mutating func skipByteOrderMark() {
        guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return }
        index = 3
        lineStart = 3
    }

    private mutating func descend() throws(JSONSyntaxError) {
        guard depth < Self.maximumDepth else { throw failure("nested deeper than \(Self.maximumDepth) levels") }
        depth += 1
    }

    @inline(__always)
    private func text(from start: Int, to end: Int, open: SourcePosition) throws(JSONSyntaxError) -> String {
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if slice.allSatisfy({ $0 < 0x80 }) { return String(decoding: slice, as: UTF8.self) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONSyntaxError(position: open, message: "string is not valid UTF-8")
        }
        return text
    }
}

/// The keys of one object: linear while it is small, hashed once it grows, so that a hostile object stays cheap.
private struct KeySet {
    private var hashed: Set<Key> = []

    /// False when `key` is one of `members` already, code unit for code unit.
    mutating func insert(_ key: String, after members: [Node.Member]) -> Bool {
        if members.count < 24 { return !members.contains { $0.key.isExactly(key) } }
        if hashed.isEmpty { hashed = Set(members.map { Key(text: $0.key) }) }
        return hashed.insert(Key(text: key)).inserted
    }

    private struct Key: Hashable {
        let text: String

        static func == (a: Key, b: Key) -> Bool { a.text.isExactly(b.text) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
