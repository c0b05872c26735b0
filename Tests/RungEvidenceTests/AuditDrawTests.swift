import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Draws for audits, and attempts to choose what is looked at.
struct AuditDrawTests {
    static func draw(_ id: String = "q3", _ type: String = "record", count: Int = 3, age: Int = 0) -> String {
        #"{"kind":"auditDraw","id":"\#(id)","type":"\#(type)","count":\#(count),"minimumAgeDays":\#(age)}"#
    }

    static func result(_ position: Int, _ record: Int64, draw: String = "q3", more: String = #","leakFree":true"#) -> String {
        #"{"kind":"auditResult","drawId":"\#(draw)","position":\#(position),"drawnRecord":\#(record),"at":"2026-09-30"\#(more)}"#
    }

    static let sql = "SELECT audit_id, kind, at, age_days, retrieved, leak_free, rebuilt, faithful FROM audits ORDER BY 1"

    /// A store with 100 scans of 1 January and 100 of 1 September, and a draw on 30 September.
    static func fixture(_ draws: [String]) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture(now: "2026-01-01T00:00:00Z")
        func scans(_ range: Range<Int>) -> [String] {
            range.map { #"{"kind":"scan","id":"s\#($0)","type":"overlap","at":"2026-01-01","records":1}"# }
        }
        try fixture.importLines(scans(0..<100))
        try fixture.clock.set("2026-09-01T00:00:00Z")
        try fixture.importLines(scans(100..<200))
        try fixture.clock.set("2026-09-30T12:00:00Z")
        try fixture.importLines(draws)
        return fixture
    }

