/// Finds secrets and personal data in texts and puts `[redacted:RULE]` in their place.
///
/// A value without state: the same text always gives the same answer, from any number of threads. What has been redacted
/// stays as it is when it is redacted again.
public struct Redactor: Sendable {
    /// What is looked for beyond the standard rules, and what is left alone.
    public let policy: RedactionPolicy
    private let allowed: [AllowedText]

    /// The standard rules alone.
    public static let standard = Redactor()

    /// A redactor by an organization's policy.
    public init(_ policy: RedactionPolicy = RedactionPolicy()) {
        self.policy = policy
        allowed = policy.allowed.map { AllowedText($0) }
    }

    /// How much of what is found is replaced.
    public enum Depth: Sendable {
        /// Everything: texts that people or models wrote.
        case prose
        /// Only secrets that give themselves away by their form: ids and names, which must stay what they are.
        case names
    }

    /// The text with everything secret replaced.
    public func redact(_ text: String, _ depth: Depth = .prose) -> RedactedText {
        var counts: [String: Int] = [:]
        let redacted = redact(text, depth, &counts)
        return RedactedText(text: redacted ?? text, counts: counts)
    }

    /// The text with everything secret replaced, or nil when there is nothing; adds to `counts`.
    public func redact(_ text: String, _ depth: Depth = .prose, _ counts: inout [String: Int]) -> String? {
        if policy.patterns.isEmpty || depth == .names {
            let isClean = text.utf8.withContiguousStorageIfAvailable { Scan($0, scope(depth)).findings().isEmpty }
            if isClean == true { return nil }
        }
        var text = text
        let replacements = text.withUTF8 { self.replacements(in: $0, depth) }
        guard !replacements.isEmpty else { return nil }
        return text.withUTF8 { Self.apply(replacements, to: $0, &counts) }
    }

    /// Whether nothing in these bytes of UTF-8 would be replaced.
    public func isClean(_ bytes: UnsafeBufferPointer<UInt8>, _ depth: Depth = .prose) -> Bool {
        guard policy.patterns.isEmpty || depth == .names, allowed.isEmpty else { return replacements(in: bytes, depth).isEmpty }
        return Scan(bytes, scope(depth)).findings().isEmpty
    }

    /// A JSON text with every string in it redacted; stays JSON. In prose, values of secret names go as a whole.
    public func redactJSON(_ text: String, _ depth: Depth = .prose) -> RedactedText {
        var counts: [String: Int] = [:]
        let redacted = redactJSON(text, depth, &counts)
        return RedactedText(text: redacted ?? text, counts: counts)
    }

    /// A JSON text with every string in it redacted, or nil when there is nothing to redact; adds to `counts`.
    public func redactJSON(_ text: String, _ depth: Depth = .prose, _ counts: inout [String: Int]) -> String? {
        var text = text
        let replacements = text.withUTF8 { bytes in
            var walk = JSONWalk(bytes, self, depth)
            return walk.replacements()
        }
        guard !replacements.isEmpty else { return nil }
        return text.withUTF8 { Self.apply(replacements, to: $0, &counts) }
    }

    // MARK: - Replacements

    /// A range of bytes, and what takes its place.
    struct Replacement {
        var range: Range<Int>
        /// The rule's name.
        var name: String
        /// Quotes are needed around it, because it takes the place of a JSON number.
        var isQuoted = false
    }

    /// What is to be replaced, in order, without overlaps.
    func replacements(in bytes: UnsafeBufferPointer<UInt8>, _ depth: Depth) -> [Replacement] {
        let scan = Scan(bytes, scope(depth))
        var all = scan.findings().map { Replacement(range: $0.range, name: $0.rule.rawValue) }
        if case .prose = depth, !policy.patterns.isEmpty { all = merged(all, patternMatches(in: bytes)) }
        return keepingAllowed(all, in: bytes)
    }

    /// Without what the allow list names.
    func keepingAllowed(_ all: [Replacement], in bytes: UnsafeBufferPointer<UInt8>) -> [Replacement] {
        guard !all.isEmpty, !allowed.isEmpty else { return all }
        return all.filter { found in !allowed.contains { $0.matches(bytes[found.range]) } }
    }

    func scope(_ depth: Depth) -> Scan.Scope {
        if case .names = depth { return Scan.Scope(isProse: false, phones: false) }
        return Scan.Scope(isProse: true, phones: policy.phones)
    }

    private static func apply(
        _ replacements: [Replacement], to bytes: UnsafeBufferPointer<UInt8>, _ counts: inout [String: Int]
    ) -> String {
        String(decoding: redacted(bytes, replacements, &counts), as: UTF8.self)
    }

    /// The bytes with the replacements in their places.
    static func redacted(
        _ bytes: UnsafeBufferPointer<UInt8>, _ replacements: [Replacement], _ counts: inout [String: Int]
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var done = 0
        for replacement in replacements {
            output += bytes[done..<replacement.range.lowerBound]
            let mark = "[redacted:\(replacement.name)]"
            output += (replacement.isQuoted ? "\"\(mark)\"" : mark).utf8
            done = replacement.range.upperBound
            counts[replacement.name, default: 0] += 1
        }
        output += bytes[done...]
        return output
    }
}

/// A text of the allow list; `*` stands for any text.
struct AllowedText: Sendable {
    private let pieces: [[UInt8]]

    init(_ text: String) {
        pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { $0.map(\.lowercased) }
    }

    /// Whether the whole of these bytes is allowed.
    func matches(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let text = bytes.map(\.lowercased)
        guard let first = pieces.first, let last = pieces.last, text.starts(with: first) else { return false }
        guard pieces.count > 1 else { return text.count == first.count }
        guard text.count >= first.count + last.count, text.suffix(last.count).elementsEqual(last) else { return false }
        var rest = text[first.count..<text.count - last.count]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
