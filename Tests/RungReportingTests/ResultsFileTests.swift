import RungText
import Testing

@testable import RungReporting

@Suite struct ResultsFileTests {
    private let schema = ResultsFile.shape.jsonSchema(identifier: "results")

    @Test func `the schema asks for the members of the contract`() {
        func required(_ value: JSONValue?) -> [String] { value?["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        func has(_ keys: String, in name: String) -> Bool {
            let properties = schema["$defs"]?[name]?["properties"]?.members?.map(\.key) ?? []
            return Set(keys.split(separator: " ").map(String.init)).isSubset(of: Set(properties))
        }
        #expect(required(schema) == ["formatVersion", "run", "gate", "cases"])
        #expect(has("id suite digest seed status cases trials verdicts passRate passAtK passHatK", in: "RunResult"))
        #expect(has("passed failed errored unscored skipped quarantined", in: "VerdictCounts"))
        #expect(has("estimate low high method n", in: "PassRate"))
        #expect(has("decision reasons", in: "GateDecision"))
        #expect(has("id agent promptVersion verdict trials", in: "CaseResult"))
        #expect(has("index verdict grades usage latencyMs error", in: "TrialResult"))
    }

    @Test func `members that may be null say so in the schema`() {
        let trial = schema["$defs"]?["TrialResult"]?["properties"]
        #expect(trial?["error"]?["anyOf"] == [["$ref": "#/$defs/TrialFault"], ["type": "null"]])
        #expect(trial?["latencyMs"]?["type"] == ["number", "null"])
    }

    @Test func `seeds of 64 bits pass the shape`() throws {
        let field = ResultsFile.shape.fields.first { $0.key == "run" }
        guard case .object(let run)? = field?.shape, let seed = run.fields.first(where: { $0.key == "seed" }) else {
            Issue.record("the run has no seed")
            return
        }
        for (text, isAccepted) in [("18446744073709551615", true), ("0", true), ("-1", false)] {
            var diagnostics = Diagnostics()
            seed.shape.check(try JSONReader.read(text), file: "f", into: &diagnostics)
            #expect(diagnostics.isEmpty == isAccepted)
        }
    }
}
