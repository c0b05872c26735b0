import RungCore
import RungText
import Testing

@Suite struct PriceTableTests {
    private let table = PriceTable([
        .init(model: "gpt-4o", input: 2.5, output: 10, cacheRead: 1.25, seen: "2026-01-01", source: "s"),
        .init(model: "gpt-4o-2024-05-13", input: 5, output: 15, seen: "2026-01-01", source: "s"),
        .init(model: "claude-sonnet-4", input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, seen: "2026-01-01", source: "s"),
    ])

    @Test(arguments: [
        ("gpt-4o", "gpt-4o"), ("gpt-4o-2024-08-06", "gpt-4o"), ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13"), ("gpt-4o-latest", "gpt-4o"),
        ("claude-sonnet-4-20250514", "claude-sonnet-4"), ("claude-sonnet-4-0", "claude-sonnet-4"),
    ]) func `a snapshot costs what its model costs`(_ model: String, _ entry: String) {
        #expect(table.entry(for: model)?.model == entry)
    }

    @Test(arguments: ["gpt-4o-mini", "gpt-4", "claude-sonnet-4-5", "", "2024-08-06", "GPT-4o", "claude-sonnet-4-5-20250929"])
    func `a model that nobody priced has no price`(_ model: String) {
        #expect(table.entry(for: model) == nil)
        #expect(table.cost(of: .init(input: 1, output: 1), model: model) == nil)
    }

    @Test func `each token costs once`() throws {
        let tokens = PriceTable.Tokens(input: 30, cacheRead: 100, cacheWrite: 20, output: 5)
        #expect(tokens.read == 150)
        // 30 × 3 + 100 × 0.3 + 20 × 3.75 + 5 × 15 = 270 dollars for a million.
        #expect(try #require(table.cost(of: tokens, model: "claude-sonnet-4")) == 270 / 1_000_000)
        // Writing to the cache has no price of its own: 50 × 2.5 + 100 × 1.25 + 5 × 10.
        #expect(try #require(table.cost(of: tokens, model: "gpt-4o")) == 300 / 1_000_000)
    }

    @Test func `a workspace's prices stand in the place of others for the same model alone`() {
        let own = PriceTable([.init(model: "gpt-4o", input: 1, output: 1, seen: "2026-02-01", source: "contract")])
        let both = table.overridden(by: own)
        #expect(both.entry(for: "gpt-4o")?.source == "contract")
        #expect(both.entry(for: "claude-sonnet-4")?.input == 3)
        #expect(both.entries.count == 3)
    }
}

@Suite struct PromptTextTests {
    private func prompt(_ text: String, _ variables: [String]) -> PromptVersion {
        PromptVersion(id: "p", label: "v1", text: text, variables: variables, location: SourceLocation(file: "p.md", line: 1))
    }

    @Test func `variables get their values, texts as they are and all else as JSON`() throws {
        let filled = try prompt("Be {{ tone }}, {{tone}}: {{ rows }}", ["tone", "rows"]).filled(with: [
            "tone": "dry", "rows": [1], "other": 2,
        ])
        #expect(filled == "Be dry, dry: [1]")
    }

    @Test func `a value that is missing is named`() {
        #expect(throws: PromptVersion.Unfilled(prompt: PromptReference(id: "p", label: "v1"), variable: "tone")) {
            try prompt("{{ tone }}", ["tone"]).filled(with: nil)
        }
    }

    @Test func `a template without variables keeps its braces`() throws {
        #expect(try prompt("{{ not mine }}", []).filled(with: ["not mine": "x"]) == "{{ not mine }}")
    }
}
