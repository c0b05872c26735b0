import RungCore
import RungText
import Testing

@testable import RungGrading

/// Every grader on transcripts that nobody would write.
@Suite struct RandomTranscriptTests {
    static let graders = [
        #"{"kind":"budget","max-total-tokens":5,"max-cost":0.5,"max-latency":"1ms"}"#,
        #"{"kind":"contains","value":"a"}"#,
        #"{"kind":"contains","any":["É","ß"],"case":"insensitive","target":"transcript"}"#,
        #"{"kind":"contains","all":["a","b"],"target":"explanation"}"#,
        #"{"kind":"equals","value":"a","case":"insensitive"}"#,
        #"{"kind":"equals","value":{"a":[1]}}"#,
        #"{"kind":"json","checks":[{"path":"a[0]"},{"path":"/a/0","equals":1}]}"#,
        #"{"kind":"matches","pattern":"(a|b)+[0-9]?$","case":"insensitive"}"#,
        #"{"kind":"outcome","label":"a","reward-at-least":0}"#,
        #"{"kind":"tool-calls","relation":"actual-within-expected","arguments":"partial","expected":[{"name":"a"},{"name":"a","arguments":{"a":1}},{"name":"b","allowed":{"a":[1,""]}}]}"#,
        #"{"kind":"tool-calls","relation":"actual-within-expected","failed-attempts":"ignored","forbidden":["é"],"expected":[{"name":"a","patterns":{"a":"."},"schema":{"type":"object"}},{"name":"b","arguments":{"a":1},"tolerance":{"a":1}}]}"#,
    ]

    @Test func `graders judge ten thousand random transcripts and never crash`() throws {
        let graders = try Self.graders.flatMap { try bindings($0) }
        var random = SeededGenerator(state: 4_711)
        var seen = [Int: Set<String>]()
        for _ in 0..<10_000 {
            let subject = subject(Self.transcript(&random))
            for (index, grader) in graders.enumerated() {
                let judgement = grader.grade(subject).judgement
                seen[index, default: []].insert("\(judgement.value)")
                if judgement.reason.isEmpty || judgement.value == .broken { Issue.record("\(judgement) by \(grader.kind)") }
                if let diff = judgement.diff, diff.isEmpty, grader.kind == "tool-calls" { Issue.record("failed without a difference") }
            }
        }
        for index in graders.indices {
            #expect(seen[index]?.isSuperset(of: ["holds(true)", "holds(false)"]) == true, "\(Self.graders[index]) never decides both ways")
        }
    }

    private static func transcript(_ random: inout SeededGenerator) -> Transcript {
        var transcript = Transcript()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            switch Int.random(in: 0...3, using: &random) {
            case 0, 1: transcript.events.append(.toolCall(ToolCall(id: nil, name: text(&random), arguments: value(&random, depth: 0))))
            case 2:
                let call = Bool.random(using: &random) ? Int.random(in: -1...4, using: &random) : nil
                transcript.events.append(
                    .toolResult(ToolResult(id: nil, call: call, content: value(&random, depth: 2), isError: .random(using: &random))))
            default:
                let role = Message.Role.allCases.randomElement(using: &random) ?? .user
                transcript.events.append(.message(Message(role: role, content: text(&random))))
            }
        }
        if Bool.random(using: &random) { transcript.output = value(&random, depth: 0) }
        if Bool.random(using: &random) { transcript.explanation = text(&random) }
        if Bool.random(using: &random) {
            let reward = [nil, 0, 1, -1, Double.infinity, Double.nan].randomElement(using: &random) ?? nil
            transcript.outcome = RecordedOutcome(label: Bool.random(using: &random) ? text(&random) : nil, reward: reward)
        }
        transcript.usage.inputTokens = [nil, 0, 3, 9, Int(Int32.max)].randomElement(using: &random) ?? nil
        transcript.usage.outputTokens = [nil, 0, 3, 9].randomElement(using: &random) ?? nil
        transcript.usage.cost = [nil, 0, 0.5, 1e300, Double.nan].randomElement(using: &random) ?? nil
        transcript.latencyMs = [nil, 0, 0.5, 1e300, Double.infinity].randomElement(using: &random) ?? nil
        return transcript
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "a", "b", "É", "e\u{301}", "ß", "\u{0}", "\n", "{\"a\":[1]}", "\u{1F468}\u{200D}\u{1F469}", " ", "\u{202E}", "\u{FFFD}", "1",
            "\\", "\"",
        ]
        return (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0...(depth < 3 ? 7 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .double([0, 1, -1.5, 1e300].randomElement(using: &random) ?? 0)
        case 3, 4: return .string(text(&random))
        case 5: return .array((0..<Int.random(in: 0...2, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            let keys = ["a", "", "b/c"].filter { _ in Bool.random(using: &random) }
            return .object(keys.map { JSONValue.Member($0, value(&random, depth: depth + 1)) })
        }
    }
}
