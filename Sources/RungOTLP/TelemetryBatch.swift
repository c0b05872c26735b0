public import RungText

/// What one request held.
public struct TelemetryBatch: Sendable {
    /// In the order of the request.
    public var spans: [TelemetrySpan] = []
    /// In the order of the request.
    public var logs: [TelemetryLog] = []
    /// Spans and log records that break a rule of the protocol, each with the reason.
    public var refusals: [Refusal] = []
    /// Metrics in the request, which nothing here reads.
    public var metrics = 0

    public init() {}

    /// A span or log record that cannot be used, and why.
    public struct Refusal: Sendable, Equatable {
        /// A lower-case fragment, such as `a trace id is 32 hexadecimal digits, not all zero`.
        public var reason: String
        /// Where it stands; nil in the binary encoding.
        public var position: SourcePosition?
    }
}

/// Why a request could not be read; nothing of it is used.
public struct OTLPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A lower-case fragment.
    public var message: String
    /// Line and column in JSON.
    public var position: SourcePosition?
    /// Bytes before the problem in the binary encoding.
    public var offset: Int?

    public init(_ message: String, position: SourcePosition? = nil, offset: Int? = nil) {
        self.message = message
        self.position = position
        self.offset = offset
    }

    /// The place, then the message.
    public var description: String {
        if let position { return "\(position): \(message)" }
        if let offset { return "byte \(offset): \(message)" }
        return message
    }
}
