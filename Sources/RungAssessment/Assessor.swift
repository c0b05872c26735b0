public import RungCore
public import RungText

/// Assesses an organization: runs every measure, answers every criterion, earns the stage and plans the way up.
public enum Assessor {
    /// - Parameters:
    ///   - rubric: what is asked.
    ///   - evidence: what the answers come from, as it stood at the cut-off.
    ///   - asOf: the cut-off; floored to midnight UTC.
    ///   - integrity: what the verification of the ledger gave; a broken ledger makes the assessment void.
    ///   - notes: sentences for the reader, passed on as they are.
    ///   - assumptions: what would be if; the result is a plan and no assessment.
    ///   - owners: whom the evidence names; they get the steps of the roadmap.
    ///   - target: the stage up to which to plan; that of two stages above the one that is earned for nil.
    /// - Returns: the same for the same evidence and the same rubric. A measure that fails spoils its own criterion alone.
    public static func assess(
        rubric: Rubric, evidence: any EvidenceReading, asOf: Timestamp, integrity: LedgerIntegrity, notes: [String],
        assuming assumptions: [Assumption] = [], owners: RoadmapOwners = RoadmapOwners(), planningTo target: Int? = nil
    ) -> Assessment {
        let survey = MeasureSurvey(evidence: evidence, asOf: asOf.midnight)
        let assumed = Assumption.values(assumptions, rubric)
        let asked = rubric.criteria.filter { assumed[$0.id] == nil }
        let outcomes = Dictionary(asked.map { ($0.id, survey.outcome(for: $0)) }) { first, _ in first }
        var notes = notes
        let exceptions = exceptions(evidence, asOf.midnight, &notes)
        let findings = FindingRule.findings(for: rubric, outcomes: outcomes, assuming: assumed, exceptions: exceptions)
        var assessment = Assessment(
            asOf: asOf.midnight, rubricVersion: rubric.version, rubricDigest: rubric.digest, ledger: evidence.head, stage: nil,
            stageName: nil, voidReason: nil, stages: [], symptoms: rubric.symptoms.map { survey.result(for: $0) },
            findings: findings.all, roadmap: [], notes: notes)
        (assessment.rubricID, assessment.rubricBase, assessment.rubricChanges) = (rubric.id, rubric.base, rubric.changes)
        assessment.assumptions = assumptions.map(\.text)
        assessment.dimensions = DimensionRule.scores(for: rubric, findings: findings.all)
        let known = Set(rubric.criteria.map(\.id))
        assessment.waivers = exceptions.waivers.filter { known.contains($0.criterion) }
        switch integrity {
        case .broken(let reason): assessment.voidReason = reason
        case .verified:
            let rule = NoticeRule(rubric: rubric, exceptions: exceptions, asOf: asOf.midnight) { criterion, day in
                MeasureSurvey(evidence: evidence, asOf: day).outcome(for: criterion)
            }
            // A plan supposes what will be, so nothing is held for it.
            let held = assumed.isEmpty ? rule.held(outcomes, findings) : .init(outcomes: outcomes, findings: findings)
            assessment.notices = held.notices
            let waived = Set(exceptions.waivers.map(\.criterion))
            let teams = TeamRule(
                rubric: rubric, survey: teams(evidence, held.outcomes, asOf.midnight, &assessment.notes), outcomes: held.outcomes,
                exceptions: exceptions, assumed: assumed)
            let standings = teams.standings()
            assessment.teams = teams.results(standings)
            assessment.stages = TeamLimit.applied(
                to: StageRule.results(for: rubric, findings: held.findings.all, waived: waived), by: standings)
            let stage = StageRule.stage(from: assessment.stages)
            assessment.stage = stage
            assessment.stageName = rubric.stage(stage)?.name
            assessment.confidence = ConfidenceRule.confidence(inStage: stage, findings: findings.all)
            let earned = StageRule.stage(
                from: TeamLimit.applied(to: StageRule.results(for: rubric, findings: findings.all, waived: waived), by: standings))
            assessment.roadmap = Roadmap.plan(
                rubric: rubric, findings: findings, teams: standings, stage: earned, to: target ?? stage + 2, asOf: asOf, owners: owners,
                waived: waived)
        }
        return assessment
    }

    /// The teams behind the measured entities; where they cannot be read there are none, and the reader is told.
    private static func teams(
        _ evidence: any EvidenceReading, _ outcomes: [CriterionID: MeasureOutcome], _ asOf: Timestamp, _ notes: inout [String]
    ) -> TeamSurvey {
        var entities: Set<String> = []
        for case .answered(let answer) in outcomes.values { entities.formUnion(answer.rows.lazy.map(\.entity)) }
        do throws(MeasureFailure) {
            return try evidence.teams(accountableFor: entities, asOf: asOf)
        } catch {
            notes.append("teams could not be told apart, so no team is looked at by itself: \(error.reason)")
            return TeamSurvey()
        }
    }

    /// The exceptions in force; where they cannot be read there are none, and the reader is told.
    private static func exceptions(_ evidence: any EvidenceReading, _ asOf: Timestamp, _ notes: inout [String]) -> CriterionExceptions {
        do throws(MeasureFailure) {
            return try evidence.exceptions(asOf: asOf)
        } catch {
            notes.append("waivers and notes of applicability could not be read: \(error.reason)")
            return CriterionExceptions()
        }
    }
}

/// Whether the ledger behind the evidence verifies.
public enum LedgerIntegrity: Sendable, Equatable {
    /// Every entry is what it was when it was appended.
    case verified
    /// It does not; the sentence says where it breaks.
    case broken(String)
}
