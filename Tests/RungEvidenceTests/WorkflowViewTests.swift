import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Where changes come from and how they end; who moves thresholds and what that did.
struct WorkflowViewTests {
    static let change =
        #"{"kind":"change","id":"g","agentId":"router","ownerId":"ana","openedAt":"2026-08-10","origin":"drift","result":"released","daysOpen":1}"#

    static func led(
        _ type: String, opened: String = "2026-08-01", agent: String = "router", change: String = "g", id: String = "c"
    ) -> String {
        #"{"kind":"case","id":"\#(id)","type":"\#(type)","agentId":"\#(agent)","openedAt":"\#(opened)","changeId":"\#(change)"}"#
    }

    func changes(_ lines: [String], _ columns: String) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(lines)
        return try fixture.rows("SELECT \(columns) FROM changes ORDER BY change_id")
    }

    /// Cases, and the origin of the change.
    static let origins: [([String], String)] = [
        ([], "manual"), ([led("override_cluster")], "override_cluster"), ([led("feedback_cluster")], "feedback_cluster"),
        ([led("prompt_failure")], "prompt_failure"), ([led("incident")], "manual"), ([led("override_cluster", agent: "faq")], "manual"),
        ([led("override_cluster", opened: "2026-08-11")], "manual"), ([led("override_cluster", change: "other")], "manual"),
        ([led("prompt_failure", opened: "2026-08-02", id: "b"), led("override_cluster")], "override_cluster"),
    ]

    @Test(arguments: origins)
    func theOriginOfAChangeIsTheCaseThatLedToIt(cases: [String], origin: String) throws {
        #expect(try changes([Self.change] + cases, "origin") == [[origin]])
    }

    /// Agent, time, size and statistic of a check, and the origin of the change that names it.
    static let checks: [(String, String, Int, Double, String)] = [
        ("router", "2026-08-09", 9, 0.3, "drift"), ("faq", "2026-08-09", 9, 0.3, "manual"), ("router", "2026-08-11", 9, 0.3, "manual"),
        ("router", "2026-08-09", 0, 0.3, "manual"), ("router", "2026-08-09", 9, 0.1, "manual"),
    ]

    @Test(arguments: checks)
    func aChangeComesFromDriftWhenItsCheckFoundABreach(agent: String, at: String, n: Int, statistic: Double, origin: String) throws {
        let named = #"{"kind":"change","id":"g","agentId":"router","checkId":"d","openedAt":"2026-08-10"}"#
        let check =
            #"{"kind":"driftCheck","id":"d","agentId":"\#(agent)","at":"\#(at)","type":"data","n":\#(n),"statistic":\#(statistic),"upperLimit":0.2}"#
        #expect(try changes([named, check], "origin") == [[origin]])
        #expect(try changes([named], "origin") == [["manual"]])
    }

    static func release(_ id: String, _ at: String, agent: String = "router", change: String = "g") -> String {
        ComputedColumnTests.release(id, at, agent: agent, more: #","changeId":"\#(change)""#)
    }

    static let refusal = #"{"kind":"changeEnd","changeId":"g","at":"2026-08-20","result":"refused","reason":"r"}"#

    /// What ends a change, and how.
    static let ends: [([String], [String])] = [
        ([], ["-", "-", "-", "-", "51.5"]), ([release("z", "2026-08-15")], ["2026-08-15", "released", "-", "z", "5.0"]),
        ([release("z", "2026-08-15", agent: "faq")], ["-", "-", "-", "-", "51.5"]),
        ([release("z", "2026-08-09")], ["-", "-", "-", "-", "51.5"]),
        ([release("z", "2026-08-15", change: "x")], ["-", "-", "-", "-", "51.5"]),
        ([refusal], ["2026-08-20", "refused", "r", "-", "10.0"]),
        ([refusal, release("z", "2026-08-25")], ["2026-08-20", "refused", "r", "-", "10.0"]),
        ([refusal, release("y", "2026-08-16"), release("z", "2026-08-15")], ["2026-08-15", "released", "-", "z", "5.0"]),
        ([#"{"kind":"changeEnd","changeId":"g","at":"2026-08-09","result":"refused"}"#], ["-", "-", "-", "-", "51.5"]),
    ]

    @Test(arguments: ends)
    func aChangeEndsWithTheReleaseThatNamesItOrARefusal(lines: [String], end: [String]) throws {
        let columns = "SUBSTR(closed_at, 1, 10), result, reason, release_id, days_open"
        #expect(try changes([Self.change] + lines, columns) == [end])
    }

    @Test func aReleaseIsNotBelievedWithoutItsRecord() throws {
        let fixture = try EvidenceFixture()
        let end = #"{"kind":"changeEnd","changeId":"g","at":"2026-08-20","result":"released","releaseId":"z"}"#
        let report = try fixture.importLines([Self.change, end])
        #expect(try fixture.rows("SELECT closed_at, result, due_at FROM changes") == [["-", "-", "2026-09-09T00:00:00Z"]])
        let reported = report.findings.map(\.message).filter { $0.contains("changeEnd") }
        #expect(reported.count == 2)
    }

    // MARK: - Thresholds

    static let threshold =
        #"{"kind":"threshold","id":"t","agentId":"router","value":0.5,"targetMetric":"corrected_share","at":"2026-07-01"}"#

    static func move(_ id: String, _ at: String, to value: Double, by who: String = "bot", threshold: String = "t") -> String {
        #"{"kind":"thresholdChange","id":"\#(id)","thresholdId":"\#(threshold)","at":"\#(at)","principalId":"\#(who)","afterValue":\#(value),"reversalRef":"undo","byRule":1,"insideEnvelope":1,"effect":9,"beforeValue":7}"#
    }

    static func envelope(
        _ id: String, _ at: String, _ low: Double, _ high: Double, author: String = "ana", approver: String = "bo"
    ) -> String {
        #"{"kind":"envelope","id":"\#(id)","thresholdId":"t","low":\#(low),"high":\#(high),"authorId":"\#(author)","approverId":"\#(approver)","at":"\#(at)"}"#
    }

    func thresholds(_ lines: [String], _ columns: String) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + lines)
        return try fixture.rows("SELECT \(columns) FROM thresholds ORDER BY change_id")
    }

    @Test func aThresholdNeverMovedHasOneRow() throws {
        let columns = "threshold_id, change_id, changed_at, by_rule, inside_envelope, before_value, after_value, effect, reversal_ref"
        #expect(try thresholds([Self.threshold], columns) == [["t", "-", "-", "-", "-", "-", "-", "-", "-"]])
    }

    @Test func whatAThresholdWasBeforeIsWhatItWasSetToLast() throws {
        let moves = [Self.move("b", "2026-08-02", to: 0.7), Self.move("a", "2026-08-01", to: 0.6), Self.move("c", "2026-08-03", to: 0.7)]
        let found = try thresholds([Self.threshold] + moves, "change_id, before_value, after_value, reversal_ref")
        #expect(found == [["a", "0.5", "0.6", "undo"], ["b", "0.6", "0.7", "undo"], ["c", "0.7", "0.7", "undo"]])
        #expect(try thresholds([Self.move("a", "2026-08-01", to: 0.6)], "threshold_id, before_value") == [["t", "-"]])
    }

    @Test(arguments: [("bot", "1"), ("ana", "0"), ("nobody", "-")])
    func aThresholdIsMovedByRuleWhenAServiceDoesIt(who: String, byRule: String) throws {
        #expect(try thresholds([Self.threshold, Self.move("a", "2026-08-01", to: 0.6, by: who)], "by_rule") == [[byRule]])
    }

    /// Limits, and whether 0.6 of 1 August is within them.
    static let envelopes: [([String], String)] = [
        ([], "0"), ([envelope("e", "2026-07-02", 0.4, 0.6)], "1"), ([envelope("e", "2026-07-02", 0.4, 0.59)], "0"),
        ([envelope("e", "2026-08-02", 0.4, 0.8)], "0"), ([envelope("e", "2026-07-02", 0.4, 0.8, author: "bo")], "0"),
        ([envelope("e", "2026-07-02", 0.4, 0.8, approver: "bot")], "0"), ([envelope("e", "2026-07-02", 0.4, 0.8, approver: "nobody")], "0"),
        ([envelope("e", "2026-07-02", 0.4, 0.8), envelope("f", "2026-07-03", 0.4, 0.5)], "0"),
        ([envelope("e", "2026-07-02", 0.4, 0.8), envelope("f", "2026-07-03", 0.4, 0.5, approver: "ana")], "1"),
    ]

    @Test(arguments: envelopes)
    func aMoveIsInsideTheLimitsThatAnotherPersonHadApproved(lines: [String], inside: String) throws {
        let move = Self.move("a", "2026-08-01", to: 0.6)
        #expect(try thresholds([Self.threshold, move] + lines, "inside_envelope") == [[inside]])
    }

    /// Forty interactions on each of the days, of which `corrected` were corrected.
    static func traffic(_ days: [String], corrected: Int, agent: String = "router") -> [String] {
        days.flatMap { day in
            (0..<40).map { index in
                SmallWorld.call("\(day)-\(index)", agent, "2026-08-\(day)T10:00:00Z", nil, index < corrected ? "corrected" : "accepted")
            }
        }
    }

    @Test func theEffectOfAMoveIsMeasuredOnTheTrafficBeforeAndAfter() throws {
        let move = Self.move("a", "2026-08-10T08:00:00Z", to: 0.6)
        let world = [Self.threshold, move] + Self.traffic(["09"], corrected: 20) + Self.traffic(["10"], corrected: 40)
        let after = Self.traffic(["11", "24"], corrected: 10)
        #expect(try thresholds(world + after, "effect") == [["-0.25"]])
        #expect(try thresholds(world, "effect") == [["-"]])
        #expect(try thresholds(world + Self.traffic(["25"], corrected: 10), "effect") == [["-"]])
        #expect(try thresholds(world + Self.traffic(["11"], corrected: 10, agent: "faq"), "effect") == [["-"]])
        #expect(try thresholds(world + after + [Self.move("b", "2026-08-12", to: 0.7)], "effect")[0] == ["-0.25"])
        #expect(try thresholds(world + Self.traffic(["24"], corrected: 10) + [Self.move("b", "2026-08-12", to: 0.7)], "effect")[0] == ["-"])
    }

    @Test func anEffectIsUnknownUntilItsDaysAreOver() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            [Self.threshold, Self.move("a", "2026-08-10T08:00:00Z", to: 0.6)] + Self.traffic(["09", "11"], corrected: 10))
        func effects(_ day: String) throws -> [String] {
            let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(day))
            let sql = "SELECT change_id AS entity, effect AS value FROM thresholds WHERE effect IS NOT NULL"
            return EvidenceSnapshotTests.text(try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 1)))
        }
        #expect(try effects("2026-08-24").isEmpty)
        #expect(try effects("2026-08-25") == ["a 0.0"])
    }
}
