import RungCore
import RungImport
import RungText
import Testing

@Suite struct ScenarioDraftTests {
    private func line(_ draft: ScenarioDraft) -> String {
        var text = JSONText()
        draft.write(into: &text)
        return text.text
    }

    @Test func `an empty scenario is short`() {
        let draft = ScenarioDraft(id: "a", input: .null, provenance: Scenario.Provenance(origin: .recorded))
        #expect(line(draft) == #"{"id":"a","input":null,"provenance":{"origin":"recorded"}}"#)
    }

    @Test func `everything that a transcript holds is written`() throws {
        let call = ToolCall(id: nil, name: "look", arguments: ["at": 1])
        let transcript = Transcript(
            events: [
                .message(Message(role: .user, content: "say \"hi\"\n")), .toolCall(call),
                .toolResult(ToolResult(id: nil, call: 0, content: ["seen": true], isError: true)),
            ], output: "hi", explanation: "asked to", usage: Usage(inputTokens: 3, outputTokens: 2, cost: 0.25), latencyMs: 12.5,
            outcome: RecordedOutcome(label: "good", reward: 0.5))
        let draft = ScenarioDraft(
            id: "a", title: "T", input: "x", graders: [["kind": "equals", "value": "hi"]], recorded: [transcript],
            provenance: Scenario.Provenance(origin: .recorded, recordedAt: Timestamp("2026-09-30"), source: "f, task 0"))
        #expect(
            line(draft)
                == #"{"id":"a","title":"T","input":"x","graders":[{"kind":"equals","value":"hi"}],"recorded":[{"events":["#
                + #"{"type":"message","role":"user","content":"say \"hi\"\n"},{"type":"tool-call","name":"look","arguments":{"at":1}},"#
                + #"{"type":"tool-result","content":{"seen":true},"error":true}],"output":"hi","explanation":"asked to","#
                + #""usage":{"input-tokens":3,"output-tokens":2,"cost":0.25},"latency-ms":12.5,"outcome":{"reward":0.5,"label":"good"}}],"#
                + #""provenance":{"origin":"recorded","recorded-at":"2026-09-30T00:00:00Z","source":"f, task 0"}}"#)
    }
}
