public import RungCore
public import RungText

/// The section `privacy` of `rung.yaml`: what is redacted beyond the standard rules, what is kept, and for how long.
public struct PrivacySettings: Sendable, Equatable {
    /// A pattern of the organization's own.
    public struct CustomPattern: Sendable, Equatable {
        /// Stands in `[redacted:NAME]`.
        public var name: String
        /// A regular expression, as it was written.
        public var pattern: String
        public var file: String
        /// Where the name and the pattern stand.
        public var namePosition: SourcePosition
        public var patternPosition: SourcePosition
    }

    /// Whether telephone numbers are redacted.
    public var phones = false
    public var patterns: [CustomPattern] = []
    /// Texts that are no secret although a rule finds them; `*` stands for any text.
    public var allowed: [String] = []
    /// Attributes of telemetry that may be stored beyond the built-in ones.
    public var attributes = AttributeAllowList()
    /// Days that payloads are kept, by the risk tier of their agent; no entry: for ever.
    public var retention: [Agent.RiskTier: Int] = [:]

    /// The standard rules, nothing kept out of them, and no limit of time.
    public init() {}

    static let shape = ObjectShape(
        "Privacy", "What is taken out of evidence before it is stored, and how long the rest is kept.",
        [
            .optional(
                "allow", .texts, "Texts that are no secret although a rule finds them, such as *@example.com; * stands for any text."),
            .optional(
                "attributes", .texts,
                "Attributes of telemetry that may be stored beyond the built-in ones; a * at the end stands for any rest."),
            .optional(
                "patterns", .array(.object(pattern), atLeast: 0), "Regular expressions of what is redacted beyond the standard rules."),
            .optional("phones", .bool, "Whether telephone numbers are redacted; default false."),
            .optional("retention", .object(retention), "How long payloads are kept, by the risk tier of their agent."),
        ])

    private static let pattern = ObjectShape(
        "PrivacyPattern", "Something that is redacted.",
        [
            .required("name", .text, "What stands in its place: [redacted:NAME]; lower-case letters, digits and hyphens."),
            .required("pattern", .text, "Regular expression (PCRE2)."),
        ])

    private static let retention = ObjectShape(
        "Retention", "How long payloads are kept; a tier that is left out keeps them for ever.",
        Agent.RiskTier.allCases.reversed().map { tier in
            .optional(tier.rawValue, .text, "For agents of \(tier.rawValue) risk, in days, such as 400d.")
        })

    /// Reads the section; problems go to `diagnostics`.
    static func read(_ node: Node, file: String, into diagnostics: inout Diagnostics) -> PrivacySettings {
        var settings = PrivacySettings()
        settings.phones = node["phones"]?.bool ?? false
        settings.allowed = node["allow"]?.strings ?? []
        settings.attributes = AttributeAllowList(adding: node["attributes"]?.strings ?? [])
        settings.patterns = (node["patterns"]?.array ?? []).compactMap { entry in
            guard let name = entry["name"], let text = name.string, let pattern = entry["pattern"], let source = pattern.string else {
                return nil
            }
            return CustomPattern(
                name: text, pattern: source, file: file, namePosition: name.position, patternPosition: pattern.position)
        }
        var names = FirstUses(what: "pattern")
        for pattern in settings.patterns { names.note(pattern.name, file: file, at: pattern.namePosition, into: &diagnostics) }
        for tier in Agent.RiskTier.allCases {
            guard let value = node["retention"]?[tier.rawValue], let text = value.string else { continue }
            if let days = days(text) {
                settings.retention[tier] = days
            } else {
                diagnostics.append(
                    Diagnostic(
                        file, value.position, "\"\(tier.rawValue)\" must be a number of days from 1d to 36500d, found \"\(text)\"",
                        suggestion: "write the days with a d, such as 400d"))
            }
        }
        return settings
    }

    private static func days(_ text: String) -> Int? {
        guard text.hasSuffix("d"), text.utf8.count <= 6, text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
            let days = Int(text.dropLast()), (1...36_500).contains(days)
        else { return nil }
        return days
    }
}
