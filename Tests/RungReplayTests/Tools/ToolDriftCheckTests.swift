import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct ToolDriftCheckTests {
    private static func check(_ calls: [ToolExchange], normalizers: [Normalizer] = []) -> ToolDriftCheck {
        let cassette = Cassette(provenance: .init(scenario: "s", recorder: "test"), normalizers: normalizers, tools: calls)
        return ToolDriftCheck(tape: ToolTape(cassette, rules: MatchRules(normalizers)))
    }

    private static func call(_ order: String, _ result: JSONValue, isError: Bool = false) -> ToolExchange {
        ToolExchange(name: "lookup", arguments: ["order": .string(order)], result: result, isError: isError)
    }

    @Test func `tools that answer as they did have not drifted, whatever the order of members`() {
        let drift = Self.check([Self.call("7", ["a": 1, "b": [1, 2]]), Self.call("7", "{\"a\": 1}")])
            .drift(of: [Self.call("7", ["b": [1, 2], "a": 1]), Self.call("7", "{\"a\":1}")])
        #expect(drift == ToolDrift(compared: 2))
    }

    @Test func `each difference is told with the place where it begins`() {
        let drift = Self.check([Self.call("7", ["a": 1, "deep": ["b": [1, 2]]]), Self.call("8", "fine"), Self.call("9", "same")])
            .drift(of: [Self.call("7", ["a": 1, "deep": ["b": [1, 3]]]), Self.call("8", "broken", isError: true), Self.call("5", "new")])
        #expect(drift.compared == 2)
        #expect(
            drift.findings.map(\.message) == [
                "lookup answered otherwise at /deep/b/1: recorded 2, received 3",
                "lookup answered otherwise at /: recorded an answer, received an error",
                #"lookup was called without a recording: no recording of this CALL lookup; the nearest, call 1 differs at /order: recorded "7", received "5""#,
                "lookup was not called: recorded call 3",
            ])
    }

    @Test func `what the cassette's own normalizers leave out has not drifted`() throws {
        let drop = Normalizer.drop(try #require(PointerPattern("/at")))
        let check = Self.check([Self.call("7", ["at": 1, "b": 1])], normalizers: [drop, .named(.timestamps)])
        #expect(check.drift(of: [Self.call("7", ["at": 2, "b": 1])]) == ToolDrift(compared: 1))
        let text = Self.check([Self.call("7", #"{"at":1,"b":1}"#)], normalizers: [drop])
        #expect(text.drift(of: [Self.call("7", #"{"b":1,"at":2}"#)]).isEmpty)
    }

    @Test func `findings are bounded`() {
        let drift = Self.check([]).drift(of: (0..<80).map { Self.call("\($0)", "x") })
        #expect(drift.findings.count == ToolDrift.findingLimit && drift.omitted == 30 && drift.count == 80)
    }
}
