import RungCore
import RungText
import Testing

@testable import RungReplay

struct MissExplanationTests {
    private let index = CassetteSamples.index([
        CassetteSamples.exchange(body: #"{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"n":1}"#),
        CassetteSamples.exchange(body: #"{"model":"gpt-4o","messages":[{"role":"user","content":"bye"},{"role":"user","content":"now"}]}"#),
        CassetteSamples.exchange("GET", "https://api.openai.com/v1/models?limit=1", body: ""),
    ])

    private func explain(
        _ body: String, method: String = "POST", url: String = CassetteSamples.chat, after used: [String] = []
    ) -> MissExplanation {
        var cursor = CassetteCursor(index)
        for body in used { _ = cursor.next(index.rules.key(of: CassetteSamples.exchange(body: body).request)) }
        let key = index.rules.key(of: CassetteSamples.exchange(method, url, body: body).request)
        return cursor.explain(key, cursor.next(key), body: Array(body.utf8), in: index)
    }

    @Test func theNearestRecordingAndTheFirstDifferenceAreTold() {
        let miss = explain(#"{"model":"gpt-4o","n":1,"messages":[{"content":"good day","role":"user"}]}"#)
        #expect(
            miss.message
                == #"no recording of this POST /v1/chat/completions; the nearest, \#(index.names[0]) differs at /messages/0/content: recorded "hello", received "good day""#
        )
    }

    @Test func whatIsMissingOnOneSideIsTold() {
        let fewer = explain(#"{"model":"gpt-4o","messages":[{"role":"user","content":"bye"}]}"#)
        #expect(fewer.message.contains(#"differs at /messages/1: recorded {"role":"user","content":"now"}, received nothing"#))
        let more = explain(#"{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"n":1,"a/b":true}"#)
        #expect(more.message.contains("differs at /a~1b: recorded nothing, received true"))
    }

    @Test func aRecordingThatWasUsedIsTheNearestOnlyWhenItFitsBetter() {
        let first = #"{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"n":1}"#
        let miss = explain(#"{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"n":2}"#, after: [first])
        #expect(miss.message.contains("\(index.names[0]), which was used before, differs at /n: recorded 1, received 2"))
    }

    @Test func moreThanWasRecordedIsToldWithTheCount() {
        let first = #"{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"n":1}"#
        let miss = explain(first, after: [first])
        #expect(miss.message == "POST /v1/chat/completions was recorded once and is asked for once more (last one \(index.names[0]))")
    }

    @Test func anUnknownPlaceIsToldWithThoseThatAreKnown() {
        #expect(
            explain("{}", url: "https://api.openai.com/v1/responses").message
                == "no recording of POST /v1/responses; recorded are GET /v1/models (1), POST /v1/chat/completions (2)")
        #expect(explain("", method: "GET", url: "https://api.openai.com/v1/models?limit=2").message.contains("differs at query"))
    }

    @Test func secretsInTheDifferenceAreRedacted() {
        let secret = "sk-proj-" + String(repeating: "aB3dE5", count: 8)
        let miss = explain(#"{"model":"gpt-4o","n":1,"messages":[{"content":"my key is \#(secret)","role":"user"}]}"#)
        #expect(!miss.message.contains(secret))
        #expect(miss.message.contains("[redacted:openai-key]"))
    }

    @Test func longTextsAreShownWhereTheyBeginToDiffer() {
        let long = String(repeating: "same words ", count: 40)
        let index = CassetteSamples.index([CassetteSamples.exchange(body: #"{"p":"\#(long)cat"}"#)])
        let cursor = CassetteCursor(index)
        let body = #"{"p":"\#(long)dog\#(long)"}"#
        let key = index.rules.key(of: CassetteSamples.exchange(body: body).request)
        let message = cursor.explain(key, .unknown, body: Array(body.utf8), in: index).message
        #expect(message.contains("same words cat\""))
        #expect(message.contains("dogsame words"))
        #expect(message.utf8.count < 500)
    }
}
