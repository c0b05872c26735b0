import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct AssessmentWordsTests {
    private let words = AssessmentWords(assessment: AssessmentFixture.assessment, rubric: nil)

    private func finding(_ value: Double?, _ satisfied: Int, _ total: Int) -> Finding {
        Finding(
            criterion: "X-1", stage: 2, dimension: "X", isKey: false, title: "", band: .none, credit: 0, value: value,
            satisfied: satisfied, total: total, failing: [], reasons: [])
    }

    @Test func `the headline is the stage, or why there is none`() {
        #expect(words.headline == "stage 2 (Zoo)")
        #expect(
            AssessmentWords(assessment: AssessmentFixture.void, rubric: nil).headline
                == "no stage: the ledger does not verify at entry 17")
    }

    @Test func `numbers are shares where they are shares`() {
        let cases: [(Finding, String)] = [
            (finding(0.6, 3, 5), "3 of 5"), (finding(12.5, 0, 2), "12.5 (n = 2)"), (finding(nil, 0, 0), "–"),
            (finding(nil, 1, 4), "1 of 4"), (finding(0.123_45, 0, 0), "0.123"), (finding(1_234.5, 0, 0), "1235"),
        ]
        for (finding, expected) in cases { #expect(AssessmentWords.numbers(finding) == expected) }
    }

    @Test func `failing entities have their numbers, and long lists are counted`() {
        let entities = (1...7).map { FailingEntity(entity: "a\($0)", satisfied: 1, total: $0) }
        #expect(AssessmentWords.failing(entities, atMost: 2) == "a1, a2 (1 of 2), 5 more")
        #expect(AssessmentWords.failing([], atMost: 2) == nil)
        #expect(AssessmentWords.names(["a", "b\nc"], atMost: 1) == "a, 1 more")
    }

    @Test func `the status of a stage counts its criteria`() {
        #expect([4, 3, 2, 1].map(words.status) == ["not assessed", "not met, 1 of 3 criteria full", "met, 5 of 5 criteria full", ""])
        var single = AssessmentFixture.assessment
        single.stages[0].full = 1
        single.stages[0].applicable = 1
        #expect(AssessmentWords(assessment: single, rubric: nil).status(ofStage: 2) == "met, 1 of 1 criterion full")
    }

    @Test func `the rubric names the stages that the assessment does not`() {
        let stages = (1...5).map { number in
            StageDescription(
                number: number, name: "rung \(number)", summary: "", keyRisk: nil, keyShift: nil, deficits: [], capabilities: [],
                levelUp: [], isComplete: true)
        }
        let rubric = Rubric(
            id: "r", version: "1", title: "", digest: RunFixture.digest("r"), stages: stages, dimensions: [], criteria: [], symptoms: [])
        let words = AssessmentWords(assessment: AssessmentFixture.assessment, rubric: rubric)
        #expect(words.stageNumbers == [5, 4, 3, 2, 1])
        #expect(words.name(ofStage: 1) == "rung 1")
        #expect(self.words.stageNumbers == [4, 3, 2, 1])
        #expect(self.words.name(ofStage: 1) == "stage 1")
    }
}
