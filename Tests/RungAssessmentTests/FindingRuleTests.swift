import RungCore
import Testing

@testable import RungAssessment

@Suite struct FindingRuleTests {
    private static let events = sampleCriterion {
        $0.detector = "detector"
        $0.unit = "releases"
        $0.minimumPopulation = 3
    }

    @Test(arguments: [
        (4, 5, Band.full, "4 of 5 agents (80.0 %), full needs 80 %"),
        (5, 5, .full, "5 of 5 agents (100.0 %), full needs 80 %"),
        (3, 4, .partial, "3 of 4 agents (75.0 %), full needs 80 %"),
        (1, 2, .partial, "1 of 2 agents (50.0 %), full needs 80 %"),
        (49, 100, .none, "49 of 100 agents (49.0 %), full needs 80 %"),
        (0, 2, .none, "0 of 2 agents (0.0 %), full needs 80 %"),
        (7_999, 10_000, .partial, "7999 of 10000 agents (79.99 %), full needs 80 %"),
    ])
    func `a census is banded by its exact share`(satisfied: Int, total: Int, band: Band, reason: String) {
        let finding = FindingRule.finding(for: sampleCriterion(), outcome: answer(satisfied, of: total))
        #expect(finding.band == band)
        #expect(finding.reasons == [reason])
        #expect(finding.value == Double(satisfied) / Double(total))
        #expect(finding.satisfied == satisfied)
        #expect(finding.total == total)
    }

    @Test func `a finding says which criterion it answers and who falls short`() {
        let rows = [row("beta", 0, 1), row("alpha", 0, 1), row("gamma", 1, 1)]
        let criterion = sampleCriterion("OBS-201", stage: 3, isKey: false, title: "Prompts are logged")
        let finding = FindingRule.finding(for: criterion, outcome: .answered(MeasureAnswer(rows: rows)))
        #expect(finding.criterion == "OBS-201")
        #expect(finding.stage == 3)
        #expect(finding.dimension == "REG")
        #expect(finding.isKey == false)
        #expect(finding.title == "Prompts are logged")
        #expect(finding.failing.map(\.entity) == ["alpha", "beta"])
    }

    @Test(arguments: [
        (0, 0, "too little evidence: 0 of the 2 agents needed in 30 days"),
        (1, 1, "too little evidence: 1 of the 2 agents needed in 30 days"),
    ])
    func `below the minimum population the evidence is insufficient`(satisfied: Int, total: Int, reason: String) {
        let finding = FindingRule.finding(for: sampleCriterion(), outcome: answer(satisfied, of: total))
        #expect(finding.band == .insufficient)
        #expect(finding.credit == 0)
        #expect(finding.reasons == [reason])
    }

    @Test func `a minimum of zero does not turn nothing into something`() {
        let criterion = sampleCriterion { $0.minimumPopulation = 0 }
        let finding = FindingRule.finding(for: criterion, outcome: answer(0, of: 0))
        #expect(finding.band == .insufficient)
        #expect(finding.reasons == ["too little evidence: 0 of the 1 agents needed in 30 days"])
    }

