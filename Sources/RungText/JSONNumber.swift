/// A JSON number with its exact text, so that nothing is lost between reading and writing.
public struct JSONNumber: Sendable {
    /// The digits as they stood in the source; always a number by the JSON grammar.
    public let text: String

    package init(uncheckedText text: String) { self.text = text }

    public init(_ value: Int) { text = String(value) }

    /// The shortest text that reads back as `value`; nil for NaN and the infinities, which JSON does not have.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = CanonicalJSON.text(of: value)
    }

    /// The value as binary64; very long integers are rounded, very large ones are infinite.
    public var double: Double { Double(text) ?? .nan }

    /// The value as an integer, when it is written without a fraction or is integral, and fits.
    public var int: Int? {
        if let exact = Int(text) { return exact }
        let value = double
        guard value.rounded(.towardZero) == value, abs(value) < 9_007_199_254_740_992 else { return nil }
        return Int(value)
    }
}

extension JSONNumber: Hashable {
    /// Numbers are equal when their values are: `1`, `1.0` and `1e0` are the same number.
    public static func == (a: Self, b: Self) -> Bool {
        if a.text == b.text { return true }
        if let x = Int(a.text), let y = Int(b.text) { return x == y }
        return a.double == b.double
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(double) }
}
