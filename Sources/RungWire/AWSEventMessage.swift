/// One message of `application/vnd.amazon.eventstream`.
public struct AWSEventMessage: Sendable, Equatable {
    /// The bytes as they came, checks included.
    public var bytes: [UInt8]
    /// Where the first of them stood in the stream.
    public var offset: Int
    /// In the order of the message; values that are not text are not kept.
    public var headers: [Header]
    public var payload: [UInt8]

    /// A header with a text.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The text of a header; nil where there is none.
    public subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// What kind of event it is, such as `contentBlockDelta`; of an exception, which.
    public var name: String? { self[":event-type"] ?? self[":exception-type"] ?? self[":error-code"] }

    /// Whether the service reports a failure in place of an event.
    public var isFailure: Bool { self[":message-type"].map { $0 != "event" } ?? false }

    /// The message with another payload: same headers, new length, new checks.
    public func bytes(replacingPayloadWith payload: [UInt8]) -> [UInt8] {
        let prelude = AWSEventStreamParser.preludeLength
        let headers = bytes[prelude..<(bytes.count - 4 - self.payload.count)]
        let total = prelude + headers.count + payload.count + 4
        var result: [UInt8] = []
        result.reserveCapacity(total)
        result += Self.bigEndian(UInt32(truncatingIfNeeded: total))
        result += Self.bigEndian(UInt32(truncatingIfNeeded: headers.count))
        result += Self.bigEndian(CRC32.of(result))
        result += headers
        result += payload
        return result + Self.bigEndian(CRC32.of(result))
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}
