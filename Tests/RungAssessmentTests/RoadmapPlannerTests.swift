import RungCore
import Testing

@testable import RungAssessment

@Suite struct RoadmapPlannerTests {
    /// The order of steps to stage 2, when the listed criteria are not met and the others are full.
    private func order(
        _ criteria: [Criterion], open: [CriterionID], heldBack: Set<CriterionID> = [], target: Int = 2, completeTo: Int = 5
    ) -> [String] {
        let rubric = sampleRubric(criteria, completeTo: completeTo)
        let findings = criteria.map { criterion in
            let band: Band = heldBack.contains(criterion.id) ? .partial : open.contains(criterion.id) ? .none : .full
            return sampleFinding(criterion.id, stage: criterion.stage, isKey: criterion.isKey, band)
        }
        var planner = RoadmapPlanner(rubric, AssessedFindings(all: findings, heldBack: heldBack))
        var order: [String] = []
        guard let stage = rubric.stage(target) else { return order }
        while let choice = planner.nextStep(towards: stage) {
            let unlocks = choice.unlocks.map(\.rawValue).joined(separator: "+")
            order.append("\(choice.criterion.id) \(choice.role)\(unlocks.isEmpty ? "" : " for \(unlocks)")")
        }
        return order
    }

    @Test func `less effort comes first, then the id`() {
        let criteria = [
            sampleCriterion("A", effort: .large), sampleCriterion("C"), sampleCriterion("B"), sampleCriterion("D", effort: .medium),
        ]
        #expect(order(criteria, open: ["A", "B", "C", "D"]) == ["B key", "C key", "D key", "A key"])
    }

    @Test func `key criteria come before others of the same effort`() {
        let criteria = [sampleCriterion("A", isKey: false), sampleCriterion("B")]
        #expect(order(criteria, open: ["A", "B"]) == ["B key", "A other"])
    }

    @Test func `prerequisites come first, through all links, even those of a lower stage`() {
        let criteria = [
            sampleCriterion("P", stage: 2, isKey: false), sampleCriterion("Q", stage: 3, prerequisites: ["P"]),
            sampleCriterion("R", stage: 3, prerequisites: ["Q"]),
        ]
        #expect(
            order(criteria, open: ["P", "Q", "R"], target: 3) == ["P prerequisiteOnly for Q", "Q key for R", "R key"])
    }

    @Test func `a prerequisite that is partial is no step`() {
        let criteria = [sampleCriterion("P", stage: 3), sampleCriterion("Q", prerequisites: ["P"])]
        let rubric = sampleRubric(criteria)
        let findings = [sampleFinding("P", stage: 3, .partial), sampleFinding("Q", .none)]
        var planner = RoadmapPlanner(rubric, AssessedFindings(all: findings, heldBack: []))
        let stage = rubric.stages[1]
        #expect(planner.nextStep(towards: stage)?.criterion.id == "Q")
        #expect(planner.nextStep(towards: stage) == nil)
    }

    @Test func `what is only held back is done with its prerequisite, and that counts for the order`() {
        let criteria = [
            sampleCriterion("A", effort: .small), sampleCriterion("P", effort: .medium),
            sampleCriterion("W", prerequisites: ["P"]), sampleCriterion("X", prerequisites: ["P"]),
            sampleCriterion("Y", prerequisites: ["P"]),
        ]
        // Mending P (3 points) removes four blockers, A (1 point) one.
        #expect(
            order(criteria, open: ["A", "P"], heldBack: ["W", "X", "Y"]) == ["P key for W+X+Y", "A key"])
    }

    @Test func `what is only held back costs no effort of its own`() {
        let criteria = [
            sampleCriterion("A", effort: .medium), sampleCriterion("P", stage: 3),
            sampleCriterion("W", prerequisites: ["P"], effort: .large),
        ]
        // The plan for W is P alone (1 point), so it comes before A (3 points).
        #expect(order(criteria, open: ["A", "P"], heldBack: ["W"]) == ["P prerequisiteOnly for W", "A key"])
    }

    @Test func `plans are made anew after each step`() {
        let criteria = [
            sampleCriterion("A", prerequisites: ["P"], effort: .small), sampleCriterion("B", prerequisites: ["P"], effort: .small),
            sampleCriterion("C", effort: .medium), sampleCriterion("P", stage: 3, effort: .medium),
        ]
        // C: 1 blocker for 3 points. A or B: 1 for 4 points, but 1 for 1 once P is there; C is ahead of P only at first.
        #expect(
            order(criteria, open: ["A", "B", "C", "P"]) == ["C key", "P prerequisiteOnly for A+B", "A key", "B key"])
    }

    @Test func `others are steps only as long as fewer than 80 percent would be full`() {
        let criteria = [sampleCriterion("K")] + (1...9).map { sampleCriterion(CriterionID("O\($0)"), isKey: false) }
        #expect(order(criteria, open: ["K", "O1"]) == ["K key"])
        #expect(order(criteria, open: ["O1", "O2", "O3"]) == ["O1 other"])
        #expect(order(criteria, open: ["K", "O1", "O2", "O3", "O4"]) == ["K key", "O1 other", "O2 other"])
    }

    @Test func `of a stage that is not complete all gaps are steps`() {
        let criteria = [sampleCriterion("K")] + (1...9).map { sampleCriterion(CriterionID("O\($0)"), isKey: false) }
        #expect(order(criteria, open: ["K", "O1", "O2"], completeTo: 1) == ["K key", "O1 other", "O2 other"])
    }

    @Test func `a circle of prerequisites ends`() {
        let criteria = [sampleCriterion("A", prerequisites: ["B"]), sampleCriterion("B", prerequisites: ["A"])]
        #expect(order(criteria, open: ["A", "B"]).count == 2)
    }
}
