import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct OutcomeGraderTests {
    @Test(
        arguments: [
            (#"{"kind":"outcome"}"#, nil, 1, Judgement.Value.holds(true), "the recorded reward is 1"),
            (#"{"kind":"outcome"}"#, nil, 0, .holds(false), "the recorded reward 0 is less than 1"),
            (#"{"kind":"outcome","reward-at-least":0.5}"#, nil, 0.5, .holds(true), "the recorded reward is 0.5"),
            (#"{"kind":"outcome","reward-at-least":-1}"#, nil, -2, .holds(false), "the recorded reward -2 is less than -1"),
            (#"{"kind":"outcome","label":"solved"}"#, "solved", nil, .holds(true), "the recorded label is \"solved\""),
            (#"{"kind":"outcome","label":"solved"}"#, "solved", 0, .holds(true), "the recorded label is \"solved\""),
            (#"{"kind":"outcome","label":"solved"}"#, "open", 1, .holds(false), "the recorded label differs"),
            (#"{"kind":"outcome"}"#, "solved", nil, .abstained, "no reward was recorded"),
            (#"{"kind":"outcome","label":"solved"}"#, nil, 1, .abstained, "no label was recorded"),
            (
                #"{"kind":"outcome","label":"a","reward-at-least":1}"#, nil, nil, .abstained,
                "no reward was recorded and no label was recorded"
            ),
            (#"{"kind":"outcome","label":"a","reward-at-least":1}"#, "a", nil, .abstained, "no reward was recorded"),
            (#"{"kind":"outcome","label":"a","reward-at-least":1}"#, "b", nil, .holds(false), "the recorded label differs"),
            (
                #"{"kind":"outcome","label":"a","reward-at-least":1}"#, "a", 2, .holds(true),
                "the recorded reward is 2 and the recorded label is \"a\""
            ),
        ] as [(String, String?, Double?, Judgement.Value, String)])
    func `judges what was recorded`(
        _ grader: String, _ label: String?, _ reward: Double?, _ value: Judgement.Value, _ reason: String
    ) throws {
        let judgement = try judge(grader, subject(Transcript(outcome: RecordedOutcome(label: label, reward: reward))))
        #expect(judgement.value == value)
        #expect(judgement.reason == reason)
    }

    @Test(arguments: [false, true])
    func `without a recorded outcome it abstains, negated or not`(_ isNegated: Bool) throws {
        #expect(
            try judge(#"{"kind":"outcome","not":\#(isNegated)}"#, "answer") == Judgement(.abstained, "no outcome was recorded"))
    }

    @Test func `a failure shows both sides`() throws {
        let label = try judge(#"{"kind":"outcome","label":"a"}"#, subject(Transcript(outcome: RecordedOutcome(label: "b"))))
        #expect((label.expected, label.actual) == ("a", "b"))
        let reward = try judge(#"{"kind":"outcome"}"#, subject(Transcript(outcome: RecordedOutcome(reward: 0.25))))
        #expect((reward.expected, reward.actual) == ("reward at least 1", "reward 0.25"))
    }
}