    @Test(arguments: [(2, Band.partial, 0.5), (1, .partial, 0.5), (0, .none, 0)])
    func `evidence from the window before counts half at most`(satisfied: Int, band: Band, credit: Double) {
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [], previous: [row("a", satisfied, 2)]))
        let finding = FindingRule.finding(for: sampleCriterion(), outcome: outcome)
        #expect(finding.band == band)
        #expect(finding.credit == credit)
        #expect(finding.total == 2)
        #expect(finding.reasons.count == 2)
        #expect(
            finding.reasons.last
                == "stale, so it counts half at most: nothing in the last 30 days, these are from the 30 days before")
    }

    @Test func `too little in the window before is too little`() {
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [], previous: [row("a", 1, 1)]))
        #expect(FindingRule.finding(for: sampleCriterion(), outcome: outcome).band == .insufficient)
    }

    @Test func `a small population of today is not replaced by a large one of before`() {
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [row("a", 1, 1)], previous: [row("a", 9, 9)]))
        #expect(FindingRule.finding(for: sampleCriterion(), outcome: outcome).band == .insufficient)
    }

    @Test(arguments: [
        (Bool?.some(true), Band.notApplicable, "not applicable", "and the detector shows that nothing was missed"),
        (false, .insufficient, "too little evidence", "and no detector shows that nothing was missed"),
        (nil, .insufficient, "too little evidence", "and no detector shows that nothing was missed"),
    ])
    func `too few events do not apply only when a detector ran`(ran: Bool?, band: Band, start: String, end: String) {
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [row("a", 0, 2)], windows: 4, detectorRan: ran))
        let finding = FindingRule.finding(for: Self.events, outcome: outcome)
        #expect(finding.band == band)
        #expect(finding.credit == 0)
        #expect(finding.reasons == ["\(start): 2 of the 3 releases needed in 120 days, \(end)"])
    }

    @Test func `events found by looking back count in full`() {
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [row("a", 3, 3)], windows: 3))
        let finding = FindingRule.finding(for: Self.events, outcome: outcome)
        #expect(finding.band == .full)
        #expect(
            finding.reasons == [
                "3 of 3 releases (100.0 %), full needs 80 %",
                "looked back 90 days, because 60 days held fewer than the 3 releases needed",
            ])
    }

    @Test func `a sample that is too small to be sure is partial and says so`() {
        let criterion = sampleCriterion {
            $0.population = .sample
            $0.partial = 0.9
            $0.full = 0.95
        }
        let finding = FindingRule.finding(for: criterion, outcome: answer(20, of: 20))
        #expect(finding.band == .partial)
        #expect(finding.credit < 1)
        #expect(
            finding.reasons == [
                "20 of 20 agents (100.0 %), full needs 95 %",
                "a sample of 20 makes sure of 88.1 % only (one-sided 95 % bound), 90 % are needed for full",
            ])
    }

    @Test(arguments: [(Criterion.Aggregate.median, "median"), (.max, "maximum")])
    func `a value where less is better is banded by its bound`(aggregate: Criterion.Aggregate, word: String) {
        let criterion = sampleCriterion {
            $0.aggregate = aggregate
            $0.better = .down
            $0.full = 14
            $0.partial = 30
            $0.zero = 60
            $0.unit = "changes"
        }
        let outcome = MeasureOutcome.answered(MeasureAnswer(rows: [row("a", 21.5), row("b", 21.5)]))
        let finding = FindingRule.finding(for: criterion, outcome: outcome)
        #expect(finding.band == .partial)
        #expect(finding.reasons == ["the \(word) of 2 changes is 21.5, full needs at most 14"])
    }

    @Test func `a measure that fails is an error with its reason`() {
        let finding = FindingRule.finding(for: sampleCriterion(), outcome: .failed(MeasureFailure("no such view: agnets")))
        #expect(finding.band == .error)
        #expect(finding.credit == 0)
        #expect(finding.value == nil)
        #expect(finding.reasons == ["the measure failed: no such view: agnets"])
    }

    @Test func `rows that break the contract are an error`() {
        let finding = FindingRule.finding(for: sampleCriterion(), outcome: answer(3, of: 2))
        #expect(finding.band == .error)
        #expect(finding.reasons == ["the measure failed: 3 of 2 came for \"a\""])
    }

    @Test(arguments: [
        (Band.full, Band.full, String?.none), (.partial, .full, nil), (.notApplicable, .full, nil),
        (.none, .partial, "is not met"), (.insufficient, .partial, "has too little evidence"),
        (.error, .partial, "could not be measured"),
    ])
    func `a prerequisite below partial leaves half the credit`(prerequisite: Band, band: Band, state: String?) {
        let finding = FindingRule.finding(for: sampleCriterion("B-2"), outcome: answer(2, of: 2))
        let capped = FindingRule.capped(finding, by: [sampleFinding("A-1", prerequisite)])
        #expect(capped.band == band)
        #expect(capped.credit == (state == nil ? 1 : 0.5))
        let reason = state.map { "counts half at most, because its prerequisite A-1 (Title of A-1) \($0)" }
        #expect(capped.reasons == ["2 of 2 agents (100.0 %), full needs 80 %"] + (reason.map { [$0] } ?? []))
    }

    @Test func `a prerequisite changes nothing about what is unknown, and never lifts a credit`() {
        let unmet = [sampleFinding("A-1", .none)]
        let unknown = FindingRule.finding(for: sampleCriterion(), outcome: answer(0, of: 0))
        #expect(FindingRule.capped(unknown, by: unmet) == unknown)
        let low = FindingRule.finding(for: sampleCriterion(), outcome: answer(1, of: 4))
        #expect(FindingRule.capped(low, by: unmet).credit == 0.25)
        #expect(FindingRule.capped(low, by: unmet).band == .none)
    }

    @Test func `all criteria are answered in the order of the rubric, with those that are held back`() {
        let rubric = sampleRubric([
            sampleCriterion("C-3", prerequisites: ["A-1"]), sampleCriterion("A-1"), sampleCriterion("B-2"),
        ])
        let findings = FindingRule.findings(for: rubric, outcomes: ["C-3": answer(2, of: 2), "A-1": answer(0, of: 2)])
        #expect(findings.all.map(\.criterion) == ["C-3", "A-1", "B-2"])
        #expect(findings.all.map(\.band) == [.partial, .none, .error])
        #expect(findings.heldBack == ["C-3"])
        #expect(findings.all.last?.reasons == ["the measure failed: the measure was not run"])
    }
}
