import RungCore
import RungImport
import RungText
import Testing

@Suite struct SuiteDraftTests {
    /// Ids that YAML would read as something else than text, or that need no quotes.
    @Test(arguments: ["desk", "a.b_c/d-1", "7", "1.5", "true", "No", "null", "a: b", "#x", "-", "é"])
    func `every id reads back as it was`(_ id: String) throws {
        let draft = SuiteDraft(
            id: SuiteID(id), title: "it's: \"\(id)\"", agents: [AgentID(id), "other"], trials: 3,
            graders: [["kind": "contains", "any": ["yes", "a, b"], "not": true], ["kind": "outcome", "reward-at-least": .double(0.5)]])
        let node = try YAMLReader.read(draft.yaml)
        #expect(node["id"]?.string == id)
        #expect(node["title"]?.string == "it's: \"\(id)\"")
        #expect(node["agents"]?.strings == [id, "other"])
        #expect(node["trials"]?.int == 3)
        #expect(
            node["graders"]?.json == [
                ["kind": "contains", "any": ["yes", "a, b"], "not": true], ["kind": "outcome", "reward-at-least": .double(0.5)],
            ])
        #expect(node["gate"]?["minimum-pass-rate"]?.double == 0)
    }
}
