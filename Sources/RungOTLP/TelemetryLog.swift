/// A log record or an event of its own, whatever encoding it came in.
public struct TelemetryLog: Sendable, Equatable {
    /// The name of the event; empty for a plain log line.
    public var eventName: String
    /// Nanoseconds since 1970: when it happened, or when it was seen; 0 when the sender said neither.
    public var nanoseconds: UInt64
    /// 32 hexadecimal digits in lower case; nil outside of a trace.
    public var traceID: String?
    /// 16 hexadecimal digits in lower case; nil outside of a span.
    public var spanID: String?
    public var body: TelemetryValue
    /// In the order of the source.
    public var attributes: [TelemetryAttribute]
    /// Attributes of the resource that sent it.
    public var resource: [TelemetryAttribute]

    public init(
        eventName: String, nanoseconds: UInt64, traceID: String? = nil, spanID: String? = nil, body: TelemetryValue = .empty,
        attributes: [TelemetryAttribute] = [], resource: [TelemetryAttribute] = []
    ) {
        self.eventName = eventName
        self.nanoseconds = nanoseconds
        self.traceID = traceID
        self.spanID = spanID
        self.body = body
        self.attributes = attributes
        self.resource = resource
    }
}
