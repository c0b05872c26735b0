#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Walks a JSON file whose top level is one object, without ever holding more than one piece of it.
///
/// Arrays under the chosen keys are handed out element by element, every other member as a whole. Memory is bounded
/// by the largest single piece; positions in the pieces are those of the file.
public struct JSONDocumentScanner {
    /// A piece of the document, in the order of the file.
    public enum Item {
        /// A member that is handed out as a whole.
        case member(key: String, position: SourcePosition, value: Node)
        /// One element of an array under a chosen key.
        case element(key: String, index: Int, value: Node)
    }

    /// Largest piece in bytes; a longer one is refused.
    static let maximumPiece = 64 << 20

    private let file: String
    private var source: ByteWindow
    private var position = SourcePosition.start

    /// Reads the file at `path` once, from beginning to end.
    ///
    /// - Parameters:
    ///   - path: the file as the user would type it; messages name it.
    ///   - keys: the members whose arrays are handed out element by element.
    ///   - chunk: bytes to read at once.
    ///   - body: called for each piece; what it throws ends the walk.
    /// - Throws: `InvalidInput` with a position for the first thing that is not JSON, or when the file cannot be read.
    public static func walk(
        path: String, elementsOf keys: Set<String>, chunk: Int = 256 << 10, _ body: (Item) throws -> Void
    ) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw InvalidInput(path, nil, ReadFailure(code: errno).message)
        }
        defer { close(descriptor) }
        var scanner = JSONDocumentScanner(file: path, source: ByteWindow(descriptor: descriptor, chunk: max(1, chunk)))
        do {
            try scanner.document(keys, body)
        } catch let error as JSONSyntaxError {
            throw InvalidInput(path, error.position, "not valid JSON: \(error.message)")
        } catch let error as ReadFailure {
            throw InvalidInput(path, nil, error.message)
        }
    }

    private mutating func document(_ keys: Set<String>, _ body: (Item) throws -> Void) throws {
        try skipByteOrderMark()
        try skipSpace()
        guard try source.peek() == UInt8(ascii: "{") else { throw try wholeValueInstead() }
        advance(1)
        try skipSpace()
        var seen: Set<[UInt8]> = []
        if try source.peek() == UInt8(ascii: "}") { return try end() }
        while true {
            guard try source.peek() == UInt8(ascii: "\"") else { throw try unexpected("a key in double quotes") }
            let keyPosition = position
            guard let key = try piece().string else { throw try unexpected("a key in double quotes") }
            guard seen.insert(Array(key.utf8)).inserted else {
                throw JSONSyntaxError(position: keyPosition, message: "duplicate key \"\(key)\"")
            }
            try skipSpace()
            guard try source.peek() == UInt8(ascii: ":") else { throw try unexpected("\":\" after the key") }
            advance(1)
            try skipSpace()
            if keys.contains(key), try source.peek() == UInt8(ascii: "[") {
                try elements(of: key, body)
            } else {
                try body(.member(key: key, position: keyPosition, value: try piece()))
            }
            try skipSpace()
            switch try source.peek() {
            case UInt8(ascii: ","):
                advance(1)
                try skipSpace()
            case UInt8(ascii: "}"): return try end()
            default: throw try unexpected("\",\" or \"}\"")
            }
        }
    }

    private mutating func elements(of key: String, _ body: (Item) throws -> Void) throws {
        advance(1)
        try skipSpace()
        var index = 0
        if try source.peek() == UInt8(ascii: "]") { return advance(1) }
        while true {
            try body(.element(key: key, index: index, value: try piece()))
            index += 1
            try skipSpace()
            switch try source.peek() {
            case UInt8(ascii: ","):
                advance(1)
                try skipSpace()
            case UInt8(ascii: "]"): return advance(1)
            default: throw try unexpected("\",\" or \"]\"")
            }
        }
    }

    /// After the closing brace only white space may follow.
    private mutating func end() throws {
        advance(1)
        try skipSpace()
        guard try source.peek() == nil else {
            throw JSONSyntaxError(position: position, message: "unexpected text after the end of the value")
        }
    }

    /// The top level is something else: what is wrong with it as JSON, or that it is no object.
    private mutating func wholeValueInstead() throws -> any Error {
        let start = position
        let value = try piece()
        return InvalidInput(file, start, "the document must be an object, found \(value.kindName)")
    }

    // MARK: - Pieces

    /// Reads the value that starts here with the strict reader.
    private mutating func piece() throws -> Node {
        var extent = ValueExtent()
        var length = 0
        while true {
            guard length <= Self.maximumPiece else {
                throw JSONSyntaxError(position: position, message: "a value has more than \(Self.maximumPiece) bytes")
            }
            let available = try source.available(beyond: length)
            if available == length { break }
            let found = source.withBytes { extent.end(in: $0, from: length) }
            if let found {
                length = found
                break
            }
            length = available
        }
        guard try length > 0 || source.peek() == nil else { throw try unexpected("a value") }
        let start = position
        let node = try source.withBytes { bytes throws(JSONSyntaxError) in
            try JSONReader.read(UnsafeBufferPointer(rebasing: bytes[..<length]), at: start)
        }
        advance(length)
        return node
    }

    private mutating func unexpected(_ expectation: String) throws -> JSONSyntaxError {
        guard let byte = try source.peek() else {
            return JSONSyntaxError(position: position, message: "expected \(expectation), found the end of the text")
        }
        let isPlain = byte > 0x20 && byte < 0x7F
        let found = isPlain ? "\"\(Character(Unicode.Scalar(byte)))\"" : "something else"
        return JSONSyntaxError(position: position, message: "expected \(expectation), found \(found)")
    }

    private mutating func skipByteOrderMark() throws {
        guard try source.available(beyond: 2) >= 3 else { return }
        if source.withBytes({ $0[0] == 0xEF && $0[1] == 0xBB && $0[2] == 0xBF }) { source.drop(3) }
    }

    private mutating func skipSpace() throws {
        while let byte = try source.peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { advance(1) }
    }

    /// Moves on by `count` bytes and keeps line and column.
    private mutating func advance(_ count: Int) {
        position = source.withBytes { bytes in
            var line = Int(position.line)
            var column = Int(position.column)
            for byte in bytes[..<count] {
                if byte == 0x0A {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
            return SourcePosition(line: line, column: column)
        }
        source.drop(count)
    }
}

/// Finds where a value ends by counting brackets outside strings; the strict reader checks the rest.
private struct ValueExtent {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// The index just after the value; nil when it goes on beyond `bytes`. `start` bytes were seen before.
    mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        for index in start..<bytes.count {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                    if depth == 0 { return index + 1 }
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return index }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }
}
