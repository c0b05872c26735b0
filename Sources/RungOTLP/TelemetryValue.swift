/// A named value of a span, an event, a log record or a resource.
public struct TelemetryAttribute: Sendable, Equatable {
    public var key: String
    public var value: TelemetryValue

    public init(_ key: String, _ value: TelemetryValue) {
        self.key = key
        self.value = value
    }
}

/// What an attribute holds.
public indirect enum TelemetryValue: Sendable, Equatable {
    /// The sender named the attribute and gave no value.
    case empty
    case string(String)
    case bool(Bool)
    case int(Int64)
    /// May be NaN or infinite.
    case double(Double)
    /// Raw bytes; only their number is kept.
    case bytes(count: Int)
    case array([TelemetryValue])
    case map([TelemetryAttribute])
}

extension TelemetryValue {
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    public var array: [TelemetryValue]? { if case .array(let items) = self { items } else { nil } }
    public var map: [TelemetryAttribute]? { if case .map(let members) = self { members } else { nil } }

    /// A number of either kind; whole numbers beyond 2⁵³ are rounded.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}

extension [TelemetryAttribute] {
    /// The value of the first attribute with this key.
    public subscript(key: String) -> TelemetryValue? { first { $0.key == key }?.value }
}
