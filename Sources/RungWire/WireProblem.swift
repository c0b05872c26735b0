/// Why bytes from the wire could not be read as what they claim to be. Never holds any of the bytes.
public struct WireProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// A lower-case fragment, such as `an event is longer than 16777216 bytes`.
    public var message: String
    /// Where in the stream, in bytes from its start.
    public var offset: Int

    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The message with the place.
    public var description: String { "\(message) (at byte \(offset))" }
}

/// Bounds of what is taken from the wire.
public enum WireLimits {
    /// Longest event, line or frame of a stream in bytes, where nobody sets another: 16 MiB.
    public static let eventBytes = 16 << 20
}
