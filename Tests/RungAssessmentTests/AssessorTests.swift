import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct AssessorTests {
    private static let rubric = sampleRubric(
        [sampleCriterion("A-1"), sampleCriterion("B-2"), sampleCriterion("C-3", stage: 3)], completeTo: 2,
        symptoms: [
            Symptom(id: "ZOO-1", title: "Agents", measureText: "", sql: "zoo-1", windowDays: 30, lines: []),
            Symptom(id: "ZOO-2", title: "Logic", measureText: "", sql: "zoo-2", windowDays: 30, lines: []),
        ])
    private static let good = SampleEvidence(rows: [
        "sql of A-1": { _ in [row("a", 4, 4)] }, "sql of B-2": { _ in [row("a", 4, 4)] },
        "sql of C-3": { _ in [row("a", 1, 4)] }, "zoo-1": { _ in [row("x", 2, 3)] },
    ])

    private func assess(_ evidence: SampleEvidence, integrity: LedgerIntegrity = .verified) throws -> Assessment {
        let asOf = try #require(Timestamp("2026-09-30T17:45:12Z"))
        return Assessor.assess(
            rubric: Self.rubric, evidence: evidence, asOf: asOf, integrity: integrity, notes: ["5 imported records"])
    }

    @Test func `an assessment holds the cut-off at midnight, the rubric, the ledger, the stage and the plan`() throws {
        let assessment = try assess(Self.good)
        #expect(assessment.asOf == Timestamp("2026-09-30"))
        #expect(assessment.rubricVersion == "1.2.3")
        #expect(assessment.rubricDigest == Self.rubric.digest)
        #expect(assessment.ledger == Self.good.head)
        #expect(assessment.stage == 2)
        #expect(assessment.stageName == "Agent Zoo")
        #expect(assessment.voidReason == nil)
        #expect(assessment.stages.map(\.status) == [.met, .notAssessed, .notAssessed, .notAssessed])
        #expect(assessment.findings.map(\.band) == [.full, .full, .none])
        #expect(assessment.symptoms.map(\.shown) == [2, 0])
        #expect(assessment.roadmap.map(\.criterion) == ["C-3"])
        #expect(assessment.notes == ["5 imported records"])
    }

    @Test func `windows end at midnight before the given time`() throws {
        let cutoff = try #require(Timestamp("2026-09-30"))
        var evidence = Self.good
        evidence.rows["sql of A-1"] = { window in window.asOf == cutoff ? [row("a", 4, 4)] : [row("a", 0, 4)] }
        #expect(try assess(evidence).findings[0].band == .full)
    }

    @Test func `a measure that fails spoils its own criterion alone`() throws {
        var evidence = Self.good
        evidence.failures = ["sql of B-2": "no such view: agnets", "zoo-1": "took too long"]
        let assessment = try assess(evidence)
        #expect(assessment.findings.map(\.band) == [.full, .error, .none])
        #expect(assessment.findings[1].reasons == ["the measure failed: no such view: agnets"])
        #expect(assessment.symptoms.map(\.failure) == ["took too long", nil])
        #expect(assessment.stage == 1)
        #expect(assessment.stages[0].reasons.first?.hasPrefix("key criterion B-2 (Agents are known) is error") == true)
    }

    @Test func `a broken ledger makes the assessment void, but findings are listed`() throws {
        let assessment = try assess(Self.good, integrity: .broken("entry 12 does not match its digest"))
        #expect(assessment.stage == nil)
        #expect(assessment.stageName == nil)
        #expect(assessment.voidReason == "entry 12 does not match its digest")
        #expect(assessment.stages.isEmpty)
        #expect(assessment.roadmap.isEmpty)
        #expect(assessment.findings.map(\.band) == [.full, .full, .none])
        #expect(assessment.symptoms.map(\.shown) == [2, 0])
    }

    @Test func `without evidence everybody stands on stage 1`() throws {
        let assessment = try assess(SampleEvidence())
        #expect(assessment.stage == 1)
        #expect(assessment.stageName == "Clever Bot")
        #expect(assessment.findings.map(\.band) == [.insufficient, .insufficient, .insufficient])
    }

    @Test(arguments: [
        ("REG-302=0.9", "REG-302", 0.9 as Double?), ("PRM-*=full", "PRM-*", nil), ("*=0", "*", 0), ("A=1e2", "A", 100),
    ])
    func `an assumption is read`(text: String, pattern: String, value: Double?) throws {
        let assumption = try #require(Assumption(text))
        #expect(assumption.pattern == pattern && assumption.value == value)
    }

    @Test(arguments: ["", "REG-302", "=1", "REG-302=", "REG-302=-1", "REG-302=nan", "REG-302=some", "A=inf"])
    func `text that supposes nothing is none`(text: String) { #expect(Assumption(text) == nil) }

    @Test(arguments: [
        ("REG-302", "REG-302", true), ("REG-30", "REG-302", false), ("REG-*", "REG-302", true), ("*", "X", true), ("*2", "REG-302", true),
        ("R*3*2", "REG-302", true), ("R*2*2", "REG-302", false), ("*302*", "REG-302", true), ("REG-302*302", "REG-302", false),
        ("*-*-*", "REG-302", false),
    ])
    func `a star stands for any text`(pattern: String, id: CriterionID, matches: Bool) throws {
        #expect(try #require(Assumption(pattern + "=1")).matches(id) == matches)
    }

    @Test func `what is supposed takes the place of what was measured, even where that failed`() {
        let rubric = sampleRubric([
            sampleCriterion("A-1"), sampleCriterion("A-2"), sampleCriterion("B-1", stage: 3, prerequisites: ["A-1"]),
        ])
        let evidence = SampleEvidence(failures: ["sql of A-1": "broken", "sql of A-2": "broken", "sql of B-1": "broken"])
        func assess(_ texts: String...) -> Assessment {
            Assessor.assess(
                rubric: rubric, evidence: evidence, asOf: Timestamp(seconds: 1_800_000_000), integrity: .verified, notes: [],
                assuming: texts.compactMap { Assumption($0) })
        }
        #expect(assess().stage == 1)
        #expect(assess("A-*=full").stage == 2)
        #expect(assess("*=full").stage == 3)
        #expect(assess("A-*=full", "A-2=0.5").stage == 1)
        let plan = assess("A-2=0.5", "B-1=full")
        #expect(plan.assumptions == ["A-2=0.5", "B-1=full"])
        #expect(plan.findings.map(\.band) == [.error, .partial, .partial])
        #expect(plan.findings[1].reasons == ["supposed to be 50 %, not measured"])
        #expect(!plan.isProvisional)
    }
}
