import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct NoticeRuleTests {
    private static let asOf = Timestamp("2026-10-01") ?? Timestamp(seconds: 0)

    /// Two criteria of stage 2, of which the events of the second came last on this day.
    private static func evidence(last: String, sick: String? = nil) throws -> SampleEvidence {
        let last = try #require(Timestamp(last))
        let sick = sick.flatMap { Timestamp($0) }
        return SampleEvidence(rows: [
            "sql of A-1": { _ in [row("a", 4, 4)] },
            "sql of B-2": { window in
                guard last >= window.start, last < window.asOf else { return [] }
                return [row("b", sick.map { $0 < window.asOf } == true ? 1 : 4, 4)]
            },
        ])
    }

    private static let rubric = sampleRubric([sampleCriterion("A-1"), sampleCriterion("B-2")])

    private static func assess(_ evidence: SampleEvidence, asOf: Timestamp = asOf) -> Assessment {
        Assessor.assess(rubric: rubric, evidence: evidence, asOf: asOf, integrity: .verified, notes: [])
    }

    @Test func `a stage is held for thirty days after its evidence has grown old`() throws {
        // Events of August 25 fill the window of thirty days up to September 24.
        let assessment = Self.assess(try Self.evidence(last: "2026-08-25"))
        #expect(assessment.findings.map(\.band) == [.full, .partial])
        #expect(assessment.findings.last?.freshness == .stale)
        #expect(assessment.stage == 2)
        let notice = try #require(assessment.notices.first)
        #expect(assessment.notices.count == 1 && notice.criterion == "B-2" && notice.stage == 2)
        #expect(notice.since == Timestamp("2026-09-25"))
        #expect(notice.until == Timestamp("2026-10-25"))
        #expect(assessment.roadmap.map(\.criterion) == ["B-2"])
    }

    @Test func `on each day of the notice the dates are the same, and then the stage is lost`() throws {
        let evidence = try Self.evidence(last: "2026-08-25")
        let first = try #require(Timestamp("2026-09-25"))
        #expect(Self.assess(evidence, asOf: first.adding(days: -1)).notices.isEmpty)
        for day in 0..<30 {
            let assessment = Self.assess(evidence, asOf: first.adding(days: day))
            #expect(assessment.stage == 2, "day \(day)")
            #expect(assessment.notices.map(\.until) == [first.adding(days: 30)], "day \(day)")
        }
        let lost = Self.assess(evidence, asOf: first.adding(days: 30))
        #expect(lost.stage == 1 && lost.notices.isEmpty)
    }

    @Test func `a weak record of today does not take a notice away that rests on stronger ones`() throws {
        // Of stage 3 most must be vouched for; of B-2 something that nobody vouches for came yesterday.
        let rubric = sampleRubric([sampleCriterion("A-1"), sampleCriterion("B-2", stage: 3)])
        var evidence = try Self.evidence(last: "2026-08-25")
        evidence.bases["sql of B-2"] = { window in
            let isToday = window.asOf >= Self.asOf || window.asOf == EvidenceWindow(asOf: Self.asOf, days: 30).previous.asOf
            return EvidenceBasis([.init(kind: "act", evidenceClass: isToday ? .d : .a, records: 1)])
        }
        let assessment = Assessor.assess(rubric: rubric, evidence: evidence, asOf: Self.asOf, integrity: .verified, notes: [])
        #expect(assessment.stage == 3 && assessment.notices.map(\.criterion) == ["B-2"])
    }

    @Test func `a missed threshold costs the stage at once`() throws {
        let fresh = try Self.evidence(last: "2026-09-20", sick: "2026-09-20")
        #expect(Self.assess(fresh).stage == 1)
        // Old and bad is not only old.
        let old = try Self.evidence(last: "2026-08-25", sick: "2026-08-25")
        #expect(Self.assess(old).stage == 1)
    }

    @Test func `evidence that has become scarce gives notice, unless what is left is bad`() throws {
        let thin = try #require(Timestamp("2026-09-20"))
        func assess(_ rows: [MeasureRow]) throws -> Assessment {
            var evidence = try Self.evidence(last: "2026-09-20")
            evidence.rows["sql of B-2"] = { $0.asOf < thin ? [row("b", 4, 4)] : rows }
            return Self.assess(evidence)
        }
        let held = try assess([row("b", 1, 1)])
        #expect(held.findings.map(\.band) == [.full, .insufficient])
        #expect(held.stage == 2 && held.notices.map(\.since) == [thin])
        #expect(try assess([row("b", 0, 1)]).stage == 1)
    }

    @Test func `evidence that was never there is no matter of age`() throws {
        #expect(Self.assess(try Self.evidence(last: "2026-11-25")).stage == 1)
    }

    @Test func `nothing is held while something else is missing`() throws {
        var evidence = try Self.evidence(last: "2026-08-25")
        evidence.rows["sql of A-1"] = { _ in [row("a", 1, 4)] }
        let assessment = Self.assess(evidence)
        #expect(assessment.stage == 1 && assessment.notices.isEmpty)
    }

    @Test func `a detector that has stopped gives notice too`() throws {
        let rubric = sampleRubric([
            sampleCriterion("A-1"), sampleCriterion("B-2", isKey: true) { $0.detector = "SELECT ran" },
        ])
        let stopped = try #require(Timestamp("2026-09-20"))
        let evidence = StoppedDetector(stopped: stopped)
        let assessment = Assessor.assess(rubric: rubric, evidence: evidence, asOf: Self.asOf, integrity: .verified, notes: [])
        #expect(assessment.findings.map(\.band) == [.full, .insufficient])
        #expect(assessment.stage == 2)
        #expect(assessment.notices.map(\.since) == [stopped])
    }

    @Test func `a plan supposes what will be and holds nothing`() throws {
        let assumption = try #require(Assumption("A-1=full"))
        let assessment = Assessor.assess(
            rubric: Self.rubric, evidence: try Self.evidence(last: "2026-08-25"), asOf: Self.asOf, integrity: .verified, notes: [],
            assuming: [assumption])
        #expect(assessment.stage == 1 && assessment.notices.isEmpty)
    }
}

/// Evidence of an organization in which nothing happens, and whose detector ran until a day.
private struct StoppedDetector: EvidenceReading {
    let stopped: Timestamp
    var head: LedgerHead { SampleEvidence().head }

    func rows(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> [MeasureRow] {
        sql == "sql of A-1" ? [row("a", 4, 4)] : []
    }

    func flag(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> Bool { window.asOf < stopped }

    func basis(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> EvidenceBasis { EvidenceBasis() }

    func exceptions(asOf time: Timestamp) throws(MeasureFailure) -> CriterionExceptions { CriterionExceptions() }

    func teams(accountableFor entities: Set<String>, asOf time: Timestamp) throws(MeasureFailure) -> TeamSurvey { TeamSurvey() }
}
