/// A user-supplied regular expression (PCRE2) that cannot lock up: every search ends within `PatternLimits`.
///
/// Texts and patterns are Unicode: `.` is a scalar, `\w` and `\d` know every script. `\C` and verbs at the pattern's start,
/// such as `(*LIMIT_MATCH=…)` or `(*UTF)`, are refused. A pattern may be used from several threads at once.
public struct Pattern: Sendable {
    /// How letters, lines and dots are read; the pattern may change them inside, as with `(?i)`.
    public struct Options: OptionSet, Sendable, Hashable {
        /// The set as bits, one for each option.
        public let rawValue: UInt8

        /// A set from its bits; unknown bits have no meaning.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Letters match in either case, by Unicode's simple case folding.
        public static let caseInsensitive = Options(rawValue: 1 << 0)
        /// `^` and `$` also match at the start and end of each line; a line ends with a line feed.
        public static let multiline = Options(rawValue: 1 << 1)
        /// `.` also matches a line feed.
        public static let dotMatchesNewline = Options(rawValue: 1 << 2)
    }

    /// Where a pattern matched, and what its groups captured.
    public struct Match: Sendable, Equatable {
        /// The matched part of the text as offsets into its UTF-8 bytes; empty for an empty match.
        public var range: Range<Int>
        /// The matched part of the text.
        public var text: String
        /// One entry for each group in order of its opening parenthesis; nil where the group took no part in the match.
        public var groups: [String?]

        /// A match from its parts; nothing is checked.
        package init(range: Range<Int>, text: String, groups: [String?]) {
            self.range = range
            self.text = text
            self.groups = groups
        }
    }

    /// The pattern as it was written.
    public let source: String
    private let compiled: CompiledPattern
    private let limits: PatternLimits

    /// Compiles a pattern, to machine code where the processor allows it.
    ///
    /// - Throws: `PatternError.invalid` with the place of the first mistake.
    public init(_ source: String, options: Options = []) throws(PatternError) {
        try self.init(source, options: options, limits: .standard)
    }

    /// Compiles a pattern whose searches have limits of their own.
    ///
    /// - Throws: `PatternError.invalid` with the place of the first mistake.
    package init(_ source: String, options: Options = [], limits: PatternLimits) throws(PatternError) {
        self.source = source
        self.limits = limits
        compiled = try CompiledPattern(source, options: options)
    }

    /// The leftmost match in a text, or nil when there is none.
    ///
    /// - Throws: `PatternError.limitExceeded` when the search became too expensive.
    public func firstMatch(in text: String) throws(PatternError) -> Match? {
        try compiled.firstMatch(in: text, limits: limits)
    }

    /// Where the pattern matches from left to right, as offsets into the text's UTF-8 bytes; empty matches are left out.
    ///
    /// - Parameter limit: how many at most; the last one then reaches to the text's end, so that nothing is missed.
    /// - Throws: `PatternError.limitExceeded` when the search became too expensive.
    package func ranges(in text: String, limit: Int) throws(PatternError) -> [Range<Int>] {
        try compiled.ranges(in: text, limits: limits, atMost: limit)
    }
}
