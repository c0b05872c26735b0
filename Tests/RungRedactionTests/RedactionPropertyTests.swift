import RungRedaction
import Testing

/// Both ways, over many made-up values: secrets never get through, and what evidence is made of always does.
@Suite struct RedactionPropertyTests {
    private static let hex = "0123456789abcdef"

    @Test func `no secret gets through, whatever surrounds it`() {
        let surroundings = [" ", "\n", "\"", "'", "=", ": ", ", ", "(", "[", "{\"k\":\"", "\\n", "%3D", "\t", "<", ">", "/", "—", "。"]
        for seed in UInt64(1)...200 {
            for (rule, secret) in Secrets.all(seed: seed) {
                let before = surroundings[Int(seed) % surroundings.count]
                let after = [" ", "\n", "\"", "'", ",", ")", "!", "\\n", "<", ";", "。"][Int(seed) % 11]
                let found = Redactor.standard.redact("text\(before)\(secret)\(after)text")
                guard !found.text.contains(secret.suffix(12)), found.counts[rule] == 1 else {
                    Issue.record("\(rule) got through after \(before): \(found.text)")
                    return
                }
            }
        }
    }

    @Test func `digests, ids, times and numbers of evidence get through`() {
        var generator = SystemLikeGenerator(state: 42)
        for _ in 0..<20_000 {
            let digits = Secrets.random(64, seed: generator.next(), from: Self.hex)
            let number = generator.next()
            let texts = [
                "sha256:" + digits, digits, String(digits.prefix(32)), String(digits.prefix(16)),
                "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-\(digits.dropFirst(12).prefix(4))-\(digits.dropFirst(16).prefix(4))-\(digits.dropFirst(20).prefix(12))",
                "r-20260930-120000-\(digits.prefix(8))", "junit-" + digits.prefix(32), "i-\(number % 10_000_000)", "case-\(number)",
                "\(number)", "\(Double(number) / 1e19)", "\(1_700_000_000 + number % 100_000_000)",
                "\(1_700_000_000_000 + number % 100_000_000_000)",
                "2026-0\(1 + number % 9)-1\(number % 10)T1\(number % 10):00:00Z", "v\(number % 100).\(number % 7).0",
                "p@\(digits.prefix(7))",
                "00-\(digits.prefix(32))-\(digits.suffix(16))-01",
            ]
            for text in texts where Self.isCardLike(text) == false {
                for depth in [Redactor.Depth.prose, .names] {
                    guard Redactor.standard.redact(text, depth).counts.isEmpty else {
                        Issue.record("taken for a secret: \(text)")
                        return
                    }
                }
            }
        }
    }

    /// A run of digits that really has a card's form cannot be told from one.
    private static func isCardLike(_ text: String) -> Bool {
        let digits = text.utf8.filter { (48...57).contains($0) }.count
        return (14...16).contains(digits) && text.utf8.count == digits
    }

    private struct SystemLikeGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 1 ^ state >> 33
        }
    }
}
