import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReplay

struct CassetteDiffTests {
    private let a = CassetteSamples.exchange(body: #"{"q":"a"}"#, answer: #"{"text":"old"}"#)
    private let b = CassetteSamples.exchange(body: #"{"q":"b"}"#)

    @Test func theSameCassetteHasNoDifferences() {
        let cassette = CassetteSamples.cassette([a, b, a])
        #expect(CassetteDiff(from: cassette, to: cassette).isEmpty)
        #expect(CassetteDiff(from: cassette, to: cassette).lines == ["0 removed, 0 added, 0 changed, 3 the same"])
    }

    @Test func whatCameWentAndChangedIsTold() {
        var changed = a
        changed.response.body = [.init(Array(#"{ "text": "new" }"#.utf8))]
        let c = CassetteSamples.exchange(body: #"{"q":"c"}"#)
        let (old, new) = (CassetteSamples.cassette([a, b]), CassetteSamples.cassette([changed, c]))
        #expect(
            CassetteDiff(from: old, to: new).lines == [
                "- \(old.names[1]) POST /v1/chat/completions", "+ \(new.names[1]) POST /v1/chat/completions",
                "~ \(old.names[0]) POST /v1/chat/completions: /text was \"old\", is \"new\"", "1 removed, 1 added, 1 changed, 0 the same",
            ])
    }

    @Test func aRefreshedCassetteKeepsItsOrderItsScenarioAndItsNormalizers() {
        var old = CassetteSamples.cassette([a, b, a], [])
        old.provenance.promptVersion = SHA256Hasher.digest(of: "p")
        let new = CassetteSamples.exchange(body: #"{"q":"new"}"#)
        var later = a
        later.response.status = 500
        var recording = CassetteSamples.cassette([b, new, a, later])
        recording.provenance.scenario = "other"
        let refreshed = old.refreshed(by: recording)
        #expect(refreshed.exchanges == [a, b, later, new])
        #expect(refreshed.provenance.scenario == "refund")
        #expect(refreshed.provenance.promptVersion == old.provenance.promptVersion)
        #expect(refreshed.normalizers.isEmpty)
    }

    @Test func aRecordingIsStaleByAgeByPromptAndWithoutATime() throws {
        let now = try #require(Timestamp("2026-10-30T12:00:00Z"))
        var provenance = CassetteSamples.cassette([]).provenance
        #expect(CassetteAge(provenance, now: now, limit: 31 * 86_400, promptVersion: nil).text == "30 days old")
        #expect(
            CassetteAge(provenance, now: now, limit: 29 * 86_400, promptVersion: nil).text == "stale, 30 days old: recorded on 2026-09-30")
        let prompt = SHA256Hasher.digest(of: "p")
        #expect(CassetteAge(provenance, now: now, limit: 31 * 86_400, promptVersion: prompt).isStale)
        provenance.promptVersion = prompt
        #expect(!CassetteAge(provenance, now: now, limit: 31 * 86_400, promptVersion: prompt).isStale)
        provenance.recordedAt = nil
        #expect(CassetteAge(provenance, now: now, limit: 31 * 86_400, promptVersion: nil).text.hasPrefix("stale, of unknown age"))
    }
}
