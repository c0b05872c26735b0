/// How much one search may cost before it ends as `PatternError.limitExceeded`.
///
/// No pattern can raise its own limits, because verbs such as `(*LIMIT_MATCH=…)` are refused.
package struct PatternLimits: Sendable {
    /// Backtracking steps from one starting place in the text.
    package var steps: UInt32 = 1_000_000
    /// Nested backtracking points, where no machine code could be generated.
    package var depth: UInt32 = 250_000
    /// Memory for backtracking points in KiB, where no machine code could be generated.
    package var heapKiB: UInt32 = 65_536
    /// Processor time of the searching thread in milliseconds, over all starting places.
    ///
    /// Steps alone do not bound a search whose cost is quadratic in the text's length, as with `a+[bc]` on a million a's.
    package var processorMilliseconds: Int = 2_000

    /// The standard limits, to be changed one by one.
    package init() {}

    /// The limits of every pattern that names no others.
    package static let standard = PatternLimits()

    /// The stack in bytes that the generated machine code may grow to; a fixed part of each pooled workspace.
    static let stackBytes = 16 << 20
}
