import RungCore
import RungText
import Testing

@testable import RungAssessment

/// What must hold for every profile; 10,000 of them each, always the same.
@Suite struct AssessmentPropertyTests {
    private static let seeds: Range<UInt64> = 0..<10_000

    /// A profile with what the rules make of it; made once for all tests.
    private struct Case {
        let seed: UInt64
        let profile: RandomProfile
        let findings: AssessedFindings
        let results: [StageResult]
        let stage: Int
        let steps: [RoadmapStep]
    }

    private static func plan(_ rubric: Rubric, _ findings: AssessedFindings, _ stage: Int) -> [RoadmapStep] {
        Roadmap.plan(rubric: rubric, findings: findings, stage: stage, to: 5, asOf: Timestamp(seconds: 0))
    }

    private static let cases = seeds.map { seed in
        let profile = RandomProfile(seed: seed)
        let findings = profile.findings
        let results = StageRule.results(for: profile.rubric, findings: findings.all)
        let stage = StageRule.stage(from: results)
        let steps = Self.plan(profile.rubric, findings, stage)
        return Case(seed: seed, profile: profile, findings: findings, results: results, stage: stage, steps: steps)
    }

    @Test func `band and credit always say the same`() {
        for sample in Self.cases {
            for finding in sample.findings.all {
                let isRight =
                    switch finding.band {
                    case .full: finding.credit == 1
                    case .partial: 0.5 <= finding.credit && finding.credit < 1
                    case .none: 0 <= finding.credit && finding.credit < 0.5
                    case .insufficient, .notApplicable, .error: finding.credit == 0
                    }
                guard isRight, !finding.reasons.isEmpty else {
                    Issue.record("seed \(sample.seed): \(finding)")
                    return
                }
            }
        }
    }

    @Test func `improving one criterion never lowers a credit or the stage`() {
        var improved = 0
        for sample in Self.cases {
            var random = SeededGenerator(seed: ~sample.seed)
            var after = sample.profile
            guard let index = after.rubric.criteria.indices.randomElement(using: &random), after.improve(index, &random) else {
                continue
            }
            let now = after.findings
            let lowered = zip(sample.findings.all, now.all).filter { $1.credit < $0.credit }
            guard lowered.isEmpty, after.stage(now) >= sample.stage else {
                Issue.record("seed \(sample.seed): stage \(sample.stage) → \(after.stage(now)), \(lowered)")
                return
            }
            improved += zip(sample.findings.all, now.all).contains { $1.credit > $0.credit } ? 1 : 0
        }
        #expect(improved > 2_000)
    }

    @Test func `scores lie between 1 and 5, low before high, and improving a criterion lowers none of them`() {
        for sample in Self.cases {
            let scores = DimensionRule.scores(for: sample.profile.rubric, findings: sample.findings.all)
            for score in scores where !(1 <= score.score && score.score <= score.high && score.high <= 5) {
                Issue.record("seed \(sample.seed): \(score)")
                return
            }
            for finding in sample.findings.all where finding.band != .notApplicable && finding.high < finding.credit {
                Issue.record("seed \(sample.seed): \(finding)")
                return
            }
            var random = SeededGenerator(seed: ~sample.seed)
            var after = sample.profile
            guard let index = after.rubric.criteria.indices.randomElement(using: &random), after.improve(index, &random) else {
                continue
            }
            let now = DimensionRule.scores(for: after.rubric, findings: after.findings.all)
            guard zip(scores, now).allSatisfy({ $1.score >= $0.score - 1e-12 }) else {
                Issue.record("seed \(sample.seed): \(scores) → \(now)")
                return
            }
        }
    }

    @Test func `nothing gives 1 in every dimension, everything gives 5, and what is unknown may still be 5`() {
        for sample in Self.cases.prefix(2_000) {
            var profile = sample.profile
            for criterion in profile.rubric.criteria { profile.outcomes[criterion.id] = RandomProfile.perfect(criterion) }
            let full = DimensionRule.scores(for: profile.rubric, findings: profile.findings.all)
            for criterion in profile.rubric.criteria { profile.outcomes[criterion.id] = .failed(MeasureFailure("unknown")) }
            let unknown = DimensionRule.scores(for: profile.rubric, findings: profile.findings.all)
            guard full.allSatisfy({ $0.score == 5 && $0.high == 5 }), unknown.allSatisfy({ $0.score == 1 && $0.high == 5 }) else {
                Issue.record("seed \(sample.seed): \(full) \(unknown)")
                return
            }
        }
    }

    @Test func `knowing that all is good is never worse than not knowing`() {
        var raised = 0
        for sample in Self.cases {
            let was = sample.findings
            guard let unknown = was.all.firstIndex(where: { $0.band == .insufficient || $0.band == .error }) else { continue }
            var after = sample.profile
            let criterion = after.rubric.criteria[unknown]
            after.outcomes[criterion.id] = RandomProfile.perfect(criterion)
            let now = after.findings
            let lowered = zip(was.all, now.all).filter { $1.credit < $0.credit }
            guard lowered.isEmpty, now.all[unknown].credit >= 0.5, after.stage(now) >= sample.stage else {
                Issue.record("seed \(sample.seed)")
                return
            }
            raised += after.stage(now) > sample.stage ? 1 : 0
        }
        #expect(raised > 100)
    }

