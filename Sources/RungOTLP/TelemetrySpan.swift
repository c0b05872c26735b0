public import RungText

/// A span of a trace, whatever encoding it came in.
public struct TelemetrySpan: Sendable {
    /// 32 hexadecimal digits in lower case.
    public var traceID: String
    /// 16 hexadecimal digits in lower case.
    public var spanID: String
    /// Nil for the root of a trace.
    public var parentID: String?
    public var name: String
    /// Nanoseconds since 1970.
    public var startNanoseconds: UInt64
    public var endNanoseconds: UInt64
    /// In the order of the source.
    public var attributes: [JSONValue.Member]
    /// Attributes of the resource that sent it.
    public var resource: [JSONValue.Member]
    /// Whether its status is an error; nil when it was not set.
    public var isError: Bool?
    public var events: [Event]

    /// Something that happened within a span.
    public struct Event: Sendable {
        public var name: String
        public var nanoseconds: UInt64
        public var attributes: [JSONValue.Member]

        public init(name: String, nanoseconds: UInt64, attributes: [JSONValue.Member]) {
            self.name = name
            self.nanoseconds = nanoseconds
            self.attributes = attributes
        }
    }

    public init(
        traceID: String, spanID: String, parentID: String?, name: String, startNanoseconds: UInt64, endNanoseconds: UInt64,
        attributes: [JSONValue.Member], resource: [JSONValue.Member], isError: Bool?, events: [Event]
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.name = name
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.attributes = attributes
        self.resource = resource
        self.isError = isError
        self.events = events
    }
}
