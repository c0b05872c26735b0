import Testing

@testable import RungReplay

struct ReplayEnvironmentTests {
    private let address = ReplayAddress(token: "abc", port: 99)

    @Test func providersAreSortedAndEachHasAnAddressVariable() {
        #expect(ReplayProvider.all.map(\.name) == ReplayProvider.all.map(\.name).sorted())
        #expect(ReplayProvider.all.allSatisfy { !$0.addressVariables.isEmpty })
    }

    @Test func aReplayedTrialHasAddressesDummyKeysAndProxiesThatRefuse() {
        let variables = Dictionary(uniqueKeysWithValues: ReplayEnvironment.replaying(address).map { ($0.name, $0.value) })
        #expect(variables["OPENAI_BASE_URL"] == "http://127.0.0.1:99/t/abc/~openai/v1")
        #expect(variables["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:99/t/abc/~anthropic")
        #expect(variables["GROQ_BASE_URL"] == "http://127.0.0.1:99/t/abc/~groq")
        #expect(variables["RUNG_REPLAY_URL"] == "http://127.0.0.1:99/t/abc")
        #expect(variables["OPENAI_API_KEY"] == "rung-replay")
        #expect(variables["HTTPS_PROXY"] == "http://abc:x@127.0.0.1:99")
        #expect(variables["no_proxy"] == "127.0.0.1,localhost,::1")
    }

    @Test func aRecordingKeepsTheAgentsOwnKeysAndProxies() {
        let names = ReplayEnvironment.recording(address, upstreams: ["openai": "https://x"]).map(\.name)
        #expect(names == ["OPENAI_API_BASE", "OPENAI_BASE_URL", "RUNG_REPLAY_URL"])
    }

    @Test func upstreamsAreThoseThatAreNamedElseTheAgentsOwnElseThePublicOnes() {
        let upstreams = ReplayEnvironment.upstreams(
            named: ["groq": "http://groq.local", "mine": "http://mine.local"],
            environment: ["OPENAI_BASE_URL": "https://gateway.example.com/openai/v1/", "AZURE_OPENAI_ENDPOINT": "not an address"])
        #expect(upstreams["openai"] == "https://gateway.example.com/openai")
        #expect(upstreams["anthropic"] == "https://api.anthropic.com")
        #expect(upstreams["groq"] == "http://groq.local")
        #expect(upstreams["mine"] == "http://mine.local")
        #expect(upstreams["azure"] == nil)
    }
}
