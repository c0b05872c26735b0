import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Decisions, predictions and scores, and attempts to make them look better than they are.
struct DecisionViewTests {
    static func decision(_ id: String = "d", at: String = "2026-09-10", scope: String = "operational", more: String = "") -> String {
        #"{"kind":"decision","id":"\#(id)","agentId":"router","at":"\#(at)","scope":"\#(scope)","startedBy":"event"\#(more)}"#
    }

    static func card(tier: String = "low", autonomy: String = "act", at: String = "2026-06-01", owner: String = "ana") -> String {
        #"{"kind":"agent","id":"router","state":"active","ownerId":"\#(owner)","authorId":"bo","department":"sales","purpose":"p","riskTier":"\#(tier)","autonomy":"\#(autonomy)","at":"\#(at)"}"#
    }

    static func approval(by person: String = "cy", at: String = "2026-06-02", _ verdict: String = "approved") -> String {
        SmallWorld.act("\(person)-\(at)-\(verdict)", "card", "router", "approval", person, at, verdict)
    }

    // MARK: - The tier rule

    /// Lines about the card, and whether an operational decision on 10 September is consequential.
    static let cards: [(String, [String], String)] = [
        ("no card", [], "1"),
        ("low, never approved", [card()], "1"),
        ("low, approved", [card(), approval()], "0"),
        ("medium and advice, approved", [card(tier: "medium", autonomy: "advise"), approval()], "0"),
        ("medium and acts, approved", [card(tier: "medium"), approval()], "1"),
        ("high, approved", [card(tier: "high", autonomy: "advise"), approval()], "1"),
        ("approved by the owner", [card(), approval(by: "ana")], "1"),
        ("approved by the author", [card(), approval(by: "bo")], "1"),
        ("approved by a service", [card(), approval(by: "bot")], "1"),
        ("approved by a person who had left", [card(), approval(by: "eve", at: "2026-09-10")], "1"),
        ("approved after the decision", [card(), approval(at: "2026-09-11")], "1"),
        ("rejected after the approval", [card(), approval(), approval(at: "2026-07-01", "rejected")], "1"),
        ("rejected after the decision", [card(), approval(), approval(at: "2026-09-11", "rejected")], "0"),
        ("changed after the approval", [card(tier: "high"), approval(), card(at: "2026-09-01")], "1"),
    ]

