/// One field of comma-separated values, and where it begins: at its quote where it has one.
public struct CSVField: Sendable, Equatable {
    public var text: String
    public var position: SourcePosition

    public init(text: String, position: SourcePosition) {
        self.text = text
        self.position = position
    }
}

/// Bytes that are no comma-separated values.
public struct CSVProblem: Error, Sendable, Equatable {
    public var position: SourcePosition
    /// A lower-case fragment.
    public var message: String
    /// The way out; nil where the message says it.
    public var suggestion: String?
}

/// Splits a stream of byte chunks into records of comma-separated values (RFC 4180); memory is bounded by the longest record allowed.
///
/// Lines end with CRLF or LF. Empty lines are passed over, and so is a byte order mark at the beginning.
public struct CSVScanner {
    /// Longest record in bytes before `push` throws.
    public let limit: Int
    private var state = State.fieldStart
    private var fields: [CSVField] = []
    private var bytes: [UInt8] = []
    /// Bytes of the record so far.
    private var length = 0
    private var line = 1
    private var column = 1
    private var start = SourcePosition.start
    private var isAtBeginning = true

    private enum State { case fieldStart, plain, quoted, quoteInQuoted, carriageReturn }

    public init(limit: Int = 1 << 20) { self.limit = limit }

    /// Calls `body` with each complete record; it has at least one field.
    ///
    /// - Throws: `CSVProblem`; after it no more can be read.
    public mutating func push(_ chunk: UnsafeRawBufferPointer, _ body: ([CSVField]) throws -> Void) throws {
        for byte in chunk { try take(byte, body) }
    }

    /// Calls `body` with the last record, where no line break ended it.
    public mutating func finish(_ body: ([CSVField]) throws -> Void) throws {
        switch state {
        case .quoted:
            throw CSVProblem(position: start, message: "the quote that opens here is never closed", suggestion: nil)
        case .carriageReturn: throw strayReturn
        case .fieldStart where fields.isEmpty: return
        default: try endRecord(body)
        }
    }

    private mutating func take(_ byte: UInt8, _ body: ([CSVField]) throws -> Void) throws {
        if state == .carriageReturn, byte != UInt8(ascii: "\n") { throw strayReturn }
        if state == .fieldStart { start = SourcePosition(line: line, column: column) }
        length += 1
        guard length <= limit else {
            throw CSVProblem(
                position: start, message: "the record is longer than \(limit) bytes", suggestion: "look for a quote that is never closed")
        }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _): bytes.append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            bytes.append(byte)
            state = .quoted
        case (_, UInt8(ascii: ",")): try endField()
        case (_, UInt8(ascii: "\r")): state = .carriageReturn
        case (.fieldStart, UInt8(ascii: "\n")) where fields.isEmpty, (.carriageReturn, UInt8(ascii: "\n")) where isEmptyRecord:
            state = .fieldStart
            length = 0
        case (_, UInt8(ascii: "\n")): try endRecord(body)
        case (.fieldStart, UInt8(ascii: "\"")): state = .quoted
        case (.quoteInQuoted, _):
            throw CSVProblem(
                position: SourcePosition(line: line, column: column), message: "text follows a closing quote",
                suggestion: "write a quote inside quotes twice")
        case (.plain, UInt8(ascii: "\"")):
            throw CSVProblem(
                position: SourcePosition(line: line, column: column), message: "a quote stands inside a field that does not begin with one",
                suggestion: "put the whole field in quotes, and write the quote inside it twice")
        default:
            bytes.append(byte)
            state = .plain
        }
        advance(over: byte)
        dropByteOrderMark()
    }

    /// A line with nothing in it, ended by CRLF.
    private var isEmptyRecord: Bool { fields.isEmpty && bytes.isEmpty && start == SourcePosition(line: line, column: column - 1) }

    private var strayReturn: CSVProblem {
        CSVProblem(
            position: SourcePosition(line: line, column: column - 1), message: "a carriage return does not end the line",
            suggestion: "end lines with LF or CRLF, and put a field with a line break in quotes")
    }

    /// Columns count Unicode scalars: bytes that continue one do not count.
    private mutating func advance(over byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }

    /// The mark is three bytes, with which a first field can only begin.
    private mutating func dropByteOrderMark() {
        guard isAtBeginning, length >= 3 || state != .plain else { return }
        isAtBeginning = false
        guard bytes == [0xEF, 0xBB, 0xBF] else { return }
        bytes = []
        state = .fieldStart
        (length, column) = (0, 1)
    }

    private mutating func endField() throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CSVProblem(position: start, message: "the field is not UTF-8", suggestion: "save the file as UTF-8")
        }
        fields.append(CSVField(text: text, position: start))
        bytes.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private mutating func endRecord(_ body: ([CSVField]) throws -> Void) throws {
        try endField()
        let record = fields
        fields.removeAll(keepingCapacity: true)
        length = 0
        try body(record)
    }
}
