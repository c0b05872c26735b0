import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct TeamRuleTests {
    /// Two teams: `big` runs agents b0…b9 with most of the traffic, `small` runs s0…s2.
    private static let survey = TeamSurvey(
        teams: [
            TeamSurvey.Team(name: "big", agents: 10, calls: 900, weighedCalls: 900, tier: .low),
            TeamSurvey.Team(name: "small", agents: 3, calls: 100, weighedCalls: 300, tier: nil),
        ],
        owners: Dictionary(
            uniqueKeysWithValues: (0..<10).map { ("b\($0)", 0) } + (0..<3).map { ("s\($0)", 1) }))

    private static func rows(big: Int, small: Int) -> [MeasureRow] {
        (0..<10).map { row("b\($0)", $0 < big ? 1 : 0, 1) } + (0..<3).map { row("s\($0)", $0 < small ? 1 : 0, 1) }
    }

    private static func standings(
        _ rows: [MeasureRow], survey: TeamSurvey = survey, _ adjust: (inout Criterion.Measure) -> Void = { _ in }
    ) -> [TeamStanding] {
        let rubric = sampleRubric([sampleCriterion("A-1", adjust)])
        return TeamRule(
            rubric: rubric, survey: survey, outcomes: ["A-1": .answered(MeasureAnswer(rows: rows))], exceptions: CriterionExceptions()
        ).all()
    }

    @Test func `a good average hides no team that lags behind`() {
        let standings = Self.standings(Self.rows(big: 10, small: 1)) { $0.full = 0.8 }
        #expect(standings.map(\.stage) == [2, 1])
        #expect(standings[1].findings.all[0].failing.map(\.entity) == ["s1", "s2"])
        #expect(standings[0].findings.all[0].satisfied == 10 && standings[0].findings.all[0].total == 10)
    }

    @Test func `a team stands where its own numbers put it, better or worse than the whole`() {
        let standings = Self.standings(Self.rows(big: 2, small: 3)) { $0.minimumPopulation = 3 }
        #expect(standings.map(\.stage) == [1, 2])
    }

    @Test func `what is too little to praise a team is enough to blame it`() {
        // Below the minimum of five: three of three prove nothing, and the organization's answer stands.
        let good = Self.standings(Self.rows(big: 2, small: 3)) { $0.minimumPopulation = 5 }
        #expect(good.map(\.stage) == [1, 1])
        #expect(good[1].findings.all[0].total == 13)
        // One of three is too little for chance when four in five are due.
        let bad = Self.standings(Self.rows(big: 10, small: 0)) { ($0.minimumPopulation, $0.full) = (5, 0.75) }
        #expect(bad.map(\.stage) == [2, 1])
        // Two of three may be chance.
        let chance = Self.standings(Self.rows(big: 10, small: 2)) { ($0.minimumPopulation, $0.full) = (5, 0.75) }
        #expect(chance.map(\.stage) == [2, 2])
    }

    @Test func `what nobody can tell of the organization nobody can tell of a team`() {
        #expect(Self.standings([], survey: Self.survey).map { $0.findings.all[0].band } == [.insufficient, .insufficient])
        let rows = Self.rows(big: 10, small: 3).filter { $0.entity.hasPrefix("s") }
        let scarce = Self.standings(rows) { $0.minimumPopulation = 4 }
        #expect(scarce.allSatisfy { $0.findings.all[0].band == .insufficient })
    }

    @Test func `entities without a team are everybody's`() {
        let standings = Self.standings([row("policy", 9, 10)])
        #expect(standings.map(\.stage) == [2, 2])
        #expect(standings.allSatisfy { $0.findings.all[0].total == 10 })
    }

    @Test(arguments: [
        (940, 60, Agent.RiskTier?.none, true), (960, 40, nil, false), (960, 40, .high, true), (0, 0, .medium, false), (950, 50, .low, true),
    ])
    func `much traffic or a high risk binds`(_ rest: Int, _ calls: Int, _ tier: Agent.RiskTier?, _ binds: Bool) throws {
        var survey = Self.survey
        (survey.teams[0].calls, survey.teams[1].calls, survey.teams[1].tier) = (rest, calls, tier)
        #expect(try #require(Self.standings(Self.rows(big: 10, small: 3), survey: survey).last).isBinding == binds)
    }

    @Test func `the organization stands at most one stage above a team that binds it`() {
        func results(_ team: Int, binding: Bool) -> [StageResult] {
            let standing = TeamStanding(
                team: Self.survey.teams[1], findings: AssessedFindings(all: [], heldBack: []), stage: team, isBinding: binding)
            let met = (2...5).map { StageResult(number: $0, name: "s\($0)", status: .met, full: 1, applicable: 1, reasons: []) }
            return TeamLimit.applied(to: met, by: [standing])
        }
        #expect((1...5).map { StageRule.stage(from: results($0, binding: true)) } == [2, 3, 4, 5, 5])
        #expect(StageRule.stage(from: results(1, binding: false)) == 5)
        #expect(
            results(3, binding: true).last?.reasons == [
                "team small stands on stage 3; no organization stands more than one stage above a team with 5 % of the traffic or a "
                    + "high-risk agent"
            ])
    }

    @Test func `the worst team comes first, with what it lacks and how much hangs on it`() {
        let rule = TeamRule(
            rubric: sampleRubric([sampleCriterion("A-1")]), survey: Self.survey,
            outcomes: ["A-1": .answered(MeasureAnswer(rows: Self.rows(big: 10, small: 0)))], exceptions: CriterionExceptions())
        let results = rule.results(rule.all())
        #expect(results.map(\.name) == ["small", "big"])
        #expect(results[0].gaps.map(\.criterion) == ["A-1"] && results[0].share == 0.1 && results[0].exposure == 0.25)
        #expect(results[1].gaps.isEmpty && results[1].stage == 2)
    }

    // MARK: - The whole assessment

    /// Stages 2 to 4 with one criterion each, full for the organization; the small team lacks the first.
    private static func evidence(small: Int) -> (Rubric, SampleEvidence) {
        let rubric = sampleRubric(
            [
                sampleCriterion("A-1", stage: 2), sampleCriterion("B-1", stage: 3, prerequisites: ["A-1"]),
                sampleCriterion("C-1", stage: 4),
            ], completeTo: 4)
        var evidence = SampleEvidence()
        evidence.rows["sql of A-1"] = { _ in rows(big: 10, small: small) }
        evidence.rows["sql of B-1"] = { _ in rows(big: 10, small: 3) }
        evidence.rows["sql of C-1"] = { _ in rows(big: 10, small: 3) }
        evidence.survey = survey
        return (rubric, evidence)
    }

    @Test func `a team that lags holds the organization back, and the roadmap says so`() throws {
        let (rubric, evidence) = Self.evidence(small: 1)
        let assessment = Assessor.assess(
            rubric: rubric, evidence: evidence, asOf: Timestamp(seconds: 1_790_000_000), integrity: .verified, notes: [], planningTo: 4)
        #expect(assessment.findings.allSatisfy { $0.band == .full })
        #expect(assessment.teams.map(\.stage) == [1, 4] && assessment.stage == 2)
        #expect(assessment.stages.map(\.status) == [.met, .notMet, .notMet, .notAssessed])
        // Stage 3 needs the team on stage 2, stage 4 on stage 3, which it then is.
        #expect(assessment.roadmap.map(\.criterion) == ["A-1"])
        let step = try #require(assessment.roadmap.first)
        #expect(step.team == "small" && step.target == 3 && step.failing.map(\.entity) == ["s1", "s2"] && step.stageAfter == 4)
        #expect(step.reason.hasPrefix("team small stands on stage 1 and needs stage 2 first; "))
    }

    @Test func `without the team nothing holds it back`() {
        var (rubric, evidence) = Self.evidence(small: 1)
        evidence.survey.teams[1].calls = 10
        let assessment = Assessor.assess(
            rubric: rubric, evidence: evidence, asOf: Timestamp(seconds: 1_790_000_000), integrity: .verified, notes: [])
        #expect(assessment.stage == 4 && assessment.teams.map(\.isBinding) == [false, true])
    }

    @Test func `teams that cannot be read may hold everything above stage 2 back`() {
        var (rubric, evidence) = Self.evidence(small: 3)
        evidence.teamsFailure = "too slow"
        let assessment = Assessor.assess(
            rubric: rubric, evidence: evidence, asOf: Timestamp(seconds: 1_790_000_000), integrity: .verified, notes: [])
        #expect(assessment.stage == 2 && assessment.findings.allSatisfy { $0.band == .full })
        #expect(
            assessment.stages[1].reasons == ["the teams could not be told apart, and any of them may hold it back: too slow"])
    }

    @Test func `of a stage that a team withholds there is no notice`() {
        // C-1 of stage 4 was met until lately; the small team allows stage 2.
        var (rubric, evidence) = Self.evidence(small: 1)
        let asOf = Timestamp(seconds: 1_790_000_000).midnight
        let last = asOf.adding(days: -35)
        evidence.rows["sql of C-1"] = { window in last >= window.start && last < window.asOf ? Self.rows(big: 10, small: 3) : [] }
        let limited = Assessor.assess(rubric: rubric, evidence: evidence, asOf: asOf, integrity: .verified, notes: [])
        #expect(limited.stage == 2 && limited.notices.isEmpty)
        evidence.survey.teams[1].calls = 10
        let free = Assessor.assess(rubric: rubric, evidence: evidence, asOf: asOf, integrity: .verified, notes: [])
        #expect(free.stage == 4 && free.notices.map(\.criterion) == ["C-1"])
    }

    @Test func `a median of enough units stands for itself`() {
        var rows = (0..<10).map { row("b\($0)", 5) }
        rows += (0..<3).map { row("s\($0)", 200) }
        let standings = Self.standings(rows) {
            ($0.aggregate, $0.better, $0.full, $0.partial, $0.zero) = (.median, .down, 14, 30, 60)
            $0.minimumPopulation = 3
        }
        #expect(standings.map(\.stage) == [2, 1])
    }

    @Test func `what the organization lacks is its own step, once, whatever team is held back by it`() throws {
        // Five criteria of stage 2, of which four must be full; X-1 is partial because of the big team, and mended with less effort.
        var criteria = (1...5).map { number in
            sampleCriterion(CriterionID("X-\(number)"), isKey: false, effort: number == 1 ? .small : .large) { $0.minimumPopulation = 4 }
        }
        criteria.append(sampleCriterion("C-1", stage: 3))
        criteria.append(sampleCriterion("D-1", stage: 4))
        var evidence = SampleEvidence()
        for number in 1...5 {
            let (big, small) = (number == 1 ? 6 : 10, number == 2 ? 0 : 3)
            evidence.rows["sql of X-\(number)"] = { _ in Self.rows(big: big, small: small) }
        }
        for id in ["C-1", "D-1"] { evidence.rows["sql of \(id)"] = { _ in Self.rows(big: 10, small: 3) } }
        // Two of thirteen are little enough for the organization.
        evidence.rows["sql of X-2"] = { _ in Self.rows(big: 10, small: 1) }
        evidence.survey = Self.survey
        let assessment = Assessor.assess(
            rubric: sampleRubric(criteria, completeTo: 4), evidence: evidence, asOf: Timestamp(seconds: 1_790_000_000),
            integrity: .verified, notes: [], planningTo: 4)
        let small = try #require(assessment.teams.first)
        #expect(small.name == "small" && small.stage == 1 && assessment.stage == 2)
        #expect(Set(assessment.roadmap.map { "\($0.criterion) \($0.team ?? "-")" }).count == assessment.roadmap.count)
        #expect(assessment.roadmap.first { $0.criterion == "X-1" }?.team == .some(nil))
        for step in assessment.roadmap where step.team == "small" {
            #expect(step.failing.allSatisfy { $0.entity.hasPrefix("s") }, "\(step)")
        }
        #expect(assessment.roadmap.last?.stageAfter == 4)
    }

    // MARK: - Properties

    /// A random profile whose entities belong to random teams.
    private static func teams(_ profile: RandomProfile, _ seed: UInt64) -> TeamRule {
        var random = SeededGenerator(seed: seed &* 31)
        let names = ["north", "south", "west"]
        let teams = names.map { name in
            TeamSurvey.Team(
                name: name, agents: 1, calls: Int.random(in: 0...100, using: &random), weighedCalls: 1,
                tier: [.low, .high, nil].randomElement(using: &random) ?? nil)
        }
        let owners = Dictionary(uniqueKeysWithValues: (0..<5).map { ("e\($0)", Int.random(in: 0..<names.count, using: &random)) })
        return TeamRule(
            rubric: profile.rubric, survey: TeamSurvey(teams: teams, owners: owners), outcomes: profile.outcomes,
            exceptions: CriterionExceptions())
    }

    /// Four stages of which nearly everything is met.
    private static func firmProfile(_ seed: UInt64) -> RandomProfile {
        var random = SeededGenerator(seed: seed)
        var profile = RandomProfile(seed: seed)
        profile.rubric = sampleRubric(
            (0..<6).map { index in sampleCriterion(CriterionID("C-\(index)"), stage: 2 + index / 2) { $0.full = 0.7 } })
        profile.outcomes = [:]
        for criterion in profile.rubric.criteria {
            let rows = (0..<5).map { index in row("e\(index)", Int.random(in: 0..<8, using: &random) == 0 ? 0 : 3, 3) }
            profile.outcomes[criterion.id] = .answered(MeasureAnswer(rows: rows))
        }
        return profile
    }

    @Test func `of ten thousand profiles none stands higher for its teams, nor more than one stage above a binding one`() {
        var limited = 0
        for seed in UInt64(0)..<10_000 {
            let profile = seed % 2 == 0 ? RandomProfile(seed: seed) : Self.firmProfile(seed)
            let standings = Self.teams(profile, seed).all()
            let results = StageRule.results(for: profile.rubric, findings: profile.findings.all)
            let (before, after) = (
                StageRule.stage(from: results), StageRule.stage(from: TeamLimit.applied(to: results, by: standings))
            )
            if after < before { limited += 1 }
            let lowest = standings.filter(\.isBinding).map(\.stage).min() ?? 5
            guard after <= before, after <= lowest + 1, after == min(before, lowest + 1) else {
                Issue.record("seed \(seed): \(before), \(after), \(standings.map(\.stage))")
                return
            }
        }
        #expect(limited > 50)
    }

    @Test func `improving one unit never lowers a team`() {
        var improved = 0
        for seed in UInt64(0)..<10_000 {
            var profile = RandomProfile(seed: seed)
            let before = Self.teams(profile, seed).all()
            var random = SeededGenerator(seed: ~seed)
            guard let index = profile.rubric.criteria.indices.randomElement(using: &random) else { continue }
            let criterion = profile.rubric.criteria[index].id
            guard case .answered(var answer)? = profile.outcomes[criterion], !answer.rows.isEmpty,
                let changed = answer.rows.indices.randomElement(using: &random),
                case .share(let satisfied, let total) = answer.rows[changed].amount, satisfied < total
            else { continue }
            answer.rows[changed].amount = .share(satisfied: satisfied + 1, total: total)
            profile.outcomes[criterion] = .answered(answer)
            improved += 1
            for (old, new) in zip(before, Self.teams(profile, seed).all()) {
                let worse = zip(old.findings.all, new.findings.all).first { $1.credit < $0.credit }
                guard new.stage >= old.stage, worse == nil else {
                    Issue.record("seed \(seed): \(criterion), \(old.stage) to \(new.stage), \(String(describing: worse))")
                    return
                }
            }
        }
        #expect(improved > 1_000)
    }

    @Test func `a team that runs everything stands where the organization stands`() {
        for seed in UInt64(0)..<2_000 {
            let profile = RandomProfile(seed: seed)
            var rule = Self.teams(profile, seed)
            rule = TeamRule(
                rubric: rule.rubric,
                survey: TeamSurvey(
                    teams: [rule.survey.teams[0]], owners: Dictionary(uniqueKeysWithValues: (0..<5).map { ("e\($0)", 0) })),
                outcomes: rule.outcomes, exceptions: rule.exceptions)
            let standing = rule.all().first
            guard standing?.findings.all.map(\.credit) == profile.findings.all.map(\.credit) else {
                Issue.record("seed \(seed)")
                return
            }
        }
    }

    @Test func `the order of rows changes nothing`() {
        for seed in UInt64(0)..<500 {
            var profile = RandomProfile(seed: seed)
            let before = Self.teams(profile, seed).all()
            for (id, outcome) in profile.outcomes {
                guard case .answered(var answer) = outcome else { continue }
                answer.rows.reverse()
                profile.outcomes[id] = .answered(answer)
            }
            guard Self.teams(profile, seed).all() == before else {
                Issue.record("seed \(seed)")
                return
            }
        }
    }
}

extension TeamRule {
    /// The standings of all teams as things are.
    fileprivate func all() -> [TeamStanding] {
        standings(answers(FindingRule.measured(for: rubric, outcomes: outcomes, exceptions: exceptions)))
    }
}
