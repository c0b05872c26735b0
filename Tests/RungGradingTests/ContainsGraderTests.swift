import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct ContainsGraderTests {
    @Test(arguments: [
        (#"{"kind":"contains","value":"refund"}"#, "your refund", true, "the answer contains \"refund\""),
        (#"{"kind":"contains","value":"refund"}"#, "your Refund", false, "the answer does not contain \"refund\""),
        (#"{"kind":"contains","value":"refund","case":"insensitive"}"#, "your Refund", true, "the answer contains \"refund\""),
        (#"{"kind":"contains","value":"GRÖSSE","case":"insensitive"}"#, "die Größe", false, "the answer does not contain \"GRÖSSE\""),
        (#"{"kind":"contains","value":"日本"}"#, "在日本", true, "the answer contains \"日本\""),
        (#"{"kind":"contains","value":"x"}"#, "", false, "the answer does not contain \"x\""),
        (#"{"kind":"contains","any":["a","b"]}"#, "b", true, "the answer contains \"b\""),
        (#"{"kind":"contains","any":["a","b"]}"#, "c", false, "the answer contains none of 2 texts"),
        (#"{"kind":"contains","all":["a","b"]}"#, "ba", true, "the answer contains all 2 texts"),
        (#"{"kind":"contains","all":["a","b","c"]}"#, "b", false, "the answer lacks 2 of 3 texts: \"a\", \"c\""),
        (
            #"{"kind":"contains","all":["1","2","3","4","5","6","7"]}"#, "", false,
            "the answer lacks 7 of 7 texts: \"1\", \"2\", \"3\", \"4\", \"5\" and 2 more"
        ),
    ])
    func `judges what is in the answer`(_ grader: String, _ answer: String, _ holds: Bool, _ reason: String) throws {
        let judgement = try judge(grader, answer)
        #expect(judgement.value == .holds(holds))
        #expect(judgement.reason == reason)
    }

    @Test func `a failure shows what is missing and what was said`() throws {
        let judgement = try judge(#"{"kind":"contains","all":["a","b","c"]}"#, "b")
        #expect((judgement.expected, judgement.actual, judgement.diff) == ("a\nc", "b", nil))
    }

    @Test func `structured output is searched as JSON text`() throws {
        #expect(try judge(#"{"kind":"contains","value":"\"id\":7"}"#, subject(Transcript(output: ["id": 7]))).value == .holds(true))
    }

    @Test(arguments: ["explanation", "transcript"])
    func `other targets are judged in place of the answer`(_ target: String) throws {
        let transcript = Transcript(events: [.message(Message(role: .assistant, content: "marker"))], output: "x", explanation: "marker")
        let grader = #"{"kind":"contains","value":"marker","target":"\#(target)"}"#
        #expect(try judge(grader, subject(transcript)) == Judgement(.holds(true), "the \(target) contains \"marker\""))
        #expect(try judge(#"{"kind":"contains","value":"marker"}"#, subject(transcript)).value == .holds(false))
    }

    @Test func `no answer does not hold`() throws {
        #expect(try judge(#"{"kind":"contains","value":"x"}"#, nil) == Judgement(.holds(false), "the agent gave no answer"))
    }

    @Test func `huge answers are searched to their end and shown cut`() throws {
        let text = String(repeating: "ä", count: 1_000_000)
        #expect(try holds(#"{"kind":"contains","value":"end"}"#, text + "end") == true)
        #expect(try judge(#"{"kind":"contains","value":"end"}"#, text).actual?.hasSuffix("… (998,000 more characters)") == true)
    }

    @Test(arguments: [
        (#"{"kind":"contains"}"#, "1:2: error: contains needs exactly one of value, any and all, found none"),
        (
            #"{"kind":"contains","value":"a","all":["b"]}"#,
            "1:32: error: contains needs exactly one of value, any and all, found value and all"
        ),
        (#"{"kind":"contains","any":[]}"#, "1:26: error: \"any\" needs at least 1 entry, found 0"),
        (#"{"kind":"contains","value":""}"#, "1:28: error: \"value\" must be text that is not empty, found string "),
        (
            #"{"kind":"contains","value":7}"#,
            "1:28: error: \"value\" must be text that is not empty, found number 7\n  put it in quotes to make it text"
        ),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ message: String) throws {
        #expect(try problems(grader) == ["suite.yaml:" + message])
    }
}
