import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct JudgedTextTests {
    let transcript = Transcript(
        events: [
            .message(Message(role: .user, content: "question")), .message(Message(role: .assistant, content: "first")),
            .toolCall(ToolCall(id: nil, name: "t", arguments: .null)), .message(Message(role: .assistant, content: "second")),
        ], explanation: "because")

    @Test(arguments: [(JudgedText.answer, "second"), (.explanation, "because"), (.transcript, "first\nsecond")])
    func `each target is its own text`(_ target: JudgedText, _ text: String) { #expect(target.text(of: transcript) == text) }

    @Test(arguments: [
        (JudgedText.answer, "the agent gave no answer"), (.explanation, "the agent gave no explanation"),
        (.transcript, "the agent said nothing"),
    ])
    func `a missing text does not hold`(_ target: JudgedText, _ reason: String) {
        #expect(target.text(of: Transcript()) == nil)
        #expect(target.missing == Judgement(.holds(false), reason))
    }

    @Test func `an empty answer is an answer`() throws {
        #expect(JudgedText.answer.text(of: Transcript(output: "")) == "")
        #expect(JudgedText.transcript.text(of: Transcript(events: [.message(Message(role: .assistant, content: ""))])) == "")
    }

    @Test func `structured output is JSON as it is, and text is read`() throws {
        #expect(try JudgedText.answer.json(of: Transcript(output: ["a": 1])) == ["a": 1])
        #expect(try JudgedText.answer.json(of: Transcript(output: "{\"a\": 1}")) == ["a": 1])
        #expect(try JudgedText.explanation.json(of: Transcript(output: 1, explanation: "[2]")) == [2])
        #expect(try JudgedText.answer.json(of: Transcript()) == nil)
        #expect(throws: JSONSyntaxError.self) { try JudgedText.answer.json(of: Transcript(output: "")) }
    }
}
