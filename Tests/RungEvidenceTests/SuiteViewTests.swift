import RungCore
import RungText
import Testing

@testable import RungEvidence

/// What suites are held against, and attempts to make them look better than they are.
struct SuiteViewTests {
    // MARK: - Intents

    static func card(_ intents: String, at: String) -> String {
        #"{"kind":"agent","id":"router","state":"active","ownerId":"ana","purpose":"\#(intents.utf8.count)","intents":[\#(intents)],"at":"\#(at)"}"#
    }

    static let run =
        #"{"kind":"run","id":"u","type":"regression","suiteId":"s","agentId":"router","finishedAt":"2026-09-05","passed":true,"trials":4,"intents":["a","b","z"]}"#
    static let sql = "SELECT intents_declared, intents_covered FROM suites"

    @Test func intentsAreThoseOfTheCardTheApprovedCardAndTheTraffic() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.run, Self.card(#""a","b","c""#, at: "2026-07-01"), Self.card(#""a""#, at: "2026-09-01")])
        #expect(try fixture.table(Self.sql) == "1|1")
        try fixture.importLines([SmallWorld.people[2], SmallWorld.act("x", "card", "router", "approval", "cy", "2026-07-02")])
        #expect(try fixture.table(Self.sql) == "3|2")
        try fixture.importLines([
            #"{"kind":"trafficIntent","agentId":"router","intent":"z","at":"2026-09-02"}"#,
            #"{"kind":"trafficIntent","agentId":"router","intent":"y","at":"2026-09-29"}"#,
            #"{"kind":"trafficIntent","agentId":"faq","intent":"x","at":"2026-09-02"}"#,
        ])
        #expect(try fixture.table(Self.sql) == "5|3")
        #expect(try fixture.values("SELECT suite_id AS entity, intents_declared AS value FROM suites", asOf: "2026-09-29") == ["s 4.0"])
    }

