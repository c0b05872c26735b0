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
        ground(
            rubric: rubric, evidence: evidence, asOf: asOf, notes: notes, assuming: assumptions, owners: owners, integrity: integrity
        ).assessment(assuming: assumptions, planningTo: target, integrity: integrity)
    }

    /// All that has to be read of the evidence; what stands on it asks nothing more.
    ///
    /// - Parameters:
    ///   - assumptions: criteria that are supposed are not measured.
    ///   - integrity: on a broken ledger nothing stands, so that neither ages nor teams are looked at.
    public static func ground(
        rubric: Rubric, evidence: any EvidenceReading, asOf: Timestamp, notes: [String], assuming assumptions: [Assumption] = [],
        owners: RoadmapOwners = RoadmapOwners(), integrity: LedgerIntegrity = .verified
    ) -> AssessmentGround {
        let survey = MeasureSurvey(evidence: evidence, asOf: asOf.midnight)
        let assumed = Assumption.values(assumptions, rubric)
        var ground = AssessmentGround(rubric: rubric, asOf: asOf.midnight, ledger: evidence.head, notes: notes, owners: owners)
        // Where a window is empty the one before it is asked, which for each length of windows ends on another day: one day at a time.
        for criterion in rubric.criteria.sorted(by: { $0.measure.windowDays < $1.measure.windowDays }) where assumed[criterion.id] == nil {
            ground.outcomes[criterion.id] = survey.outcome(for: criterion)
        }
        ground.symptoms = rubric.symptoms.map { survey.result(for: $0) }
        ground.exceptions = exceptions(evidence, asOf.midnight, &ground.unread)
        guard case .verified = integrity else { return ground }
        // A plan supposes what will be, so nothing is held for it.
        if assumptions.isEmpty {
            let rule = NoticeRule(rubric: rubric, exceptions: ground.exceptions, asOf: asOf.midnight) { criterion, day in
                MeasureSurvey(evidence: evidence, asOf: day).outcome(for: criterion)
            }
            ground.held = rule.held(
                ground.outcomes, FindingRule.findings(for: rubric, outcomes: ground.outcomes, exceptions: ground.exceptions))
        }
        ground.teams = teams(evidence, ground.held?.outcomes ?? ground.outcomes, asOf.midnight, &ground.unread)
        return ground
    }

    /// The teams behind the measured entities; where they cannot be read no stage is earned that they might withhold.
    private static func teams(
        _ evidence: any EvidenceReading, _ outcomes: [CriterionID: MeasureOutcome], _ asOf: Timestamp,
        _ unread: inout [AssessmentGround.Unread]
    ) -> TeamSurvey {
        var entities: Set<String> = []
        for case .answered(let answer) in outcomes.values { entities.formUnion(answer.rows.lazy.map(\.entity)) }
        do throws(MeasureFailure) {
            return try evidence.teams(accountableFor: entities, asOf: asOf)
        } catch {
            unread.append(
                .init(stage: 2, reason: "the teams could not be told apart, and any of them may hold it back: \(error.reason)"))
            return TeamSurvey()
        }
    }

    /// The exceptions in force; where they cannot be read no stage is earned that they might withhold.
    private static func exceptions(
        _ evidence: any EvidenceReading, _ asOf: Timestamp, _ unread: inout [AssessmentGround.Unread]
    ) -> CriterionExceptions {
        do throws(MeasureFailure) {
            return try evidence.exceptions(asOf: asOf)
        } catch {
            unread.append(
                .init(stage: 1, reason: "waivers and notes of applicability could not be read, and any may hold it back: \(error.reason)"))
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
