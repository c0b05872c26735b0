import RungText
import Testing

@testable import RungEvidence

/// Duties and exceptions.
struct PolicyViewTests {
    func duties(_ lines: [String], _ columns: String = "duty, primary_id, deputy_id, last_act_at") throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + lines)
        return try fixture.rows("SELECT \(columns) FROM duties ORDER BY duty")
    }

    static func holds(_ duty: String, _ who: String, _ deputy: String, at: String = "2026-01-01") -> String {
        #"{"kind":"duty","duty":"\#(duty)","primaryId":"\#(who)","deputyId":"\#(deputy)","at":"\#(at)","lastActAt":"2026-09-29"}"#
    }

    @Test func withoutAPolicyAllSixDutiesAreDemandedHeldOrNot() throws {
        let found = try duties([Self.holds("release", "ana", "bo")])
        #expect(found.map { $0[0] } == RecordKind.dutyWords.sorted())
        #expect(found.filter { $0[1] != "-" } == [["release", "ana", "bo", "-"]])
    }

    @Test func thePolicyNamesTheDutiesOnceSomebodyElseHasApprovedIt() throws {
        let policy = PolicyPeriodTests.policy("p", #""duties":["release","incident","release"]"#, at: "2026-07-01")
        let none = PolicyPeriodTests.policy("p", #""duties":[]"#, at: "2026-07-01")
        let approval = PolicyPeriodTests.approval("a", "p", by: "bo", at: "2026-07-02")
        #expect(try duties([policy], "duty").count == 6)
        #expect(try duties([policy, approval], "duty") == [["incident"], ["release"]])
        #expect(try duties([none, approval], "duty").count == 6)
    }

    /// Acts under each duty.
    static let acts: [(String, [String])] = [
        ("registry", [SmallWorld.act("a", "agent", "router", "confirm", "ana", "2026-09-01", "keep")]),
        ("registry", [SmallWorld.act("a", "agent", "router", "intake", "bo", "2026-09-01")]),
        ("prompt_review", [SmallWorld.prompts[1], SmallWorld.act("a", "prompt_version", SmallWorld.p1, "review", "ana", "2026-09-01")]),
        ("release", [SmallWorld.releases[0], SmallWorld.act("a", "release", "r1", "approval", "ana", "2026-09-01")]),
        (
            "observability",
            [
                #"{"kind":"dashboard","agentId":"router","freshMinutes":5,"at":"2026-08-01"}"#,
                #"{"kind":"act","id":"a","subjectKind":"dashboard","subjectId":"router","step":"open","principalId":"ana","at":"2026-09-01","dataAt":"2026-08-31"}"#,
            ]
        ),
        ("incident", [#"{"kind":"case","id":"c","type":"incident","openedAt":"2026-08-01","decidedAt":"2026-09-01","decidedBy":"ana"}"#]),
        ("incident", [drill(at: "2026-08-25"), SmallWorld.act("a", "agent", "router", "review", "ana", "2026-09-01")]),
        (
            "assessment",
            [
                #"{"kind":"assessment","id":"s","digest":"\#(EvidenceLines.sha)","at":"2026-08-01"}"#,
                SmallWorld.act("a", "assessment", "s", "approval", "bo", "2026-09-01"),
            ]
        ),
    ]

    @Test(arguments: acts)
    func aDutyIsExercisedByItsActs(duty: String, lines: [String]) throws {
        let held = try duties([Self.holds(duty, "ana", "bo")] + lines).filter { $0[3] != "-" }
        #expect(held == [[duty, "ana", "bo", "2026-09-01T00:00:00Z"]])
        #expect(try duties([Self.holds(duty, "cy", "eve")] + lines).allSatisfy { $0[3] == "-" })
    }

    /// A test of the alerts of the agent `router`.
    static func drill(at time: String, trials: Int = 1) -> String {
        #"{"kind":"run","id":"drill","type":"alert_drill","agentId":"router","finishedAt":"\#(time)","passed":true,"trials":\#(trials)}"#
    }

    @Test(arguments: [drill(at: "2026-08-24"), drill(at: "2026-09-02"), drill(at: "2026-08-30", trials: 0)])
    func aReviewLongAfterADrillBeforeItOrAfterAnEmptyOneIsNoActForIncidents(drill: String) throws {
        let review = SmallWorld.act("a", "agent", "router", "review", "ana", "2026-09-01")
        #expect(try duties([Self.holds("incident", "ana", "bo"), drill, review]).allSatisfy { $0[3] == "-" })
    }

    /// Lines that look like an act under the duty `registry` or `release`, and are none.
    static let voids: [[String]] = [
        [SmallWorld.act("a", "agent", "shadow", "confirm", "ana", "2026-09-01", "keep")],
        [SmallWorld.act("a", "agent", "router", "decision", "ana", "2026-09-01", "keep")],
        [SmallWorld.act("a", "agent", "router", "confirm", "bot", "2026-09-01", "keep")],
        [SmallWorld.act("a", "release", "none", "approval", "ana", "2026-09-01")],
        [SmallWorld.act("a", "agent", "router", "confirm", "ana", "2025-12-31", "keep")],
    ]

    @Test(arguments: voids)
    func anActOnNothingByAServiceOrBeforeTheDutyWasHeldIsNone(lines: [String]) throws {
        let holders = [Self.holds("registry", "ana", "bot"), Self.holds("release", "ana", "bo")]
        #expect(try duties(holders + lines).allSatisfy { $0[3] == "-" })
    }

    @Test func anActCountsForWhoHeldTheDutyThen() throws {
        let found = try duties([
            Self.holds("registry", "ana", "eve", at: "2026-01-01"), Self.holds("registry", "cy", "bo", at: "2026-08-01"),
            SmallWorld.act("a", "agent", "router", "confirm", "ana", "2026-07-15", "keep"),
            SmallWorld.act("b", "agent", "router", "confirm", "ana", "2026-08-15", "keep"),
            SmallWorld.act("c", "agent", "router", "confirm", "bo", "2026-07-20", "keep"),
        ])
        #expect(found.filter { $0[1] != "-" } == [["registry", "cy", "bo", "2026-07-15T00:00:00Z"]])
    }

    // MARK: - Exceptions

    static let waiver =
        #"{"kind":"waiver","id":"w","requestedBy":"ana","approverId":"bo","reason":"r","scope":"s","grantedAt":"2026-08-01","expiresAt":"2027-01-28","daysLong":1}"#

    func waivers(_ lines: [String]) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(lines)
        return try fixture.rows("SELECT expires_at, days_long, closed_at FROM waivers")
    }

    @Test func anExceptionIsAsLongAsFromItsGrantToItsEnd() throws {
        #expect(try waivers([Self.waiver]) == [["2027-01-28T00:00:00Z", "180.0", "-"]])
        let endless = #"{"kind":"waiver","id":"w","requestedBy":"ana","grantedAt":"2026-08-01","daysLong":1}"#
        #expect(try waivers([endless]) == [["-", "-", "-"]])
    }

    @Test func anExceptionIsClosedByARecordOfItsOwn() throws {
        let end = #"{"kind":"waiverEnd","waiverId":"w","at":"2026-09-01"}"#
        #expect(try waivers([Self.waiver, end])[0][2] == "2026-09-01T00:00:00Z")
        let early = #"{"kind":"waiverEnd","waiverId":"w","at":"2026-07-01"}"#
        #expect(try waivers([Self.waiver, early])[0][2] == "-")
    }

    @Test func anExceptionThatEndsBeforeItBeginsIsAnError() throws {
        let text = try EvidenceFixture().problems([
            #"{"kind":"waiver","id":"w","requestedBy":"ana","grantedAt":"2026-08-01","expiresAt":"2026-07-01"}"#
        ])
        #expect(
            text == """
                evidence.jsonl:1:84: error: "expiresAt" is 2026-07-01T00:00:00Z, before the exception was granted (2026-08-01T00:00:00Z)
                  correct the time
                1 problem
                """)
    }
}
