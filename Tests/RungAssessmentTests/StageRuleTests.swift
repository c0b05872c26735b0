import RungCore
import Testing

@testable import RungAssessment

@Suite struct StageRuleTests {
    /// Findings of one stage from a word: `K` full key, `k` key that is not met, `F`, `f` the same for others,
    /// `i` key with too little evidence, `n` key that does not apply, `m` other that does not apply.
    private static func findings(_ word: String, stage: Int = 2) -> [Finding] {
        word.enumerated().map { index, letter in
            let band: Band =
                switch letter {
                case "K", "F": .full
                case "i": .insufficient
                case "n", "m": .notApplicable
                default: .none
                }
            return sampleFinding("S\(stage)-\(index)" as String, stage: stage, isKey: "Kkin".contains(letter), band)
        }
    }

    private static func sampleFinding(_ id: String, stage: Int, isKey: Bool, _ band: Band) -> Finding {
        RungAssessmentTests.sampleFinding(CriterionID(id), stage: stage, isKey: isKey, band)
    }

    @Test(arguments: [
        ("KKKKF", 2), ("KKKKf", 2), ("KKKff", 1), ("KKKkF", 1), ("KKKiF", 1), ("KKKnf", 1), ("KKKKnf", 2),
        ("KKKKmmmf", 2), ("KFFFFFFFff", 2), ("KFFFFFFfff", 1), ("nnn", 1), ("K", 2), ("k", 1), ("", 1), ("nF", 2),
    ])
    func `stage 2 needs every key criterion that applies and 80 percent of all that apply`(word: String, stage: Int) {
        let results = StageRule.results(for: sampleRubric([]), findings: Self.findings(word))
        #expect(StageRule.stage(from: results) == stage)
        #expect(results.first?.status == (stage == 2 ? .met : .notMet))
    }

    @Test(arguments: [
        (["K", "K", "K", "K"], 5), (["K", "K", "k", "K"], 3), (["k", "K", "K", "K"], 1), (["K", "k", "K", "K"], 2),
        (["K", "K", "K", "k"], 4),
    ])
    func `a stage counts only above stages that are met`(words: [String], stage: Int) {
        let findings = words.enumerated().flatMap { Self.findings($0.element, stage: $0.offset + 2) }
        #expect(StageRule.stage(from: StageRule.results(for: sampleRubric([]), findings: findings)) == stage)
    }

    @Test func `a stage that is not complete is not assessed, and never earned`() {
        let findings = [2, 3, 4, 5].flatMap { Self.findings("KF", stage: $0) }
        let results = StageRule.results(for: sampleRubric([], completeTo: 2), findings: findings)
        #expect(results.map(\.status) == [.met, .notAssessed, .notAssessed, .notAssessed])
        #expect(StageRule.stage(from: results) == 2)
        #expect(results[1].reasons == ["the rubric does not hold all criteria of this stage, so it cannot be earned"])
        #expect(results[1].full == 2)
        #expect(results[1].applicable == 2)
    }

    @Test func `the reasons name the key criteria first, then the share, then the others`() throws {
        let results = StageRule.results(for: sampleRubric([]), findings: Self.findings("Kkiff"))
        let result = try #require(results.first)
        #expect(result.name == "Agent Zoo")
        #expect(result.full == 1)
        #expect(result.applicable == 5)
        #expect(
            result.reasons == [
                "key criterion S2-1 (Title of S2-1) is not met: reason of S2-1",
                "key criterion S2-2 (Title of S2-2) is insufficient: reason of S2-2",
                "1 of the 5 criteria that apply are full, 4 are needed (80 %)",
                "criterion S2-3 (Title of S2-3) is not met: reason of S2-3",
                "criterion S2-4 (Title of S2-4) is not met: reason of S2-4",
            ])
    }

    @Test func `criteria that need not be full are not named`() throws {
        let result = try #require(StageRule.results(for: sampleRubric([]), findings: Self.findings("KKKKf")).first)
        #expect(result.reasons == [])
    }

    @Test func `a stage that is met above one that is not says what comes first`() {
        let findings = Self.findings("k", stage: 2) + Self.findings("K", stage: 3)
        let results = StageRule.results(for: sampleRubric([]), findings: findings)
        #expect(results[1].status == .met)
        #expect(results[1].reasons == ["its own criteria are met, but stage 2 comes first"])
    }

    @Test func `a stage to which nothing applies is not earned`() {
        let results = StageRule.results(for: sampleRubric([]), findings: Self.findings("nm"))
        #expect(results[0].status == .notMet)
        #expect(results[0].reasons == ["no criterion of this stage applies, so nothing proves it"])
    }
}