    @Test(arguments: cards)
    func onlyAnApprovedCardMakesADecisionHarmless(name: String, lines: [String], consequential: String) throws {
        let fixture = try EvidenceFixture()
        let people = SmallWorld.people.filter { $0.contains(#""principal""#) }
        try fixture.importLines(people + lines + [Self.decision(more: #","consequential":0"#), Self.decision("p", scope: "planning")])
        #expect(try fixture.table("SELECT consequential FROM decisions ORDER BY decision_id") == "\(consequential)\n1", "\(name)")
    }

    // MARK: - What it is joined with

    @Test func theReleaseIsTheOneThatWasLiveWithThatContent() throws {
        let p1 = SmallWorld.p1
        let p2 = SmallWorld.p2
        let found = try EvidenceFixture()
        try found.importLines(
            SmallWorld.releases + [
                Self.decision("before", at: "2026-07-01", more: #","releaseId":"r2""#), Self.decision("first", at: "2026-08-19"),
                Self.decision("second"), Self.decision("named", more: #","promptVersionId":"\#(p2)","configDigest":"\#(SmallWorld.c)""#),
                Self.decision("old-prompt", more: #","promptVersionId":"\#(p1)""#),
                Self.decision("other-configuration", more: #","configDigest":"\#(EvidenceLines.sha)""#),
            ])
        #expect(
            try found.table("SELECT decision_id, release_id FROM decisions ORDER BY 1") == """
                before|-
                first|r1
                named|r2
                old-prompt|-
                other-configuration|-
                second|r2
                """)
    }

    @Test func theDepartmentIsTheAgentsThen() throws {
        let fixture = try EvidenceFixture()
        let people = #"{"kind":"decision","id":"people","at":"2026-09-10","scope":"planning","startedBy":"report"}"#
        try fixture.importLines([Self.card(), Self.decision(more: #","department":"care""#), people])
        #expect(try fixture.table("SELECT agent_id, department FROM decisions ORDER BY 1") == "-|-\nrouter|sales")
    }

    @Test func theOutcomeComesAfterwardsAndFromSomebodyElse() throws {
        let fixture = try EvidenceFixture()
        func outcome(_ id: String, _ at: String, by who: String? = "bo", of decision: String = "d") -> String {
            let told = who.map { #","principalId":"\#($0)""# } ?? ""
            return #"{"kind":"outcome","id":"\#(id)","decisionId":"\#(decision)","at":"\#(at)","ref":"\#(id)"\#(told)}"#
        }
        try fixture.importLines([
            Self.decision(more: #","outcomeRef":"x","outcomeDueAt":"2030-01-01""#), outcome("early", "2026-09-09"),
            outcome("own", "2026-09-20", by: "router"), outcome("other", "2026-09-20", of: "e"),
        ])
        let sql = "SELECT outcome_ref, outcome_due_at FROM decisions"
        #expect(try fixture.table(sql) == "-|2026-12-09T00:00:00Z")
        try fixture.importLines([outcome("good", "2026-09-15"), outcome("latest", "2026-09-16", by: nil)])
        #expect(try fixture.table(sql) == "latest|2026-12-09T00:00:00Z")
        let known = "SELECT COALESCE(outcome_ref, 'none') AS entity, 1 AS value FROM decisions"
        #expect(try fixture.values(known, asOf: "2026-09-15") == ["none 1.0"])
        #expect(try fixture.values(known, asOf: "2026-09-16") == ["good 1.0"])
    }

    @Test func thePersonWhoAnsweredLastIsTheResponder() throws {
        let fixture = try EvidenceFixture()
        func answer(_ who: String, _ at: String, _ response: String, to decision: String = "d") -> String {
            #"{"kind":"decisionResponse","decisionId":"\#(decision)","principalId":"\#(who)","at":"\#(at)","response":"\#(response)"}"#
        }
        try fixture.importLines([
            Self.decision(), answer("ana", "2026-09-09", "accepted"), answer("bo", "2026-09-12", "changed"),
            answer("cy", "2026-09-11", "rejected"), answer("eve", "2026-09-13", "accepted", to: "e"),
        ])
        #expect(try fixture.table("SELECT human_response, responder_id FROM decisions") == "changed|bo")
    }

    @Test func anEntryThatDoesNotVerifyProvesNoDecision() throws {
        let fixture = try EvidenceFixture()
        for id in ["a", "b"] { try fixture.importLines([Self.decision(id, more: #","proofOk":1,"ledgerIndex":7"#)]) }
        let sql = "SELECT decision_id || ledger_index AS entity, proof_ok AS value FROM decisions"
        #expect(try fixture.values(sql, asOf: "2026-09-30") == ["a0 1.0", "b1 1.0"])
        try fixture.tamper("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 1")
        #expect(try fixture.values(sql, asOf: "2026-09-30") == ["a0 1.0", "b1 0.0"])
    }

    // MARK: - Business rules

    static func rule(_ conditions: String, version: String = "1", at: String = "2026-08-01") -> String {
        #"{"kind":"businessRule","id":"limit","version":"\#(version)","conditions":[\#(conditions)],"at":"\#(at)"}"#
    }

    static func ruled(_ id: String, _ inputs: String?, version: String = "1", at: String = "2026-09-10") -> String {
        let given = inputs.map { #","inputs":\#($0)"# } ?? ""
        return decision(id, at: at, more: #","ruleId":"limit","ruleVersion":"\#(version)","ruleCheck":"passed"\#(given)"#)
    }

    /// A condition, the inputs and the result of the check.
    static let conditions: [(String, String, String)] = [
        (#"{"input":"x","is":"atMost","value":5}"#, #"{"x":5}"#, "passed"),
        (#"{"input":"x","is":"atMost","value":5}"#, #"{"x":5.5}"#, "failed"),
        (#"{"input":"x","is":"atMost","value":5}"#, #"{"x":"4"}"#, "failed"),
        (#"{"input":"x","is":"atMost","value":5}"#, #"{"y":4}"#, "failed"),
        (#"{"input":"x","is":"atMost","value":5}"#, "{}", "failed"),
        (#"{"input":"x","is":"below","value":5}"#, #"{"x":5}"#, "failed"),
        (#"{"input":"x","is":"atLeast","value":-1}"#, #"{"x":-1.0}"#, "passed"),
        (#"{"input":"x","is":"above","value":0}"#, #"{"x":true}"#, "failed"),
        (#"{"input":"x","is":"above","value":0}"#, #"{"x":0.001}"#, "passed"),
        (#"{"input":"x","is":"equal","value":true}"#, #"{"x":true}"#, "passed"),
        (#"{"input":"x","is":"equal","value":true}"#, #"{"x":1}"#, "failed"),
        (#"{"input":"x","is":"equal","value":true}"#, #"{"x":false}"#, "failed"),
        (#"{"input":"x","is":"equal","value":"a"}"#, #"{"x":"a"}"#, "passed"),
        (#"{"input":"x","is":"equal","value":1}"#, #"{"x":"1"}"#, "failed"),
        (#"{"input":"x","is":"notEqual","value":"a"}"#, #"{"x":"b"}"#, "passed"),
        (#"{"input":"x","is":"notEqual","value":"a"}"#, #"{"y":"b"}"#, "failed"),
        (#"{"input":"x","is":"notEqual","value":"a"}"#, #"{"x":1}"#, "failed"),
        (#"{"input":"x","is":"oneOf","values":["DE","AT"]}"#, #"{"x":"AT"}"#, "passed"),
        (#"{"input":"x","is":"oneOf","values":["DE","AT"]}"#, #"{"x":"CH"}"#, "failed"),
        (#"{"input":"x","is":"oneOf","values":["1",2]}"#, #"{"x":1}"#, "failed"),
        (#"{"input":"x","is":"given"}"#, #"{"x":0}"#, "passed"),
        (#"{"input":"x","is":"given"}"#, #"{"x":""}"#, "failed"),
        (#"{"input":"x.y","is":"given"}"#, #"{"x.y":"a"}"#, "passed"),
        (#"{"input":"x","is":"given"},{"input":"y","is":"atMost","value":1}"#, #"{"x":"a","y":2}"#, "failed"),
    ]

    @Test(arguments: conditions)
    func aRuleIsCheckedByTheStore(conditions: String, inputs: String, result: String) throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.rule(conditions), Self.ruled("d", inputs)])
        #expect(try fixture.table("SELECT rule_version, rule_check FROM decisions") == "limit@1|\(result)")
    }

    @Test func aRuleIsRegisteredBeforeTheDecisionInTimeAndOnTheLedger() throws {
        let condition = #"{"input":"x","is":"given"}"#
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.ruled("recorded-before", #"{"x":1}"#)])
        try fixture.importLines([
            Self.rule(condition), Self.rule(condition, version: "2", at: "2026-09-11"), Self.ruled("good", #"{"x":1}"#),
            Self.ruled("made-before", #"{"x":1}"#, version: "2"), Self.ruled("unknown", #"{"x":1}"#, version: "3"),
            Self.ruled("no-inputs", nil),
        ])
        #expect(
            try fixture.table("SELECT decision_id, rule_check FROM decisions ORDER BY 1") == """
                good|passed
                made-before|-
                no-inputs|-
                recorded-before|-
                unknown|-
                """)
    }

    @Test func conditionsThatCannotHoldAreRefused() throws {
        let text = try EvidenceFixture().problems([
            Self.rule(#"{"input":"x","is":"atMost","value":"5"}"#), Self.rule(#"{"input":"x","is":"oneOf","value":1}"#),
            Self.rule(#"{"input":"x","is":"given","value":1}"#), Self.rule(#"{"input":"x","is":"equal"}"#), Self.rule(""),
            Self.rule(#"{"input":"x","is":"like","value":"a%"}"#), Self.decision(more: #","ruleId":"limit""#),
        ])
        let messages = text.split(separator: "\n").filter { $0.contains("error: ") }.compactMap { $0.split(separator: "error: ").last }
        #expect(
            messages == [
                "condition 1: atMost needs a number as \"value\" alone", "condition 1: oneOf needs \"values\" alone",
                "condition 1: given needs no value", "condition 1: equal needs \"value\" alone",
                "\"conditions\" needs at least 1 entry, found 0", "\"is\" is \"like\"", "a rule is named by ruleId and ruleVersion",
            ])
    }

    // MARK: - Predictions

    static func prediction(_ id: String, due: String = "2026-10-31", more: String = "") -> String {
        #"{"kind":"prediction","id":"\#(id)","dueAt":"\#(due)","low":1,"high":2,"type":"forecast"\#(more)}"#
    }

    static func settled(_ id: String, _ at: String, _ value: Double, name: String = "o") -> String {
        #"{"kind":"outcome","id":"\#(name)-\#(id)","predictionId":"\#(id)","at":"\#(at)","value":\#(value)}"#
    }

    @Test func aPredictionIsStatedWhenItIsRecordedAndSettledAfterwards() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T10:00:00Z")
        try fixture.importLines([Self.settled("late", "2026-08-31", 1.5)])
        let cheat = #","statedAt":"2026-01-01","actual":1.5,"spanLimit":9"#
        let report = try fixture.importLines([Self.prediction("good", more: cheat), Self.prediction("late"), Self.prediction("known")])
        #expect(report.findings.count == 3)
        try fixture.clock.set("2026-11-01T00:00:00Z")
        try fixture.importLines([Self.settled("good", "2026-10-31", 1.75), Self.settled("known", "2026-09-01T09:59:59Z", 1.5)])
        #expect(
            try fixture.table("SELECT prediction_id, stated_at, due_at, span_limit, actual FROM predictions ORDER BY 1") == """
                good|2026-09-01T10:00:00Z|2026-10-31T00:00:00Z|-|1.75
                known|2026-09-01T10:00:00Z|2026-10-31T00:00:00Z|-|-
                late|2026-09-01T10:00:00Z|2026-10-31T00:00:00Z|-|-
                """)
        let sql = "SELECT prediction_id AS entity, COALESCE(actual, -1) AS value FROM predictions WHERE prediction_id = 'good'"
        #expect(try fixture.values(sql, asOf: "2026-09-01").isEmpty)
        #expect(try fixture.values(sql, asOf: "2026-10-31") == ["good -1.0"])
        #expect(try fixture.values(sql, asOf: "2026-11-01") == ["good 1.75"])
    }

    @Test func theWidestIntervalIsThePolicysAtThatTime() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T10:00:00Z")
        let policy = #"{"kind":"policy","id":"house","authorId":"ana","spanLimit":3,"at":"2026-08-01"}"#
        try fixture.importLines([SmallWorld.people[0], SmallWorld.people[1], policy])
        try fixture.importLines([Self.prediction("before")])
        try fixture.clock.set("2026-09-03T10:00:00Z")
        try fixture.importLines([SmallWorld.act("ok", "policy", "house", "approval", "bo", "2026-09-02")])
        try fixture.importLines([Self.prediction("after")])
        #expect(try fixture.table("SELECT prediction_id, span_limit FROM predictions ORDER BY 1") == "after|3.0\nbefore|-")
    }

    // MARK: - Scores

    static func score(_ basis: String, at: String = "2026-09-10") -> String {
        #"{"kind":"score","id":"\#(basis)-\#(at)","agentId":"router","basis":"\#(basis)","startedAt":"2026-09-01","at":"\#(at)","n":500,"low":0.99,"high":1}"#
    }

    @Test func aScoreIsWorkedOutFromOutcomesInItsSpan() throws {
        let fixture = try EvidenceFixture()
        let calls = (0..<10).map { SmallWorld.call("i\($0)", "router", "2026-09-0\($0 % 9 + 1)", nil, $0 < 8 ? "accepted" : "failed") }
        try fixture.importLines(
            calls + [
                SmallWorld.call("late", "router", "2026-09-10", nil, "accepted"), SmallWorld.call("open", "router", "2026-09-05", nil, nil),
                SmallWorld.call("other", "faq", "2026-09-05", nil, "accepted"),
                #"{"kind":"interaction","id":"pilot","agentId":"router","at":"2026-09-05","environment":"pilot","outcome":"accepted"}"#,
                #"{"kind":"outcome","id":"o","interactionId":"i0","at":"2026-09-06","outcome":"rejected"}"#, Self.score("outcome"),
            ])
        try fixture.importLines([
            SmallWorld.call("later", "router", "2026-09-05", nil, "accepted"),
            #"{"kind":"outcome","id":"p","interactionId":"i0","at":"2026-09-07","outcome":"accepted"}"#,
        ])
        // Wilson's interval of 7 of 10: 0.3967781 to 0.8922087.
        #expect(
            try fixture.table("SELECT agent_id, at, basis, n, round(low, 7), round(high, 7) FROM scores")
                == "router|2026-09-10T00:00:00Z|outcome|10|0.3967781|0.8922087")
    }

    @Test func benefitIsTheDifferenceFromTheBaselineOfTheCard() throws {
        let fixture = try EvidenceFixture()
        let card = #"{"kind":"agent","id":"router","state":"active","baseline":10,"at":"2026-06-01"}"#
        let later = #"{"kind":"agent","id":"router","state":"active","baseline":0,"at":"2026-09-11"}"#
        let values = [11.0, 12, 13, 14].enumerated().map { index, value in
            #"{"kind":"outcome","id":"v\#(index)","decisionId":"d\#(index)","at":"2026-09-05","value":\#(value)}"#
        }
        try fixture.importLines(
            [card, later] + (0..<4).map { Self.decision("d\($0)", at: "2026-09-02") } + values + [
                SmallWorld.call("i", "router", "2026-09-03", nil, "accepted"),
                #"{"kind":"outcome","id":"w","interactionId":"i","at":"2026-09-04","outcome":"accepted","value":15}"#,
                #"{"kind":"outcome","id":"again","decisionId":"d0","at":"2026-09-06","value":11}"#, Self.score("benefit"),
            ])
        // Mean 13 and standard error sqrt(2.5 / 5) of 11…15: 3 ± 1.3859038 above the baseline.
        #expect(try fixture.table("SELECT basis, n, round(low, 7), round(high, 7) FROM scores") == "benefit|5|1.6140962|4.3859038")
    }

    @Test func withoutOutcomesAScoreIsOneOfUsage() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            SmallWorld.call("i", "router", "2026-09-05", nil, nil), Self.score("benefit"), Self.score("outcome"), Self.score("usage"),
        ])
        #expect(try fixture.table("SELECT basis, n, low, high FROM scores") == "usage|0|-|-\nusage|0|-|-\nusage|0|-|-")
    }

    @Test func benefitNeedsABaseline() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            #"{"kind":"agent","id":"router","state":"active","at":"2026-06-01"}"#, Self.decision("d", at: "2026-09-02"),
            #"{"kind":"outcome","id":"v","decisionId":"d","at":"2026-09-05","value":3}"#, Self.score("benefit"),
        ])
        #expect(try fixture.table("SELECT basis, n FROM scores") == "usage|0")
    }

    @Test func capacityIsAsAttested() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([#"{"kind":"capacity","department":"sales","periodStart":"2026-07-01","outcomes":120,"staff":4}"#])
        #expect(try fixture.table("SELECT * FROM capacity") == "sales|2026-07-01T00:00:00Z|120.0|4.0")
        let other = #"{"kind":"capacity","department":"sales","periodStart":"2026-07-01","outcomes":200,"staff":4}"#
        #expect(try fixture.problems([other]).contains("capacity \"sales/2026-07-01\" is stored with other content"))
    }
}
