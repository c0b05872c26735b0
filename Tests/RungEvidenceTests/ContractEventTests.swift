import Testing

@testable import RungEvidence

/// What counts as a change of state, and who is answerable for it.
struct ContractEventTests {
    @Test func everyChangeOfStateIsAnEvent() throws {
        let fixture = try GoodWorld.world.fixture()
        #expect(
            try fixture.table("SELECT DISTINCT kind FROM ledger_events ORDER BY 1") == """
                override
                registry
                release
                review
                threshold
                version
                waiver
                """)
    }

    @Test func anEventIsOfThePersonWhoDidItElseOfTheOneWhoRecordedIt() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            SmallWorld.people[0],
            #"{"kind":"threshold","id":"th","value":0.5,"at":"2026-03-01"}"#,
            #"{"kind":"thresholdChange","id":"move","thresholdId":"th","at":"2026-03-02","principalId":"ruler","afterValue":0.6}"#,
            #"{"kind":"envelope","id":"env","thresholdId":"th","low":0,"high":1,"authorId":"bo","approverId":"cy","at":"2026-03-03"}"#,
            #"{"kind":"waiver","id":"w","requestedBy":"bo","approverId":"cy","grantedAt":"2026-03-04"}"#,
            #"{"kind":"waiverEnd","waiverId":"w","at":"2026-03-05"}"#,
        ])
        #expect(
            try fixture.table("SELECT kind, at, principal_id, ledger_index FROM ledger_events ORDER BY at") == """
                registry|2026-01-01T00:00:00Z|ana|0
                threshold|2026-03-01T00:00:00Z|ana|0
                threshold|2026-03-02T00:00:00Z|ruler|0
                threshold|2026-03-03T00:00:00Z|cy|0
                waiver|2026-03-04T00:00:00Z|bo|0
                waiver|2026-03-05T00:00:00Z|-|0
                """)
    }
}
