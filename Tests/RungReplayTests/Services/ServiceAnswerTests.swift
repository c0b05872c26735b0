import RungCore
import RungCrypto
import RungHTTP
import RungText
import Testing

@testable import RungReplay

@Suite struct ServiceAnswerTests {
    private func answer(_ status: Int, _ body: String = "") -> ServiceClient.Answer {
        ServiceClient.Answer(status: status, headers: [], body: Array(body.utf8))
    }

    @Test func `an account without credit is not waited for, a busy server is tried again`() {
        let empty = answer(429, #"{"error":{"code":"insufficient_quota","message":"m"}}"#)
        #expect(
            empty.isOutOfCredit && !answer(429, #"{"error":{"code":"rate_limit_exceeded"}}"#).isOutOfCredit && !answer(429).isOutOfCredit)
        #expect(TrialFault.status(empty, of: "https://a.example/x")?.kind == .refused)
        #expect(TrialFault.status(answer(429), of: "https://a.example/x")?.isRetryable == true)
        #expect(TrialFault.status(answer(503), of: "https://a.example/x")?.isRetryable == true)
        #expect(TrialFault.status(answer(204), of: "https://a.example/x") == nil)
        #expect(
            TrialFault.status(answer(401), of: "https://u:p@a.example/x?key=k")?.reason
                == "a.example answered with status 401; is the key set, and the right one?")
    }

    @Test func `numbers that no model can have are unknown, and none overflows`() throws {
        var places = HTTPTransportSettings.AnswerPlaces()
        places.inputTokens = try ValuePath("in")
        places.outputTokens = try ValuePath("out")
        places.cost = try ValuePath("usd")
        let usage = try AnswerPlacesReading(places).transcript(of: Array(#"{"in":9223372036854775807,"out":-1,"usd":-3}"#.utf8)).usage
        #expect(usage == Usage())
        var most = Usage(inputTokens: .max, outputTokens: 1)
        #expect(most.totalTokens == .max)
        most.add(most)
        #expect(most.inputTokens == .max && most.outputTokens == 2)
    }

    @Test func `tools get the variables of the trial without the keys of providers`() {
        let scenario = Scenario(id: "c", input: "x", digest: SHA256Hasher.digest(of: []), location: SourceLocation(file: "s", line: 1))
        var request = TrialRequest(trialID: "t", agent: "a", index: 0, seed: 1, timeoutMs: 1, scenario: scenario, prompts: [])
        request.environment = ["OPENAI_API_KEY": "mine", "OPENAI_BASE_URL": "u", "ANTHROPIC_API_KEY": ReplayEnvironment.dummyKey]
        #expect(request.toolEnvironment == ["OPENAI_BASE_URL": "u", "ANTHROPIC_API_KEY": ReplayEnvironment.dummyKey])
    }
}
