import RungCore
import Testing

@testable import RungEvidence

@Suite struct AccountabilityTests {
    @Test func `owners of agents are active people, and the deputy stands in for one who left`() throws {
        let fixture = try SmallWorld.fixture()
        func agents(_ day: String) throws -> [String: String] {
            try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(day)).accountability().agents
        }
        #expect(try agents("2026-09-30") == ["router": "ana", "faq": "ana"])
        #expect(try agents("2026-09-01") == ["router": "ana", "faq": "eve"])
    }

    @Test func `duties name the person who holds them, and those of nobody are left out`() throws {
        let fixture = try SmallWorld.fixture()
        #expect(try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-09-30")).accountability().duties == [:])
        try fixture.importLines([
            #"{"kind":"duty","duty":"registry","primaryId":"bo","deputyId":"cy","at":"2026-08-01"}"#,
            #"{"kind":"duty","duty":"release","primaryId":"eve","deputyId":"cy","at":"2026-08-01"}"#,
            #"{"kind":"duty","duty":"incident","primaryId":"bot","at":"2026-08-01"}"#,
        ])
        #expect(
            try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-09-30")).accountability().duties
                == ["registry": "bo", "release": "cy"])
    }
}
