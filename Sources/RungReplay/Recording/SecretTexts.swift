import RungRedaction

/// Takes secrets out of texts: by the rules of a redactor, and by their very words where the request itself showed them.
struct SecretTexts: Sendable {
    let redactor: Redactor
    /// Keys and tokens that the request carried in its headers; the longest first.
    private let words: [String]

    /// The name under which words are counted and marked.
    static let wordRule = "credential"
    /// A shorter word could stand anywhere without being the secret, and so could a plain word that stands for a key.
    private static func isTelling(_ word: String) -> Bool {
        word.utf8.count >= 12 || word.utf8.count >= 8 && word.utf8.contains { (48...57).contains($0) }
    }

    init(_ redactor: Redactor, words: [String] = []) {
        self.redactor = redactor
        let long = Set(words).filter { Self.isTelling($0) && $0 != ReplayEnvironment.dummyKey }
        self.words = long.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// A text of a person or a model without secrets; nil when there is nothing to take out.
    func redacted(_ text: String, _ counts: inout [String: Int]) -> String? {
        // The rules first: a replayed request goes through them alone and must come to the same text.
        let ruled = redactor.redact(text, .prose, &counts)
        return withoutWords(ruled ?? text, &counts) ?? ruled
    }

    /// A JSON text without secrets; stays JSON. Nil when there is nothing to take out.
    func redactedJSON(_ text: String, _ counts: inout [String: Int]) -> String? {
        let ruled = redactor.redactJSON(text, .prose, &counts)
        return withoutWords(ruled ?? text, &counts) ?? ruled
    }

    /// Whether nothing would be taken out.
    func isClean(_ text: String) -> Bool {
        var counts: [String: Int] = [:]
        return redacted(text, &counts) == nil
    }

    private func withoutWords(_ text: String, _ counts: inout [String: Int]) -> String? {
        var result: String?
        for word in words {
            let parts = (result ?? text).split(separator: word, omittingEmptySubsequences: false)
            guard parts.count > 1 else { continue }
            counts[Self.wordRule, default: 0] += parts.count - 1
            result = parts.joined(separator: "[redacted:\(Self.wordRule)]")
        }
        return result
    }
}
