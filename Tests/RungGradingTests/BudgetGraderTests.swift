import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct BudgetGraderTests {
    @Test(arguments: [
        (#"{"kind":"budget","max-total-tokens":30}"#, Judgement.Value.holds(true), "within budget: total tokens 30 of at most 30"),
        (#"{"kind":"budget","max-total-tokens":29}"#, .holds(false), "over budget: total tokens 30, more than 29"),
        (#"{"kind":"budget","max-input-tokens":9}"#, .holds(false), "over budget: input tokens 10, more than 9"),
        (#"{"kind":"budget","max-output-tokens":20}"#, .holds(true), "within budget: output tokens 20 of at most 20"),
        (#"{"kind":"budget","max-cost":0.5}"#, .holds(true), "within budget: cost 0.25 of at most 0.5 US dollars"),
        (#"{"kind":"budget","max-cost":0}"#, .holds(false), "over budget: cost 0.25, more than 0 US dollars"),
        (#"{"kind":"budget","max-latency":"2s"}"#, .holds(false), "over budget: latency 2000.1, more than 2000 ms"),
        (#"{"kind":"budget","max-latency":"3s"}"#, .holds(true), "within budget: latency 2000.1 of at most 3000 ms"),
        (
            #"{"kind":"budget","max-input-tokens":1,"max-output-tokens":99,"max-cost":0.1}"#, .holds(false),
            "over budget: input tokens 10, more than 1, cost 0.25, more than 0.1 US dollars"
        ),
    ])
    func `compares what was used with the limits`(_ grader: String, _ value: Judgement.Value, _ reason: String) throws {
        let used = Transcript(usage: Usage(inputTokens: 10, outputTokens: 20, cost: 0.25), latencyMs: 2_000.04)
        let judgement = try judge(grader, subject(used))
        #expect(judgement.value == value)
        #expect(judgement.reason == reason)
    }

    @Test(arguments: [
        (#"{"kind":"budget","max-cost":1,"max-latency":"1s"}"#, Judgement.Value.abstained, "not measured: cost, latency"),
        (#"{"kind":"budget","max-output-tokens":1}"#, .abstained, "not measured: output tokens"),
        (
            #"{"kind":"budget","max-input-tokens":10,"max-cost":1}"#, .holds(true),
            "within budget: input tokens 10 of at most 10; not measured: cost"
        ),
        (
            #"{"kind":"budget","max-input-tokens":9,"max-cost":1}"#, .holds(false),
            "over budget: input tokens 10, more than 9; not measured: cost"
        ),
        (#"{"kind":"budget","max-total-tokens":10}"#, .abstained, "not measured: total tokens"),
        (#"{"kind":"budget","max-total-tokens":9}"#, .holds(false), "over budget: total tokens 10, more than 9"),
    ])
    func `what nobody measured is named and never within budget`(_ grader: String, _ value: Judgement.Value, _ reason: String) throws {
        let judgement = try judge(grader, subject(Transcript(usage: Usage(inputTokens: 10))))
        #expect(judgement.value == value)
        #expect(judgement.reason == reason)
    }

    @Test func `recorded latency and cost are marked`() throws {
        let grader = #"{"kind":"budget","max-cost":1,"max-latency":"1s","max-input-tokens":5}"#
        var transcript = Transcript(output: "x", usage: Usage(inputTokens: 1, cost: 0.5), latencyMs: 10)
        let marked =
            "within budget: input tokens 1 of at most 5, cost 0.5 of at most 1 US dollars (recorded), latency 10 of at most 1000 ms (recorded)"
        #expect(try judge(grader, subject(transcript, recorded: [transcript])).reason == marked)
        var other = transcript
        other.latencyMs = 11
        #expect(try judge(grader, subject(transcript, recorded: [other])).reason == marked.replacing(" (recorded)", with: ""))
        transcript.outcome = RecordedOutcome(reward: 1)
        #expect(try judge(grader, subject(transcript)).reason == marked)
    }

    @Test func `a failure lists the limits that were broken`() throws {
        let judgement = try judge(
            #"{"kind":"budget","max-input-tokens":1,"max-output-tokens":9,"max-latency":"1s"}"#,
            subject(Transcript(usage: Usage(inputTokens: 2, outputTokens: 3), latencyMs: 1_500)))
        #expect(judgement.expected == "input tokens at most 1\nlatency at most 1000 ms")
        #expect(judgement.actual == "input tokens 2\nlatency 1500 ms")
    }

    @Test(arguments: [
        (
            #"{"kind":"budget"}"#,
            "1:2: error: budget needs at least one limit\n  known here: max-total-tokens, max-input-tokens, max-output-tokens, max-cost, max-latency"
        ),
        (
            #"{"kind":"budget","max-latency":"2 s"}"#,
            "1:32: error: \"max-latency\" must be a duration such as 500ms, 30s, 5m, 2h or 7d, found string 2 s"
        ),
        (
            #"{"kind":"budget","max-total-token":1}"#,
            "1:18: error: unknown key \"max-total-token\" in budget\n  did you mean \"max-total-tokens\"?"
        ),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ message: String) throws {
        #expect(try problems(grader).first == "suite.yaml:" + message)
    }
}
