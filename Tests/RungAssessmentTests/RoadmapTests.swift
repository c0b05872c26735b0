import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct RoadmapTests {
    private static let day = Timestamp(seconds: 1_794_960_000)  // 2026-11-18

    /// The plan to two stages above the one that is earned, unless another target is named.
    private func steps(
        _ rubric: Rubric, _ outcomes: [CriterionID: MeasureOutcome], stage: Int = 1, to target: Int? = nil,
        owners: RoadmapOwners = RoadmapOwners()
    ) -> [RoadmapStep] {
        let findings = FindingRule.findings(for: rubric, outcomes: outcomes)
        return Roadmap.plan(
            rubric: rubric, findings: findings, stage: stage, to: target ?? stage + 2, asOf: Self.day, owners: owners)
    }

    /// A step as one block of text with all of its fields.
    private func text(_ step: RoadmapStep) -> String {
        let failing = step.failing.map { "\($0.entity) \($0.satisfied)/\($0.total)" }.joined(separator: ", ")
        return """
            \(step.order). \(step.headline) [\(step.criterion), stage \(step.stage), \(step.isKey ? "key, " : "")\(step.effort.rawValue)]
               \(step.action) (\(step.command ?? "by hand"))
               needs \(step.needed.map(String.init) ?? "?") more \(step.unit): \(failing)
               \(step.reason)
               \(step.owners.isEmpty ? "nobody" : step.owners.joined(separator: ", ")) by \(step.due?.date ?? "?"), \
            gain \((step.gain * 1_000).rounded() / 1_000), then stage \(step.stageAfter)
            """
    }

    private func text(_ steps: [RoadmapStep]) -> String { steps.map { text($0) }.joined(separator: "\n") }

    @Test func `the plan to the next stage names what to do, who falls short, how many are needed, and why`() {
        let rubric = sampleRubric(
            [
                sampleCriterion("OBS-202", title: "Outcomes are logged", prerequisites: ["OBS-201"]),
                sampleCriterion(
                    "OBS-201", title: "Prompts are logged", effort: .medium, levelUp: "L12.1", command: "rung import evidence FILE.jsonl"),
                sampleCriterion("REG-201", title: "Teams try things"),
                sampleCriterion("REG-202", title: "Ideas are kept"),
                sampleCriterion("REG-301", stage: 3, title: "One registry", prerequisites: ["OBS-201"], effort: .large),
            ], completeTo: 2)
        let logged = MeasureOutcome.answered(
            MeasureAnswer(rows: [row("faq", 30, 60), row("routing", 10, 40), row("variance", 5, 5), row("audit", 0, 30)]))
        let steps = steps(
            rubric,
            [
                "OBS-202": answer(4, of: 4), "OBS-201": logged, "REG-201": answer(1, of: 4), "REG-202": answer(4, of: 4),
                "REG-301": answer(0, of: 0),
            ])
        #expect(
            text(steps) == """
                1. Teams try things [REG-201, stage 2, key, S]
                   Mend REG-201. (by hand)
                   needs 3 more agents: a 1/4
                   key for stage 2; 1 of 4 agents (25.0 %), full needs 80 %
                   nobody by 2026-12-02, gain 0.375, then stage 1
                2. Climb to 2. [OBS-201, stage 2, key, M]
                   Mend OBS-201. (rung import evidence FILE.jsonl)
                   needs 63 more agents: audit 0/30, routing 10/40, faq 30/60
                   key for stage 2, prerequisite of OBS-202; 45 of 135 agents (33.3 %), full needs 80 %
                   nobody by 2026-12-02, gain 0.583, then stage 2
                3. One registry [REG-301, stage 3, key, L]
                   Mend REG-301. (by hand)
                   needs ? more agents: \("")
                   key for stage 3; this rubric does not assess stage 3 completely; too little evidence: 0 of the 2 agents needed in 30 days
                   nobody by 2026-12-02, gain 2.0, then stage 2
                """)
    }

    @Test func `a stage that is reached leads to the two above it, and the top to none`() {
        let rubric = sampleRubric((2...5).map { sampleCriterion(CriterionID("C-\($0)"), stage: $0) })
        let outcomes = Dictionary(uniqueKeysWithValues: rubric.criteria.map { ($0.id, answer(0, of: 2)) })
        #expect(steps(rubric, outcomes, stage: 1).map(\.criterion) == ["C-2", "C-3"])
        #expect(steps(rubric, outcomes, stage: 3).map(\.criterion) == ["C-4", "C-5"])
        #expect(steps(rubric, outcomes, stage: 4).map(\.criterion) == ["C-5"])
        #expect(steps(rubric, outcomes, stage: 5).isEmpty)
    }

    @Test func `the worst entities come first: most units missing, then the smaller share, then the name`() {
        let rubric = sampleRubric([sampleCriterion()])
        let rows = [row("d", 0, 2), row("c", 8, 10), row("b", 0, 2), row("a", 0, 9), row("e", 1, 2)]
        let steps = steps(rubric, ["REG-201": .answered(MeasureAnswer(rows: rows))])
        #expect(steps.first?.failing.map(\.entity) == ["a", "b", "d", "c", "e"])
        #expect(steps.first?.needed == 11)
    }

    @Test(arguments: [
        (Criterion.Aggregate.median, Criterion.Direction.down, [15.0, 40, 50, 60], 2),
        (.median, .down, [10, 40, 50, 60, 61], 2), (.max, .down, [10, 20, 30], 2), (.max, .up, [3, 5], 1),
    ])
    func `for values the entities beyond the bound are counted`(
        aggregate: Criterion.Aggregate, better: Criterion.Direction, values: [Double], needed: Int
    ) {
        let criterion = sampleCriterion {
            $0.aggregate = aggregate
            $0.better = better
            $0.full = 15
            $0.partial = better == .down ? 30 : 8
            $0.zero = better == .down ? 90 : nil
        }
        let rows = values.enumerated().map { row("e\($0.offset)", $0.element) }
        let steps = steps(sampleRubric([criterion]), ["REG-201": .answered(MeasureAnswer(rows: rows))])
        #expect(steps.first?.needed == needed)
    }

    @Test func `a criterion that is only stale needs no more units`() {
        let stale = MeasureOutcome.answered(MeasureAnswer(rows: [], previous: [row("a", 4, 4)]))
        let steps = steps(sampleRubric([sampleCriterion()]), ["REG-201": stale])
        #expect(steps.map(\.needed) == [0])
        #expect(steps.first?.reason.contains("stale") == true)
    }

    @Test func `others say that they count towards the share`() {
        let rubric = sampleRubric([sampleCriterion("A-1", isKey: false)])
        #expect(
            steps(rubric, ["A-1": answer(0, of: 2)]).map(\.reason) == [
                "counts towards the 80 % of stage 2; 0 of 2 agents (0.0 %), full needs 80 %"
            ])
    }

    @Test func `a measure that failed is a step of its own`() {
        let steps = steps(sampleRubric([sampleCriterion()]), ["REG-201": .failed(MeasureFailure("no such view: agnets"))])
        #expect(steps.map(\.reason) == ["key for stage 2; the measure failed: no such view: agnets"])
        #expect(steps.map(\.needed) == [nil])
    }

    @Test func `a criterion that is full on weak evidence is a step that asks for stronger evidence alone`() {
        let rubric = sampleRubric([sampleCriterion("K-1", stage: 3), sampleCriterion("K-0", stage: 2)])
        var weak = sampleFinding("K-1", stage: 3, .full)
        weak.basis = EvidenceBasis([.init(kind: "act", evidenceClass: .d, records: 4), .init(kind: "run", evidenceClass: .a, records: 1)])
        let findings = AssessedFindings(all: [weak, sampleFinding("K-0", .full)], heldBack: [])
        let steps = Roadmap.plan(rubric: rubric, findings: findings, stage: 2, to: 3, asOf: Self.day)
        #expect(steps.map(\.criterion) == ["K-1"])
        #expect(
            steps.first?.reason.hasPrefix(
                "key for stage 3; its evidence is too weak: records of act are of class D; let a registered source send them") == true)
    }

    @Test func `a plan reaches from the stage that is earned to any above it, in one numbering`() {
        let rubric = sampleRubric((2...5).map { sampleCriterion(CriterionID("C-\($0)"), stage: $0) })
        let outcomes = Dictionary(uniqueKeysWithValues: rubric.criteria.map { ($0.id, answer(0, of: 2)) })
        let plan = steps(rubric, outcomes, to: 5)
        #expect(plan.map(\.order) == [1, 2, 3, 4])
        #expect(plan.map(\.target) == [2, 3, 4, 5])
        #expect(plan.map(\.stageAfter) == [2, 3, 4, 5])
        #expect(steps(rubric, outcomes, stage: 3, to: 3).isEmpty)
        #expect(steps(rubric, outcomes, stage: 3, to: 2).isEmpty)
    }

    @Test func `the last step of a stage earns it, and what is met above it`() {
        let rubric = sampleRubric([
            sampleCriterion("A-2"), sampleCriterion("B-2", effort: .medium), sampleCriterion("C-3", stage: 3),
            sampleCriterion("D-4", stage: 4),
        ])
        let good = Set<CriterionID>(["C-3"])
        let outcomes = Dictionary(
            uniqueKeysWithValues: rubric.criteria.map {
                ($0.id, answer(good.contains($0.id) ? 4 : 0, of: 4))
            })
        let plan = steps(rubric, outcomes, to: 5)
        #expect(plan.map(\.criterion) == ["A-2", "B-2", "D-4"])
        #expect(plan.map(\.stageAfter) == [1, 3, 4])
    }

    @Test func `a stage that the rubric does not hold completely is planned for and never earned`() {
        let rubric = sampleRubric([sampleCriterion("A-2"), sampleCriterion("B-3", stage: 3)], completeTo: 2)
        let plan = steps(rubric, ["A-2": answer(0, of: 4), "B-3": answer(0, of: 4)], to: 3)
        #expect(plan.map(\.stageAfter) == [2, 2])
    }

    @Test func `of steps that remove as many blockers for their effort the one that raises the scores more comes first`() {
        // Both are key; A has more credit already, so that mending it brings less.
        let rubric = sampleRubric([sampleCriterion("A"), sampleCriterion("B")])
        let plan = steps(rubric, ["A": answer(6, of: 10), "B": answer(1, of: 10)])
        #expect(plan.map(\.criterion) == ["B", "A"])
        #expect(plan[0].gain > plan[1].gain)
    }

    @Test func `a waiver earns nothing: the last step leads no higher than the waiver allows`() {
        let rubric = sampleRubric([sampleCriterion("A-1"), sampleCriterion("B-1", stage: 3), sampleCriterion("C-1", stage: 3)])
        let findings = FindingRule.findings(
            for: rubric, outcomes: ["A-1": answer(4, of: 4), "B-1": answer(4, of: 4), "C-1": answer(0, of: 4)])
        func last(_ waived: Set<CriterionID>) -> RoadmapStep? {
            Roadmap.plan(rubric: rubric, findings: findings, stage: 2, to: 3, asOf: Self.day, waived: waived).last
        }
        #expect(last([])?.criterion == "C-1" && last([])?.stageAfter == 3)
        #expect(last(["B-1"])?.criterion == "C-1" && last(["B-1"])?.stageAfter == 2)
    }

    @Test func `steps belong to whoever is on the duty of their dimension, else to the owners of the agents`() {
        let owners = RoadmapOwners(agents: ["a": "ann", "b": "bob", "c": "ann"], duties: ["registry": "rita"])
        let rows = MeasureOutcome.answered(MeasureAnswer(rows: [row("x", 0, 9), row("a", 0, 5), row("b", 0, 3), row("c", 0, 2)]))
        let rubric = sampleRubric([sampleCriterion()])
        #expect(steps(rubric, ["REG-201": rows], owners: owners).map(\.owners) == [["rita"]])
        #expect(steps(rubric, ["REG-201": rows], owners: RoadmapOwners(agents: owners.agents)).map(\.owners) == [["ann", "bob"]])
        #expect(steps(rubric, ["REG-201": rows]).map(\.owners) == [[]])
    }

    @Test func `a step is due when the first quarterly window begins that leaves two weeks until then`() {
        let rubric = sampleRubric([sampleCriterion("A") { $0.windowDays = 30 }, sampleCriterion("B") { $0.windowDays = 90 }])
        let plan = steps(rubric, ["A": answer(0, of: 2), "B": answer(0, of: 2)])
        #expect(plan.map { "\($0.criterion) \($0.due?.date ?? "-")" } == ["A 2026-12-02", "B 2027-01-01"])
    }

    @Test func `where nobody else counts, the way out is a count from outside`() {
        let rubric = sampleRubric([sampleCriterion("K-5", stage: 5)])
        var weak = sampleFinding("K-5", stage: 5, .full)
        weak.basis = EvidenceBasis([.init(kind: "interaction", evidenceClass: .a, records: 4)])
        weak.bestClass = .b
        let findings = AssessedFindings(all: [weak], heldBack: [])
        let steps = Roadmap.plan(rubric: rubric, findings: findings, stage: 4, to: 5, asOf: Self.day)
        #expect(steps.map(\.reason).first?.contains("nobody else counts what it measures; import `usageCount` records") == true)
    }
}