    @Test func `the order of criteria and rows changes nothing`() {
        for sample in Self.cases {
            var random = SeededGenerator(seed: ~sample.seed)
            var shuffled = sample.profile
            shuffled.rubric.criteria.shuffle(using: &random)
            for (id, outcome) in sample.profile.outcomes {
                guard case .answered(var answer) = outcome else { continue }
                answer.rows.shuffle(using: &random)
                answer.previous.shuffle(using: &random)
                shuffled.outcomes[id] = .answered(answer)
            }
            let findings = shuffled.findings
            let sorted = findings.all.sorted { $0.criterion < $1.criterion }
            guard sample.findings.all == sorted, sample.findings.heldBack == findings.heldBack,
                sample.results == StageRule.results(for: shuffled.rubric, findings: findings.all),
                sample.steps == Self.plan(shuffled.rubric, findings, sample.stage)
            else {
                Issue.record("seed \(sample.seed)")
                return
            }
        }
    }

    @Test func `a criterion that does not apply changes nothing`() {
        for sample in Self.cases {
            var more = sample.profile
            let isKey = sample.seed % 2 == 0
            let extra = sampleCriterion("X-1", stage: Int(sample.seed % 3) + 2, isKey: isKey) { $0.detector = "detector" }
            more.rubric.criteria.append(extra)
            more.outcomes["X-1"] = .answered(MeasureAnswer(rows: [], windows: 4, detectorRan: true))
            let findings = more.findings
            guard findings.all.last?.band == .notApplicable, sample.findings.all == Array(findings.all.dropLast()),
                sample.results == StageRule.results(for: more.rubric, findings: findings.all),
                sample.steps == Self.plan(more.rubric, findings, sample.stage)
            else {
                Issue.record("seed \(sample.seed)")
                return
            }
        }
    }

    @Test func `when all is full the highest complete stage is earned, and when nothing is known stage 1`() {
        for sample in Self.cases {
            var profile = sample.profile
            for criterion in profile.rubric.criteria { profile.outcomes[criterion.id] = RandomProfile.perfect(criterion) }
            let stages = Set(profile.rubric.criteria.map(\.stage))
            let earned = profile.rubric.stages.dropFirst().prefix { $0.isComplete && stages.contains($0.number) }
            let full = profile.stage(profile.findings)
            for criterion in profile.rubric.criteria { profile.outcomes[criterion.id] = .answered(MeasureAnswer(rows: [])) }
            guard full == 1 + earned.count, profile.stage(profile.findings) == 1 else {
                Issue.record("seed \(sample.seed)")
                return
            }
        }
    }

    @Test func `after all steps to a complete stage it is earned, and no step comes twice`() {
        var earned = 0
        for sample in Self.cases {
            var profile = sample.profile
            let (stage, steps) = (sample.stage, sample.steps)
            let chosen = steps.map(\.criterion)
            for criterion in profile.rubric.criteria where chosen.contains(criterion.id) {
                profile.outcomes[criterion.id] = RandomProfile.perfect(criterion)
            }
            let next = profile.rubric.stage(stage + 1)
            let canBeEarned =
                next?.isComplete == true && sample.findings.all.contains { $0.stage == stage + 1 && $0.band != .notApplicable }
            let now = profile.stage(profile.findings)
            guard Set(chosen).count == chosen.count, !canBeEarned || now > stage,
                steps.map(\.order) == Array((0...steps.count).dropFirst())
            else {
                Issue.record("seed \(sample.seed)")
                return
            }
            earned += now > stage ? 1 : 0
        }
        #expect(earned > 2_000)
    }

    @Test func `a step brings what an assessment finds that supposes it and all before it to be full`() {
        var checked = 0
        for sample in Self.cases.prefix(3_000) where !sample.steps.isEmpty {
            let rubric = sample.profile.rubric
            func score(_ findings: [Finding]) -> Double {
                DimensionRule.scores(for: rubric, findings: findings).reduce(0) { $0 + $1.score }
            }
            var before = score(sample.findings.all)
            var supposed: [CriterionID: Double] = [:]
            for step in sample.steps {
                supposed[step.criterion] = rubric.criteria.first { $0.id == step.criterion }?.measure.full
                let findings = FindingRule.findings(for: rubric, outcomes: sample.profile.outcomes, assuming: supposed)
                let after = score(findings.all)
                let stage = sample.profile.stage(findings)
                guard step.gain >= 0, abs(after - before - step.gain) < 1e-6, stage == step.stageAfter else {
                    Issue.record("seed \(sample.seed): \(step) brings \(after - before) and stage \(stage)")
                    return
                }
                before = after
                checked += 1
            }
        }
        #expect(checked > 5_000)
    }

    @Test func `when all steps to a complete stage are done it is earned`() {
        for sample in Self.cases {
            guard let last = sample.steps.last else { continue }
            let stages = Set(sample.findings.all.filter { $0.band != .notApplicable }.map(\.stage))
            let reachable = sample.profile.rubric.stages.dropFirst().prefix { $0.isComplete && stages.contains($0.number) }
            guard last.stageAfter == 1 + reachable.count else {
                Issue.record("seed \(sample.seed): \(last.stageAfter) instead of \(1 + reachable.count)")
                return
            }
        }
    }
}
