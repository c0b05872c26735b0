public import RungPattern

/// What an organization wants redacted beyond the standard rules, and what not.
public struct RedactionPolicy: Sendable {
    /// A pattern of the organization's own.
    public struct CustomPattern: Sendable {
        /// Stands in `[redacted:NAME]`: lower-case letters, digits and hyphens.
        public var name: String
        public var pattern: Pattern

        /// A pattern under a name.
        ///
        /// - Precondition: the name is right, see `isName`.
        public init(name: String, pattern: Pattern) {
            precondition(Self.isName(name), "a rule is named by lower-case letters, digits and hyphens")
            self.name = name
            self.pattern = pattern
        }

        /// Lower-case letters, digits and hyphens, a letter first, at most 40; not the name of a built-in rule.
        public static func isName(_ name: String) -> Bool {
            guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= 40, RedactionRule(rawValue: name) == nil
            else { return false }
            return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 0x2D }
        }
    }

    /// Whether telephone numbers are redacted too; they are easily mistaken, so only on request.
    public var phones: Bool
    /// The organization's own patterns.
    public var patterns: [CustomPattern]
    /// Texts that are no secret although a rule finds them; `*` stands for any text. Compared without regard to case.
    public var allowed: [String]

    /// The standard rules, and what is added to them.
    public init(phones: Bool = false, patterns: [CustomPattern] = [], allowed: [String] = []) {
        self.phones = phones
        self.patterns = patterns
        self.allowed = allowed
    }
}
