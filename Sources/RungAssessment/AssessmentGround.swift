public import RungCore
public import RungText

/// All that was read of the evidence for one assessment: what stands on it is worked out without asking again.
///
/// With it a plan can be made anew for every supposition (`rung assess --what-if`, a slider on a page) in a few milliseconds.
public struct AssessmentGround: Sendable {
    public var rubric: Rubric
    /// Midnight.
    public var asOf: Timestamp
    public var ledger: LedgerHead
    /// What was measured, by criterion; one that is left out was not measured.
    public var outcomes: [CriterionID: MeasureOutcome] = [:]
    public var symptoms: [SymptomResult] = []
    /// What people have agreed on about single criteria.
    public var exceptions = CriterionExceptions()
    /// Which teams there are, and which of the measured entities are theirs.
    public var teams = TeamSurvey()
    /// Sentences for the reader.
    public var notes: [String]
    /// What could not be read and would only ever lower the stage: no stage above the number is earned without it.
    public var unread: [Unread] = []
    /// Whom the evidence names; they get the steps of the roadmap.
    public var owners: RoadmapOwners
    /// What holds for the time of a notice; nil where nobody asked.
    var held: NoticeRule.Held?
    /// Kept, because no supposition changes it; nil until it is worked out.
    private var settled: Settled?

    /// The answers before anything is supposed.
    private struct Settled: Sendable {
        /// For the organization, and for each team.
        var answers: [FindingRule.Answer]
        var teams: [[FindingRule.Answer]]
    }

    /// A limit that nobody knows.
    public struct Unread: Sendable, Equatable {
        /// The highest stage that can be earned all the same.
        public var stage: Int
        /// A sentence without a full stop.
        public var reason: String
    }

    public init(rubric: Rubric, asOf: Timestamp, ledger: LedgerHead, notes: [String] = [], owners: RoadmapOwners = RoadmapOwners()) {
        self.rubric = rubric
        self.asOf = asOf
        self.ledger = ledger
        self.notes = notes
        self.owners = owners
    }

    /// The same ground with all answers worked out, for many suppositions.
    public func prepared() -> AssessmentGround {
        var prepared = self
        prepared.held = nil
        prepared.settled = nil
        prepared.settled = prepared.answers
        return prepared
    }

    private var answers: Settled {
        if let settled { return settled }
        let answers = FindingRule.measured(for: rubric, outcomes: outcomes, exceptions: exceptions)
        return Settled(answers: answers, teams: teamRule(outcomes).answers(answers))
    }

    private func teamRule(_ outcomes: [CriterionID: MeasureOutcome]) -> TeamRule {
        TeamRule(rubric: rubric, survey: teams, outcomes: outcomes, exceptions: exceptions)
    }

    /// The assessment, as it is or as it would be.
    ///
    /// - Parameters:
    ///   - assumptions: what would be if; the result is a plan and no assessment.
    ///   - target: the stage up to which to plan; two stages above the one that is earned for nil.
    ///   - integrity: a ledger that does not verify makes it void.
    /// - Returns: the same for the same ground and assumptions.
    public func assessment(
        assuming assumptions: [Assumption] = [], planningTo target: Int? = nil, integrity: LedgerIntegrity = .verified
    ) -> Assessment {
        let assumed = Assumption.values(assumptions, rubric)
        let answers = answers
        let findings = FindingRule.capped(FindingRule.supposing(assumed, answers.answers))
        var assessment = Assessment(
            asOf: asOf, rubricVersion: rubric.version, rubricDigest: rubric.digest, ledger: ledger, stage: nil, stageName: nil,
            voidReason: nil, stages: [], symptoms: symptoms, findings: findings.all, roadmap: [], notes: notes)
        (assessment.rubricID, assessment.rubricBase, assessment.rubricChanges) = (rubric.id, rubric.base, rubric.changes)
        assessment.assumptions = assumptions.map(\.text)
        assessment.dimensions = DimensionRule.scores(for: rubric, findings: findings.all)
        let known = Set(rubric.criteria.map(\.id))
        assessment.waivers = exceptions.waivers.filter { known.contains($0.criterion) }
        switch integrity {
        case .broken(let reason): assessment.voidReason = reason
        case .verified: rank(&assessment, findings, answers.teams, assumed, target)
        }
        return assessment
    }

    /// Earns the stage and plans the way up.
    private func rank(
        _ assessment: inout Assessment, _ findings: AssessedFindings, _ teams: [[FindingRule.Answer]], _ assumed: [CriterionID: Double],
        _ target: Int?
    ) {
        let waived = Set(exceptions.waivers.map(\.criterion))
        let held = assumed.isEmpty ? held : nil
        assessment.notices = held?.notices ?? []
        let rule = teamRule(held?.outcomes ?? outcomes)
        // What a notice holds is held for the teams too.
        let own = held.map { rule.answers(FindingRule.measured(for: rubric, outcomes: $0.outcomes, exceptions: exceptions)) } ?? teams
        let standings = rule.standings(own, assuming: assumed)
        assessment.teams = rule.results(standings)
        func results(_ findings: AssessedFindings) -> [StageResult] {
            limited(TeamLimit.applied(to: StageRule.results(for: rubric, findings: findings.all, waived: waived), by: standings))
        }
        assessment.stages = results(held?.findings ?? findings)
        let stage = StageRule.stage(from: assessment.stages)
        assessment.stage = stage
        assessment.stageName = rubric.stage(stage)?.name
        // Of a stage that a team or a limit withholds anyway there is nothing to lose.
        assessment.notices.removeAll { $0.stage > stage }
        assessment.confidence = ConfidenceRule.confidence(inStage: stage, findings: findings.all)
        // What a notice holds is not earned: the way up starts below it.
        let earned = held == nil ? stage : StageRule.stage(from: results(findings))
        assessment.roadmap = Roadmap.plan(
            rubric: rubric, findings: findings, teams: standings, stage: earned, to: target ?? stage + 2, asOf: asOf, owners: owners,
            waived: waived)
    }

    /// The results with every stage that an unread limit may withhold.
    private func limited(_ results: [StageResult]) -> [StageResult] {
        results.map { result in
            let reasons = unread.filter { $0.stage < result.number }.map(\.reason)
            guard !reasons.isEmpty else { return result }
            var limited = result
            if result.status == .met { limited.status = .notMet }
            limited.reasons += reasons
            return limited
        }
    }
}