    @Test func theSeedDecidesAndItIsTheRootWithTheAnnouncementItself() throws {
        let fixture = try Self.fixture([Self.draw(count: 200)])
        let drawn = try fixture.drawnRecords("q3")
        let seed = try fixture.store.head().root
        #expect(drawn == (0..<200).map { Int64(AuditDraw.place(of: $0, draw: "q3", seed: seed, population: 200)) })
        #expect(Set(drawn).count > 100)
        #expect(drawn.allSatisfy { (0..<200).contains($0) })
        try fixture.importLines([Self.draw("other")])
        #expect(try fixture.drawnRecords("q3") == drawn, "what comes later changes no draw")
        let salted = try EvidenceFixture()
        try salted.importLines([#"{"kind":"template","id":"t","authorId":"ana"}"#])
        #expect(try salted.store.head().root != seed)
    }

    @Test func everyPlaceIsAsLikelyAsAnyOther() {
        var counts = [Int](repeating: 0, count: 10)
        for position in 0..<5_000 { counts[AuditDraw.place(of: position, draw: "d", seed: digest("seed"), population: 10)] += 1 }
        let chi = counts.reduce(0.0) { $0 + Double(($1 - 500) * ($1 - 500)) / 500 }
        #expect(chi < 27.9, "chi-square with 9 degrees of freedom, 0.1 %")
    }

    @Test func onlyRecordsAsOldAsDemandedAreDrawn() throws {
        let fixture = try Self.fixture([Self.draw(count: 50, age: 180)])
        #expect(try fixture.drawnRecords("q3").allSatisfy { (0..<100).contains($0) })
        let drawn = try fixture.drawnRecords("q3")
        try fixture.importLines([Self.result(0, drawn[0])])
        #expect(try fixture.table(Self.sql) == "q3#0|record|2026-09-30T00:00:00Z|272.5|1|1|0|0")
    }

    @Test func aResultIsOfTheRecordThatTheDrawDemands() throws {
        let fixture = try Self.fixture([Self.draw()])
        let drawn = try fixture.drawnRecords("q3")
        let wrong = (drawn[1] + 1) % 200
        #expect(
            try fixture.problems([
                Self.result(0, drawn[0]), Self.result(1, wrong), Self.result(3, drawn[0]), Self.result(0, 0, draw: "q4"),
                Self.draw("q5", "decision"),
            ]) == """
                evidence.jsonl:2:64: error: position 1 of the draw "q3" demands record \(drawn[1])
                  look at the record that was drawn
                evidence.jsonl:3:48: error: the draw "q3" has the positions 0 to 2
                evidence.jsonl:4:32: error: the draw "q4" is not on the ledger
                  import its auditDraw record first, in an import of its own; its entry gives the seed
                3 problems
                """)
        #expect(try fixture.problems([Self.draw("q6"), Self.result(0, 0, draw: "q6")]).contains("the draw \"q6\" is not on the ledger"))
    }

    @Test func aDrawFromNothingHasNoResults() throws {
        let fixture = try Self.fixture([Self.draw("none", "decision")])
        #expect(try fixture.drawnRecords("none").isEmpty)
        #expect(try fixture.problems([Self.result(0, 0, draw: "none")]).contains("the draw \"none\" has nothing to draw from"))
        try fixture.clock.set("2026-12-01T00:00:00Z")
        try fixture.importLines([#"{"kind":"template","id":"t","authorId":"ana"}"#])
        #expect(try fixture.table(Self.sql) == "")
    }

    @Test func decisionsAndExplanationsAreDrawnAmongTheirOwn() throws {
        let fixture = try EvidenceFixture()
        let calls = (0..<40).map {
            SmallWorld.call("i\($0)", "router", "2026-09-01", nil, nil, more: $0 % 4 == 0 ? #","explanationRef":"e""# : "")
        }
        try fixture.importLines(calls + (0..<7).map { DecisionViewTests.decision("d\($0)") })
        try fixture.importLines([Self.draw("d", "decision", count: 60), Self.draw("e", "explanation", count: 60)])
        #expect(Set(try fixture.drawnRecords("d")) == Set(40..<47))
        #expect(Set(try fixture.drawnRecords("e")) == Set((0..<10).map { Int64($0 * 4) }))
    }

    @Test func whatIsNotAnsweredCountsAsLostAfterAWeek() throws {
        let fixture = try Self.fixture([Self.draw(count: 2, age: 180)])
        try fixture.importLines([Self.result(1, try fixture.drawnRecords("q3")[1])])
        let sql = "SELECT audit_id AS entity, retrieved AS value FROM audits WHERE age_days >= 180"
        #expect(try fixture.values(sql, asOf: "2026-10-07") == ["q3#1 1.0"])
        #expect(try fixture.values(sql, asOf: "2026-10-08") == ["q3#0 0.0", "q3#1 1.0"])
        #expect(try fixture.values(sql, asOf: "2026-09-30").isEmpty)
    }

    @Test func aRecordThatWasChangedIsNotRetrieved() throws {
        let fixture = try Self.fixture([Self.draw(count: 60)])
        let drawn = try fixture.drawnRecords("q3")
        let old = try #require(drawn.firstIndex { $0 < 100 })
        let new = try #require(drawn.firstIndex { $0 >= 100 })
        try fixture.tamper("UPDATE scan_records SET records = 2 WHERE record = \(drawn[old])")
        let claim = #","retrieved":true,"ageDays":999,"leakFree":true"#
        let report = try fixture.importLines([Self.result(old, drawn[old], more: claim), Self.result(new, drawn[new], more: claim)])
        #expect(report.findings.count == 2)
        #expect(
            try fixture.table("SELECT age_days, retrieved FROM audits WHERE audit_id IN ('q3#\(old)', 'q3#\(new)') ORDER BY age_days DESC")
                == "272.5|0\n29.5|1")
        try fixture.tamper("DELETE FROM scan_records WHERE record = \(drawn[new])")
        let again = try #require(drawn.lastIndex { $0 >= 100 && $0 != drawn[new] })
        try fixture.importLines([Self.result(again, drawn[again])])
        #expect(try fixture.table("SELECT retrieved FROM audits WHERE audit_id = 'q3#\(again)'") == "0")
    }

    @Test func anEntryThatDoesNotVerifyRetrievesNothing() throws {
        let fixture = try Self.fixture([Self.draw(count: 1)])
        try fixture.importLines([Self.result(0, try fixture.drawnRecords("q3")[0])])
        let sql = "SELECT audit_id AS entity, retrieved AS value FROM audits"
        #expect(try fixture.values(sql, asOf: "2026-10-01") == ["q3#0 1.0"])
        try fixture.tamper("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 0")
        #expect(try fixture.values(sql, asOf: "2026-10-01") == ["q3#0 0.0"])
    }

    @Test func aDecisionIsRebuiltWhenAllItsPartsAreThere() throws {
        let whole = #","inputsRef":"in","principalId":"ana""#
        /// More of the decision, and whether it is whole.
        let decisions = [
            (whole, "1"), (#","inputsRef":"in""#, "0"), (#","principalId":"ana""#, "0"), (#","inputsRef":"in","principalId":"who""#, "0"),
        ]
        for (more, rebuilt) in decisions {
            let fixture = try EvidenceFixture()
            try fixture.importLines(SmallWorld.people + SmallWorld.prompts + SmallWorld.releases + [DecisionViewTests.decision(more: more)])
            try fixture.importLines([Self.draw("d", "decision", count: 2)])
            let drawn = try fixture.drawnRecords("d")
            let claims = [#","rebuilt":true"#, #","rebuilt":false"#]
            try fixture.importLines(zip(drawn.indices, claims).map { Self.result($0, drawn[$0], draw: "d", more: $1) })
            #expect(try fixture.table("SELECT rebuilt FROM audits ORDER BY audit_id") == "\(rebuilt)\n0", "\(more)")
        }
    }
}
