/// A span of a trace, whatever encoding it came in.
public struct TelemetrySpan: Sendable, Equatable {
    /// 32 hexadecimal digits in lower case, not all zero.
    public var traceID: String
    /// 16 hexadecimal digits in lower case, not all zero.
    public var spanID: String
    /// Nil for the root of a trace.
    public var parentID: String?
    /// Whether the parent ran in another process, as far as the sender said.
    public var hasRemoteParent: Bool
    public var name: String
    /// Nanoseconds since 1970.
    public var startNanoseconds: UInt64
    /// Nanoseconds since 1970; 0 when the sender did not say.
    public var endNanoseconds: UInt64
    /// In the order of the source.
    public var attributes: [TelemetryAttribute]
    /// Attributes of the resource that sent it.
    public var resource: [TelemetryAttribute]
    /// Whether its status is an error; nil when it was not set.
    public var isError: Bool?
    public var events: [Event]

    /// Something that happened within a span.
    public struct Event: Sendable, Equatable {
        public var name: String
        /// Nanoseconds since 1970.
        public var nanoseconds: UInt64
        public var attributes: [TelemetryAttribute]

        public init(name: String, nanoseconds: UInt64, attributes: [TelemetryAttribute]) {
            self.name = name
            self.nanoseconds = nanoseconds
            self.attributes = attributes
        }
    }

    public init(
        traceID: String, spanID: String, parentID: String? = nil, hasRemoteParent: Bool = false, name: String,
        startNanoseconds: UInt64, endNanoseconds: UInt64, attributes: [TelemetryAttribute] = [], resource: [TelemetryAttribute] = [],
        isError: Bool? = nil, events: [Event] = []
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.hasRemoteParent = hasRemoteParent
        self.name = name
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.attributes = attributes
        self.resource = resource
        self.isError = isError
        self.events = events
    }
}
