import RungCore
import RungCrypto
import RungReplay
import RungText
import Testing

@Suite struct CassetteAgeTests {
    private static let now = Timestamp(seconds: 1_790_000_000)
    private static let (mine, other) = (SHA256Hasher.digest(of: "v1"), SHA256Hasher.digest(of: "v2"))

    private func provenance(days: Int64?, prompt: Digest? = nil) -> Cassette.Provenance {
        .init(
            scenario: "s", promptVersion: prompt, recordedAt: days.map { Self.now.adding(seconds: -$0 * 86_400) }, recorder: "test")
    }

    @Test func `a recording is stale once it is older than allowed, or does not say how old it is`() {
        func facts(_ days: Int64?) -> SuiteCassettes { SuiteCassettes(provenance(days: days), now: Self.now, promptVersion: nil) }
        #expect(facts(90) == SuiteCassettes(count: 1, oldestAt: Self.now.adding(seconds: -90 * 86_400)))
        #expect(facts(91).stale == 1)
        #expect(facts(nil) == SuiteCassettes(count: 1, stale: 1))
    }

    @Test func `a recording under another prompt is told; one that names none may be of any`() {
        func other(_ recorded: Digest?, _ tested: Digest?) -> Int {
            SuiteCassettes(provenance(days: 1, prompt: recorded), now: Self.now, promptVersion: tested).otherPrompt
        }
        #expect(other(Self.mine, Self.mine) == 0)
        #expect(other(Self.mine, Self.other) == 1)
        #expect(other(nil, Self.other) == 0)
        #expect(other(Self.mine, nil) == 0)
    }

    @Test func `what several suites have is added up`() {
        var sum = SuiteCassettes(count: 1, stale: 1)
        sum.add(SuiteCassettes(count: 2, oldestAt: Self.now, otherPrompt: 2))
        sum.add(SuiteCassettes(count: 1, oldestAt: Self.now.adding(seconds: -5)))
        #expect(sum == SuiteCassettes(count: 4, oldestAt: Self.now.adding(seconds: -5), stale: 1, otherPrompt: 2))
    }
}