    @Test func aRunCannotBeMoreUnstableThanItWasTried() throws {
        let text = try EvidenceFixture().problems([
            #"{"kind":"run","id":"u","type":"lint","finishedAt":"2026-09-05","passed":true,"trials":1,"repeated":2,"unstable":3}"#
        ])
        #expect(
            text == """
                evidence.jsonl:1:100: error: "repeated" is 2, more than "trials" (1)
                  each unstable case was repeated, and each repeated case was tried
                evidence.jsonl:1:113: error: "unstable" is 3, more than "repeated" (2)
                  each unstable case was repeated, and each repeated case was tried
                2 problems
                """)
    }

    @Test func importedRunsStandBesideOwnOnes() throws {
        let fixture = try EvidenceFixture()
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        try fixture.importLines([Self.run])
        #expect(
            try fixture.table("SELECT run_id, suite_id, agent_id, passed, trials FROM runs ORDER BY 1, 3") == """
                run-1|orders|faq|1|1
                run-1|orders|router|0|3
                u|s|router|1|4
                """)
    }

    // MARK: - Judges

    static func label(
        _ id: String, _ passed: Bool, by who: String = "bo", saw: Bool = false, run: String = "u", at: String = "2026-09-10"
    )
        -> String
    {
        #"{"kind":"judgeLabel","runId":"\#(run)","suiteId":"s","agentId":"router","caseId":"\#(id)","principalId":"\#(who)","at":"\#(at)","passed":\#(passed),"sawVerdict":\#(saw)}"#
    }

    static func verdict(_ id: String, _ passed: Bool, run: String = "u") -> String {
        #"{"kind":"judgeVerdict","runId":"\#(run)","suiteId":"s","agentId":"router","caseId":"\#(id)","at":"2026-09-05","passed":\#(passed)}"#
    }

    static let suite =
        #"{"kind":"suite","id":"s","agentId":"router","judged":true,"at":"2026-08-01","judgeKappa":1,"judgeLabels":99,"judgeCheckedAt":"2026-09-29"}"#
    static let judge = "SELECT round(judge_kappa, 6), judge_labels, judge_checked_at FROM suites"

    /// Fleiss (1981, Statistical Methods for Rates and Proportions) and many textbooks: 20, 5, 10 and 15 of 50 give 0.4.
    @Test func kappaIsCohens() throws {
        let fixture = try EvidenceFixture()
        var lines = SmallWorld.people + [Self.suite]
        let cells = [(true, true, 20), (true, false, 5), (false, true, 10), (false, false, 15)]
        for (person, judge, count) in cells {
            for index in 0..<count {
                let id = "\(person)-\(judge)-\(index)"
                lines += [Self.verdict(id, judge), Self.label(id, person)]
            }
        }
        let report = try fixture.importLines(lines)
        #expect(report.findings.count == 3)
        #expect(try fixture.table(Self.judge) == "0.4|50|2026-09-10T00:00:00Z")
    }

    @Test func labelsOfThoseWhoKnewOrMayNotJudgeDoNotCount() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            SmallWorld.people + [
                Self.suite, Self.verdict("a", true), Self.verdict("b", false), Self.verdict("c", true), Self.verdict("d", true, run: "w"),
                Self.label("a", false), Self.label("b", true), Self.label("a", true, by: "cy", saw: true), Self.label("a", true, by: "bot"),
                Self.label("a", true, by: "nobody"), Self.label("a", true, by: "eve", at: "2026-09-11"), Self.label("d", true),
                Self.label("unknown", true),
            ])
        #expect(try fixture.table(Self.judge) == "-1.0|2|2026-09-10T00:00:00Z")
        let kappa = "SELECT suite_id AS entity, judge_labels AS value FROM suites"
        #expect(try fixture.values(kappa, asOf: "2026-09-10") == ["s 0.0"])
    }

    @Test func labelsThatAllAgreeOnOneVerdictShowNothing() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + [Self.suite, Self.verdict("a", true), Self.label("a", true)])
        #expect(try fixture.table(Self.judge) == "-|1|2026-09-10T00:00:00Z")
    }

    @Test func verdictsOfOwnRunsAreReadFromTheRun() throws {
        let fixture = try EvidenceFixture(now: "2026-09-30T12:00:00Z")
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        func label(_ id: String, _ agent: String, _ passed: Bool) -> String {
            #"{"kind":"judgeLabel","runId":"run-1","suiteId":"orders","agentId":"\#(agent)","caseId":"\#(id)","principalId":"bo","at":"2026-09-30","passed":\#(passed),"sawVerdict":false}"#
        }
        let claim =
            #"{"kind":"judgeVerdict","runId":"run-1","suiteId":"orders","agentId":"router","caseId":"b","at":"2026-09-30","passed":true}"#
        try fixture.importLines(
            SmallWorld.people + [claim, label("a", "router", true), label("b", "router", true), label("a", "faq", true)])
        let sql = "SELECT agent_id, round(judge_kappa, 6), judge_labels FROM suites ORDER BY 1"
        #expect(try fixture.table(sql) == "faq|-|1\nrouter|0.0|2")
    }

    // MARK: - Scenarios

    static func scenario(_ id: String, _ text: String, _ more: String = "", at: String = "2026-09-10", suite: String = "s") -> String {
        #"{"kind":"scenario","id":"\#(id)","suiteId":"\#(suite)","agentId":"router","recordedAt":"\#(at)","text":"\#(text)"\#(more)}"#
    }

    @Test func theOriginIsLookedUpAndTheTimeIsThatOfTheInteraction() throws {
        let fixture = try EvidenceFixture()
        func opened(_ id: String, _ type: String, agent: String = "router", at: String = "2026-09-01") -> String {
            #"{"kind":"case","id":"\#(id)","type":"\#(type)","agentId":"\#(agent)","openedAt":"\#(at)"}"#
        }
        let report = try fixture.importLines([
            SmallWorld.call("i1", "router", "2026-03-01", nil, nil), SmallWorld.call("i2", "faq", "2026-09-01", nil, nil),
            SmallWorld.call("i3", "router", "2026-09-11", nil, nil),
            #"{"kind":"interaction","id":"i4","agentId":"router","at":"2026-09-01","environment":"pilot"}"#,
            opened("c1", "incident"), opened("c2", "override_cluster"), opened("c3", "conflict"), opened("c4", "incident", agent: "faq"),
            opened("c5", "incident", at: "2026-09-12"),
            Self.scenario("logged", "a", #","interactionId":"i1","origin":"recorded""#),
            Self.scenario("other agent", "b", #","interactionId":"i2""#), Self.scenario("later", "c", #","interactionId":"i3""#),
            Self.scenario("pilot", "d", #","interactionId":"i4""#), Self.scenario("none", "e", #","interactionId":"i5""#),
            Self.scenario("incident", "f", #","caseId":"c1""#), Self.scenario("override", "g", #","caseId":"c2""#),
            Self.scenario("conflict", "h", #","caseId":"c3""#), Self.scenario("incident of another", "i", #","caseId":"c4""#),
            Self.scenario("before the incident", "j", #","caseId":"c5""#),
        ])
        #expect(report.findings.count == 1)
        #expect(
            try fixture.table("SELECT scenario_id, origin, recorded_at FROM scenarios ORDER BY 1") == """
                before the incident|written|2026-09-10T00:00:00Z
                conflict|written|2026-09-10T00:00:00Z
                incident|incident|2026-09-10T00:00:00Z
                incident of another|written|2026-09-10T00:00:00Z
                later|written|2026-09-10T00:00:00Z
                logged|recorded|2026-03-01T00:00:00Z
                none|written|2026-09-10T00:00:00Z
                other agent|written|2026-09-10T00:00:00Z
                override|override|2026-09-10T00:00:00Z
                pilot|written|2026-09-10T00:00:00Z
                """)
    }

    @Test func scenariosThatSayTheSameCountOnceAsTheFirstOfThem() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            SmallWorld.call("i1", "router", "2026-09-08", nil, nil),
            Self.scenario("written", "Where is order 1?", at: "2026-09-01"),
            Self.scenario("again", "where is ORDER 2", #","interactionId":"i1""#),
            Self.scenario("elsewhere", "Where is order 3?", suite: "t"),
        ])
        #expect(
            try fixture.table("SELECT suite_id, scenario_id, origin FROM scenarios ORDER BY 1") == "s|written|written\nt|elsewhere|written")
        #expect(try fixture.table("SELECT DISTINCT text IS NULL FROM scenario_records") == "1")
        #expect(try fixture.importLines([Self.scenario("written", "Where is order 1?", at: "2026-09-01")]).unchanged == ["scenario": 1])
    }

    @Test func aScenarioWithoutTextIsRefused() throws {
        let line = #"{"kind":"scenario","id":"x","suiteId":"s","agentId":"a","recordedAt":"2026-09-01"}"#
        #expect(
            try EvidenceFixture().problems([line]).contains("error: without \"text\" nobody can tell whether the scenario is another one"))
    }

    @Test func whatARegisteredScenarioSaysOfItselfGoesBeforeItsRuns() throws {
        let fixture = try EvidenceFixture()
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        let sql = "SELECT scenario_id, origin, recorded_at FROM scenarios ORDER BY 1"
        #expect(try fixture.table(sql) == "a|written|2026-09-30T11:59:00Z\nb|written|2026-09-30T11:59:00Z")
        try fixture.importLines([
            SmallWorld.call("i1", "router", "2026-09-08", nil, nil),
            Self.scenario("a", "hello", #","interactionId":"i1""#, suite: "orders"),
        ])
        #expect(try fixture.table(sql) == "a|recorded|2026-09-08T00:00:00Z\nb|written|2026-09-30T11:59:00Z")
    }
}
