import RungPattern
import RungRedaction
import Testing

@Suite struct RedactorTests {
    private let redactor = Redactor.standard

    @Test(arguments: Secrets.all()) func `a secret is replaced wherever it stands, and nothing else`(_ rule: String, _ secret: String) {
        let mark = "[redacted:\(rule)]"
        for (before, after) in [
            ("", ""), ("key ", " here"), ("\"", "\""), ("(", ")."), ("a,", ",b"), ("x\n", "\ny"), ("\\n", ""), ("%20", " "),
        ] {
            let found = redactor.redact(before + secret + after)
            #expect(found.text == before + mark + after)
            #expect(found.counts == [rule: 1])
        }
        #expect(redactor.redact(secret, .names).text == mark)
    }

    @Test(arguments: Secrets.named()) func `a value that its surroundings give away is replaced`(
        _ rule: String, _ text: String, _ secret: String
    ) {
        let found = redactor.redact(text.replacing("{}", with: secret))
        #expect(found.text == text.replacing("{}", with: "[redacted:\(rule)]"))
        #expect(found.counts == [rule: 1])
    }

    @Test(arguments: Secrets.personal) func `personal data is replaced in prose and kept in names`(_ rule: String, _ secret: String) {
        #expect(redactor.redact("write to \(secret), please").text == "write to [redacted:\(rule)], please")
        #expect(redactor.redact("(\(secret))").counts == [rule: 1])
        #expect(redactor.redact(secret, .names).counts.isEmpty)
    }

    @Test(arguments: [
        "", "plain words, as people write them", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7",
        "123e4567-e89b-12d3-a456-426614174000", "11111111-1111-1111-1111-111111111111", "r-20260930-120000-1f2e3d4c",
        "2026-09-30T12:00:00Z", "0.4111111111111111", "1790769600000", "18446744073709551615", "greet@v1", "refund/case-1@support.bot",
        "git@github.com:owner/name.git", "@scope/package@1.2.3", "max_tokens: 100000", "input_tokens=1234567890123456", "pass=12 fail=3",
        "bypass: true1", "Forgot your password? Reset it here", "the password: please enter it again", "password: required",
        "password=${DB_PASSWORD}", "api_key: os.environ[\"OPENAI_API_KEY\"]", "password == other", "\"token\": \" understanding\"",
        "next_page_token: abc", "Bearer tokens are sent", "Basic understanding of it", "risk-assessment-of-the-whole-organization-2026",
        "task-1234567890123456789012345678901234567890", "https://example.com/a?b=c:d", "https://user@example.com/x", "12:30:45", "a:b:c",
        "4111111111111112", "GB82WEST12345698765433", "rung_source_add", "sk-", "AKIA", "eyJ", "x@y", "a@b.c",
        "-----BEGIN CERTIFICATE-----",
        "primary_key=1234567890abcdef", "cache-key: sha256:0011223344", "secret: sha256:00112233445566778899aabbccddeeff", "key: value",
        "+1 555 123 4567", "[redacted:password]", "password=[redacted:password]", "Authorization: Bearer [redacted:authorization]",
        "1111 2222 3333 4444", "support-bot/v2.1.0", "gpt-4.1-mini-2025-04-14", "claude-sonnet-4-5-20250929", "seed 4012888888881882",
    ])
    func `what is no secret stays as it is`(_ text: String) {
        #expect(redactor.redact(text).text == text)
        #expect(redactor.redact(text).counts.isEmpty)
        #expect(redactor.redact(text, .names).text == text)
    }

    @Test func `telephones are replaced on request`() {
        let redactor = Redactor(RedactionPolicy(phones: true))
        for phone in ["+1 555 123 4567", "+49 89 1234567", "(555) 123-4567", "555-123-4567", "+4915112345678"] {
            #expect(redactor.redact("call \(phone) now").text == "call [redacted:phone] now", "\(phone)")
        }
        for text in [
            "2026-09-30", "2026-09-30 12:00:00", "192.168.100.100", "1.2.3", "123e4567-e89b-12d3-a456-426614174000", "100-200-3000a",
        ] {
            #expect(redactor.redact(text).text == text)
        }
    }

    @Test func `several things in one text are counted by rule`() {
        let text = "from ada@example.com to bob@example.com, card 4111111111111111"
        let found = redactor.redact(text)
        #expect(found.text == "from [redacted:email] to [redacted:email], card [redacted:card]")
        #expect(found.counts == ["email": 2, "card": 1])
    }

    @Test func `what has been redacted stays as it is`() {
        for (_, secret) in Secrets.all() + Secrets.personal {
            let once = redactor.redact("a \(secret) b: \(secret)")
            #expect(redactor.redact(once.text).counts.isEmpty)
        }
        for (_, text, secret) in Secrets.named() {
            let once = redactor.redact(text.replacing("{}", with: secret)).text
            #expect(redactor.redact(once).text == once)
        }
    }

    // MARK: - Policy

    @Test func `texts of the allow list are kept`() {
        let redactor = Redactor(RedactionPolicy(allowed: ["Support@Example.com", "*@acme.example", "4111*1111"]))
        let text = "support@example.com, jo@acme.example, 4111111111111111, ada@example.com"
        #expect(redactor.redact(text).text == "support@example.com, jo@acme.example, 4111111111111111, [redacted:email]")
        #expect(redactor.redactJSON(#"["jo@acme.example"]"#).counts.isEmpty)
    }

    @Test func `an organization's own patterns are replaced under their names`() throws {
        let policy = RedactionPolicy(patterns: [
            .init(name: "customer", pattern: try Pattern(#"\bC-\d{6}\b"#)), .init(name: "word", pattern: try Pattern("geheim|x*")),
        ])
        let redactor = Redactor(policy)
        #expect(
            redactor.redact("C-123456 and C-654321, größer geheim").text
                == "[redacted:customer] and [redacted:customer], größer [redacted:word]")
        #expect(redactor.redact("C-123456", .names).counts.isEmpty)
        #expect(redactor.redactJSON(#"{"a":"é\nC-123456"}"#).text == #"{"a":"é\n[redacted:customer]"}"#)
    }

    @Test func `overlapping findings are replaced as one`() throws {
        let redactor = Redactor(RedactionPolicy(patterns: [.init(name: "mail", pattern: try Pattern("mail to [a-z]+"))]))
        #expect(redactor.redact("mail to ada@example.com.").text == "[redacted:mail].")
    }

    @Test func `a pattern that becomes too expensive takes the whole text with it`() throws {
        let redactor = Redactor(RedactionPolicy(patterns: [.init(name: "slow", pattern: try Pattern("^(a+)+$"))]))
        let found = redactor.redact(String(repeating: "a", count: 40) + "!")
        #expect(found.text == "[redacted:slow]" && found.counts == ["slow": 1])
    }

    @Test(arguments: [
        ("customer-id", true), ("a1", true), ("", false), ("Customer", false), ("1a", false), ("a b", false), ("email", false),
    ])
    func `a pattern has a name of its own`(_ name: String, _ isRight: Bool) {
        #expect(RedactionPolicy.CustomPattern.isName(name) == isRight)
    }

    @Test func `every rule has a sentence and a name that can stand in a mark`() {
        for rule in RedactionRule.allCases {
            #expect(rule.summary.hasSuffix("."))
            #expect(rule.rawValue.utf8.allSatisfy { (97...122).contains($0) || $0 == 0x2D })
        }
    }
}
