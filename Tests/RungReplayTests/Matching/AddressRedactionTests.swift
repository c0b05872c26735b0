import RungCore
import RungRedaction
import Testing

@testable import RungReplay

@Suite struct AddressRedactionTests {
    private static func redact(_ text: String) -> String { Redactor.standard.redact(text).text }

    @Test(arguments: [
        ("https://a.example/cards/4111111111111111/pay", "https://a.example/cards/[redacted:card]/pay"),
        ("https://a.example/of/bob@corp.example?x=1", "https://a.example/of/[redacted:email]?x=1"),
        ("https://a.example/of/bob%40corp.example/", "https://a.example/of/[redacted:email]/"),
        (
            "https://a.example/find?mail=bob%40corp.example&card=4111111111111111",
            "https://a.example/find?mail=[redacted:email]&card=[redacted:card]"
        ),
        ("https://a.example/a%20b/c?q=a%26b", "https://a.example/a%20b/c?q=a%26b"),
        ("https://a.example", "https://a.example/"),
    ])
    func `what is secret leaves paths and queries, and all else stays as it was written`(url: String, expected: String) {
        #expect(AddressRedaction.url(url, Self.redact) == expected)
        // What was recorded comes to itself.
        #expect(AddressRedaction.url(expected, Self.redact) == expected)
    }

    @Test func `a request with personal data in its path has the key of its recording`() throws {
        let rules = MatchRules(Normalizer.standard)
        for (path, query) in [("/of/bob%40corp.example/x", "a=1&card=4111111111111111"), ("/cards/4111111111111111", nil)] {
            let url = "https://shop.example\(path)" + (query.map { "?\($0)" } ?? "")
            let recorded = Exchange.Request(method: "GET", url: AddressRedaction.url(url, Self.redact))
            let target = RequestTarget(path: path, query: query)
            let key = try #require(rules.redactedKey(method: "GET", target: target, contentType: nil, body: []))
            #expect(key == rules.key(of: recorded))
        }
        #expect(rules.redactedKey(method: "GET", target: RequestTarget(path: "/a/b", query: "c=d"), contentType: nil, body: []) == nil)
    }
}
