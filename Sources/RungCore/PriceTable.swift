/// What models cost, as their providers published it: dated, with its source.
public struct PriceTable: Sendable, Equatable {
    public var entries: [Entry]

    /// What one model costs, in US dollars for a million tokens.
    public struct Entry: Sendable, Equatable {
        /// As requests name it, without the date of a snapshot.
        public var model: String
        public var input: Double
        public var output: Double
        /// Input that was read from a cache; nil: costs as other input does.
        public var cacheRead: Double?
        /// Input that was written to a cache; nil: costs as other input does.
        public var cacheWrite: Double?
        /// The day on which the price was seen, `2026-01-31`.
        public var seen: String
        /// Where it was seen.
        public var source: String

        public init(
            model: String, input: Double, output: Double, cacheRead: Double? = nil, cacheWrite: Double? = nil, seen: String, source: String
        ) {
            self.model = model
            self.input = input
            self.output = output
            self.cacheRead = cacheRead
            self.cacheWrite = cacheWrite
            self.seen = seen
            self.source = source
        }
    }

    /// Tokens of one answer, each counted once.
    public struct Tokens: Sendable, Equatable {
        /// Neither read from a cache nor written to one.
        public var input: Int
        public var cacheRead: Int
        public var cacheWrite: Int
        /// With what nobody but the model read.
        public var output: Int

        public init(input: Int, cacheRead: Int = 0, cacheWrite: Int = 0, output: Int) {
            self.input = input
            self.cacheRead = cacheRead
            self.cacheWrite = cacheWrite
            self.output = output
        }

        /// Everything that the model read.
        public var read: Int { input + cacheRead + cacheWrite }
    }

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// This table, with the entries of another in the place of its own for the same models.
    public func overridden(by other: PriceTable) -> PriceTable {
        let named = Set(other.entries.map(\.model))
        return PriceTable(entries.filter { !named.contains($0.model) } + other.entries)
    }

    /// The price of a model; a snapshot such as `…-2024-08-06`, `…-20250514` or `…-latest` costs what its model costs. Nil where nobody knows.
    public func entry(for model: String) -> Entry? {
        if let exact = entries.first(where: { $0.model == model }) { return exact }
        let base = Self.withoutSnapshot(model)
        return base == model ? nil : entries.first { $0.model == base }
    }

    /// US dollars; nil where the model has no price.
    public func cost(of tokens: Tokens, model: String) -> Double? {
        guard let entry = entry(for: model) else { return nil }
        let dollars =
            Double(tokens.input) * entry.input + Double(tokens.cacheRead) * (entry.cacheRead ?? entry.input)
            + Double(tokens.cacheWrite) * (entry.cacheWrite ?? entry.input) + Double(tokens.output) * entry.output
        return dollars / 1_000_000
    }

    /// A name without the date at its end.
    static func withoutSnapshot(_ model: String) -> String {
        for suffix in ["-latest", "-0"] where model.hasSuffix(suffix) { return String(model.dropLast(suffix.count)) }
        let parts = model.split(separator: "-", omittingEmptySubsequences: false)
        func isNumber(_ part: Substring, digits: Int) -> Bool {
            part.utf8.count == digits && part.utf8.allSatisfy { (48...57).contains($0) }
        }
        if let last = parts.last, isNumber(last, digits: 8) { return parts.dropLast().joined(separator: "-") }
        let date = parts.suffix(3)
        if date.count == 3, parts.count > 3, zip(date, [4, 2, 2]).allSatisfy({ isNumber($0, digits: $1) }) {
            return parts.dropLast(3).joined(separator: "-")
        }
        return model
    }
}
