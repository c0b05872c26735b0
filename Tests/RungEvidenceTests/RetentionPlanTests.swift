import RungCore
import RungText
import Testing

@testable import RungEvidence

struct RetentionPlanTests {
    private static let now = Timestamp("2026-09-30T12:00:00Z") ?? Timestamp(seconds: 0)
    private static let policy = RetentionPolicy(days: [.high: 100, .low: 10])

    private static func fixture() throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        func agent(_ id: String, _ tier: String) -> String { #"{"kind":"agent","id":"\#(id)","state":"active","userFacing":true\#(tier)}"# }
        func interaction(_ id: String, _ agent: String, _ day: String) -> String {
            #"{"kind":"interaction","id":"\#(id)","agentId":"\#(agent)","at":"\#(day)","environment":"production"}"#
        }
        try fixture.importLines([
            agent("bank", #","riskTier":"high""#), agent("chat", #","riskTier":"low""#), agent("desk", #","riskTier":"medium""#),
            agent("open", ""), interaction("b1", "bank", "2026-06-21T23:59:59Z"), interaction("b2", "bank", "2026-06-22"),
            interaction("c1", "chat", "2026-01-01"), interaction("c2", "chat", "2026-09-19"), interaction("c3", "chat", "2026-09-20"),
            interaction("d1", "desk", "2020-01-01"), interaction("o1", "open", "2026-09-01"), interaction("u1", "nobody", "2026-09-01"),
            #"{"kind":"outcome","id":"x1","interactionId":"c1","at":"2026-01-02","outcome":"accepted"}"#,
            #"{"kind":"override","id":"v1","agentId":"bank","at":"2026-01-01"}"#,
        ])
        return fixture
    }

    @Test func payloadsOfATierAreDueFromTheMidnightThatItsPeriodEnded() throws {
        let fixture = try Self.fixture()
        let plan = try fixture.store.retentionPlan(Self.policy, asOf: Self.now)
        let found = plan.due.map { "\($0.agent) \($0.kind) \($0.records) \($0.oldest.date) \($0.newest.date) < \($0.before.date)" }
        #expect(
            found == [
                "bank interaction 1 2026-06-21 2026-06-21 < 2026-06-22", "bank override 1 2026-01-01 2026-01-01 < 2026-06-22",
                "chat interaction 2 2026-01-01 2026-09-19 < 2026-09-20", "chat outcome 1 2026-01-02 2026-01-02 < 2026-09-20",
            ])
        #expect(plan.records == 5)
    }

    @Test func agentsWithoutATierAreKeptAndNamed() throws {
        let fixture = try Self.fixture()
        let plan = try fixture.store.retentionPlan(Self.policy, asOf: Self.now)
        #expect(plan.undecided.map { "\($0.agent) \($0.records)" } == ["nobody 1", "open 1"])
        #expect(plan.text.contains("nobody  interaction  1  2026-09-01 to 2026-09-01  kept: the agent has no risk tier in the registry\n"))
        #expect(plan.text.hasSuffix("\n5 records are due"))
    }

    @Test func theLatestTierOfAnAgentCounts() throws {
        let fixture = try Self.fixture()
        try fixture.importLines([#"{"kind":"agent","id":"chat","state":"active","userFacing":true,"riskTier":"high"}"#])
        let plan = try fixture.store.retentionPlan(Self.policy, asOf: Self.now)
        #expect(plan.due.filter { $0.agent == "chat" }.map(\.records) == [1, 1])
    }

    @Test func withoutPeriodsNothingIsDue() throws {
        let fixture = try Self.fixture()
        let plan = try fixture.store.retentionPlan(RetentionPolicy(days: [:]), asOf: Self.now)
        #expect(plan.due.isEmpty && plan.undecided.isEmpty && plan.text == "0 records are due")
    }

    @Test func theRecordsThatAreDueComeInPiecesInTheirOrder() throws {
        let fixture = try Self.fixture()
        var pieces: [[Int64]] = []
        try fixture.store.forEachDue(Self.policy, asOf: Self.now, size: 2) { pieces.append($1) }
        let plan = try fixture.store.retentionPlan(Self.policy, asOf: Self.now)
        #expect(pieces.flatMap(\.self).count == plan.records && Set(pieces.flatMap(\.self)).count == plan.records)
        #expect(pieces.allSatisfy { $0.count <= 2 && $0 == $0.sorted() })
    }

    @Test func whatGradersSaidOfARunGrowsOldWithIt() throws {
        let fixture = try EvidenceFixture(now: "2026-01-01T00:00:00Z")
        try fixture.importLines([#"{"kind":"agent","id":"router","state":"active","userFacing":true,"riskTier":"low"}"#])
        try fixture.store.append(actor: "ana", reason: nil) { appender in
            var start = RecordDraft(.runStart)
            start["id"] = .text("r1")
            start["startedAt"] = .time(Timestamp("2026-01-01"))
            let record = try appender.append(start, .recorded)
            var subject = RecordDraft(.runSubject)
            subject["agentId"] = .text("router")
            subject["run"] = .integer(record)
            let subjectRecord = try appender.append(subject, .recorded)
            let list = try appender.append(.gradeList, [.text("[]")], .recorded)
            for index in 0..<2 {
                let trial = TrialResult(caseIndex: 0, index: index, verdict: .passed, grades: [], seed: 1)
                try appender.append(.trial, TrialCoding.values(trial, run: record, .shared(list)), .recorded)
            }
            var result = RecordDraft(.caseResult)
            result["caseIndex"] = .integer(0)
            result["subject"] = .integer(subjectRecord)
            // An interrupted run stores some cases twice.
            try appender.append(result, .recorded)
            try appender.append(result, .recorded)
        }
        let plan = try fixture.store.retentionPlan(RetentionPolicy(days: [.low: 10]), asOf: Self.now)
        #expect(plan.due.map { "\($0.kind) \($0.records)" } == ["gradeList 1", "trial 2"])
        #expect(try fixture.store.retentionPlan(RetentionPolicy(days: [.low: 1_000]), asOf: Self.now).due.isEmpty)
    }
}
