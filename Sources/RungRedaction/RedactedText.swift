/// A text with everything secret in it replaced, and what was replaced.
public struct RedactedText: Sendable, Equatable {
    public var text: String
    /// How often each rule matched, by the rule's name; empty when nothing was found.
    public var counts: [String: Int]

    public init(text: String, counts: [String: Int] = [:]) {
        self.text = text
        self.counts = counts
    }
}
