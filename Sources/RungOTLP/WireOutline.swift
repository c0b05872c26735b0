/// Finds the first place where bytes are not the message that they should be.
///
/// The generated decoder only says that something is wrong; this walk, made after it has failed, says where.
struct WireOutline {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// The nested messages and texts of a message by field number; other fields are taken as they come.
    private indirect enum Field {
        case text
        case message(@Sendable (Int) -> Field?)
    }

    private static let maximumDepth = 100

    /// What is wrong with a request that could not be decoded, and where.
    static func explain(_ bytes: [UInt8], _ signal: OTLPReader.Signal) -> OTLPError {
        bytes.withUnsafeBufferPointer { buffer in
            var outline = WireOutline(bytes: buffer)
            do throws(OTLPError) {
                try outline.walk(to: buffer.count, signal == .traces ? traceRequest : logsRequest, depth: 0)
            } catch {
                return error
            }
            return OTLPError("the request is not a message of the OpenTelemetry protocol")
        }
    }

    private mutating func walk(to end: Int, _ field: (Int) -> Field?, depth: Int) throws(OTLPError) {
        guard depth < Self.maximumDepth else { throw failure("nested deeper than \(Self.maximumDepth) messages", at: index) }
        while index < end {
            let start = index
            let tag = try varint(end)
            guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw failure("there is no field number \(tag >> 3)", at: start) }
            switch tag & 7 {
            case 0: _ = try varint(end)
            case 1: try skip(8, end, start)
            case 5: try skip(4, end, start)
            case 2:
                let length = try varint(end)
                guard length <= UInt64(end - index) else {
                    throw failure("field \(tag >> 3) has \(length) bytes and only \(end - index) are left", at: start)
                }
                let stop = index + Int(length)
                switch field(Int(tag >> 3)) {
                case .message(let nested): try walk(to: stop, nested, depth: depth + 1)
                case .text:
                    guard String(validating: bytes[index..<stop], as: UTF8.self) != nil else {
                        throw failure("the text of field \(tag >> 3) is not UTF-8", at: index)
                    }
                    index = stop
                case nil: index = stop
                }
            default: throw failure("field \(tag >> 3) has the unknown wire type \(tag & 7)", at: start)
            }
        }
    }

    private mutating func varint(_ end: Int) throws(OTLPError) -> UInt64 {
        let start = index
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard index < end else { throw failure("the message ends within a number", at: start) }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw failure("a number has more than ten bytes", at: start)
    }

    private mutating func skip(_ count: Int, _ end: Int, _ start: Int) throws(OTLPError) {
        guard end - index >= count else { throw failure("the message ends within a number", at: start) }
        index += count
    }

    private func failure(_ message: String, at offset: Int) -> OTLPError {
        OTLPError("the request is not a message of the OpenTelemetry protocol: \(message)", offset: offset)
    }

    // MARK: - Where messages and texts are

    private static func message(_ field: @escaping @Sendable (Int) -> Field?) -> Field { .message(field) }

    @Sendable private static func traceRequest(_ number: Int) -> Field? { number == 1 ? message(resourceSpans) : nil }
    @Sendable private static func logsRequest(_ number: Int) -> Field? { number == 1 ? message(resourceLogs) : nil }

    @Sendable private static func resourceSpans(_ number: Int) -> Field? {
        switch number {
        case 1: message(resource)
        case 2: message { $0 == 1 ? message(scope) : $0 == 2 ? message(span) : $0 == 3 ? .text : nil }
        case 3: .text
        default: nil
        }
    }

    @Sendable private static func resourceLogs(_ number: Int) -> Field? {
        switch number {
        case 1: message(resource)
        case 2: message { $0 == 1 ? message(scope) : $0 == 2 ? message(logRecord) : $0 == 3 ? .text : nil }
        case 3: .text
        default: nil
        }
    }

    @Sendable private static func resource(_ number: Int) -> Field? { number == 1 ? message(keyValue) : nil }

    @Sendable private static func scope(_ number: Int) -> Field? {
        switch number {
        case 1, 2: .text
        case 3: message(keyValue)
        default: nil
        }
    }

    @Sendable private static func span(_ number: Int) -> Field? {
        switch number {
        case 3, 5: .text
        case 9: message(keyValue)
        case 11: message { $0 == 2 ? .text : $0 == 3 ? message(keyValue) : nil }
        case 13: message { $0 == 3 ? .text : $0 == 4 ? message(keyValue) : nil }
        case 15: message { $0 == 2 ? .text : nil }
        default: nil
        }
    }

    @Sendable private static func logRecord(_ number: Int) -> Field? {
        switch number {
        case 3, 12: .text
        case 5: message(anyValue)
        case 6: message(keyValue)
        default: nil
        }
    }

    @Sendable private static func keyValue(_ number: Int) -> Field? { number == 1 ? .text : number == 2 ? message(anyValue) : nil }

    @Sendable private static func anyValue(_ number: Int) -> Field? {
        switch number {
        case 1: .text
        case 5: message { $0 == 1 ? message(anyValue) : nil }
        case 6: message { $0 == 1 ? message(keyValue) : nil }
        default: nil
        }
    }
}
