internal import RungCore
internal import RungStatistics

/// Answers the criteria for each team by itself, so that a good average hides no team that lags behind.
///
/// The rows of a measure that belong to a team are its own evidence. A team is small, so little of it may prove nothing: its own
/// numbers count where they show a shortfall (the one-sided 95 % Wilson upper bound of its share lies below full), and where its
/// population reaches the minimum. In all other cases the organization's answer stands for the team.
struct TeamRule {
    let rubric: Rubric
    let survey: TeamSurvey
    /// What was measured for the organization, by criterion.
    let outcomes: [CriterionID: MeasureOutcome]
    let exceptions: CriterionExceptions

    /// From this share of the traffic on, a team binds the organization.
    static let bindingShare = 0.05

    /// The answers for each team of the survey, in its order.
    ///
    /// - Parameter measured: the answers for the organization.
    func answers(_ measured: [FindingRule.Answer]) -> [[FindingRule.Answer]] {
        let rows = measured.map { rowsByTeam(outcomes[$0.criterion.id]) }
        return survey.teams.indices.map { index in
            zip(measured, rows).map { answer, rows in
                (answer.criterion, finding(for: answer.criterion, organization: answer.finding, rows: rows[index] ?? []))
            }
        }
    }

    /// One standing for each team of the survey, in its order.
    ///
    /// - Parameters:
    ///   - answers: as `answers(_:)` gives them.
    ///   - assumed: what is supposed in place of what was measured, for every team alike.
    func standings(_ answers: [[FindingRule.Answer]], assuming assumed: [CriterionID: Double] = [:]) -> [TeamStanding] {
        let waived = Set(exceptions.waivers.map(\.criterion))
        return zip(survey.teams, answers).map { team, own in
            let findings = FindingRule.capped(FindingRule.supposing(assumed, own))
            let stage = StageRule.stage(from: StageRule.results(for: rubric, findings: findings.all, waived: waived))
            return TeamStanding(team: team, findings: findings, stage: stage, isBinding: isBinding(team))
        }
    }

    /// The rows of a measure by position of the team that is accountable for the entity.
    private func rowsByTeam(_ outcome: MeasureOutcome?) -> [Int: [MeasureRow]] {
        guard case .answered(let answer)? = outcome else { return [:] }
        var rows: [Int: [MeasureRow]] = [:]
        for row in answer.rows {
            guard let team = survey.owners[row.entity] else { continue }
            rows[team, default: []].append(row)
        }
        return rows
    }

    /// The answer for a team from its own rows, or the organization's where they say too little.
    func finding(for criterion: Criterion, organization: Finding, rows: [MeasureRow]) -> Finding {
        guard CreditScale.bands.contains(organization.band), organization.freshness == .fresh,
            case .answered(var answer)? = outcomes[criterion.id], let own = try? PooledMeasure(rows, criterion.measure), own.total > 0
        else { return organization }
        let isEnough = own.total >= max(1, criterion.measure.minimumPopulation)
        let isShort = showsShortfall(own, criterion.measure)
        guard isEnough || isShort else { return organization }
        answer.rows = rows
        var asked = criterion
        asked.measure.minimumPopulation = min(criterion.measure.minimumPopulation, own.total)
        let found = FindingRule.finding(for: asked, outcome: .answered(answer), exceptions: exceptions)
        // Too little to praise is enough to blame: a small team is never better than the organization.
        guard isEnough else { return found.credit < organization.credit ? found : organization }
        // A median or a maximum of enough units stands for itself; a share that is a little too low may be chance.
        let isShare = criterion.measure.aggregate == .share && criterion.measure.better == .up
        return !isShare || found.band == .full || isShort || organization.band != .full ? found : organization
    }

    /// Whether the team's share is too low to be called full by chance; never said of medians and maxima.
    private func showsShortfall(_ own: PooledMeasure, _ measure: Criterion.Measure) -> Bool {
        guard measure.aggregate == .share, measure.better == .up else { return false }
        let bound = Proportion.wilson(successes: own.satisfied, of: own.total, confidence: 0.95, oneSided: .upper)
        return (bound?.high ?? 1) < measure.full
    }

    /// Much traffic or a high risk tier: what goes wrong there goes wrong for the organization.
    private func isBinding(_ team: TeamSurvey.Team) -> Bool {
        team.tier == .high || share(team.calls, of: \.calls) >= Self.bindingShare
    }

    private func share(_ part: Int, of calls: KeyPath<TeamSurvey.Team, Int>) -> Double {
        let total = survey.teams.reduce(0) { $0 + $1[keyPath: calls] }
        return total > 0 ? Double(part) / Double(total) : 0
    }

    /// The results for reports, the worst team first: the lowest stage, then the greatest exposure, then the name.
    func results(_ standings: [TeamStanding]) -> [TeamResult] {
        let results = standings.map { standing in
            let team = standing.team
            return TeamResult(
                name: team.name, agents: team.agents, calls: team.calls, share: share(team.calls, of: \.calls),
                exposure: share(team.weighedCalls, of: \.weighedCalls), tier: team.tier, stage: standing.stage,
                isBinding: standing.isBinding,
                gaps: standing.findings.all.filter {
                    $0.stage == standing.stage + 1 && $0.band != .full && $0.band != .notApplicable
                })
        }
        return results.sorted { a, b in
            if a.stage != b.stage { return a.stage < b.stage }
            if a.exposure != b.exposure { return a.exposure > b.exposure }
            // The agents that no team runs come last.
            return (a.name ?? "\u{10FFFF}") < (b.name ?? "\u{10FFFF}")
        }
    }
}

/// The answers to all criteria for one team.
struct TeamStanding: Equatable {
    let team: TeamSurvey.Team
    let findings: AssessedFindings
    let stage: Int
    let isBinding: Bool

    /// Whether it does not meet a criterion up to this stage, other than these.
    func lacks(upTo stage: Int, besides mended: Set<CriterionID>) -> Bool {
        findings.all.contains { $0.stage <= stage && $0.band != .full && $0.band != .notApplicable && !mended.contains($0.criterion) }
    }

    /// What it is called in sentences, such as `team payments`.
    var words: String { team.name.map { "team \($0)" } ?? "whoever runs the agents without a team" }
}

/// Holds an organization to the teams that carry much of it: it stands at most one stage above each of them.
enum TeamLimit {
    /// The results with every stage above the limit not met, and why.
    static func applied(to results: [StageResult], by standings: [TeamStanding]) -> [StageResult] {
        let binding = standings.filter(\.isBinding).sorted { $0.stage != $1.stage ? $0.stage < $1.stage : $0.words < $1.words }
        return results.map { result in
            let lagging = binding.filter { $0.stage + 1 < result.number }
            guard !lagging.isEmpty else { return result }
            var limited = result
            if result.status == .met { limited.status = .notMet }
            limited.reasons += lagging.map {
                "\($0.words) stands on stage \($0.stage); no organization stands more than one stage above a team with 5 % of the "
                    + "traffic or a high-risk agent"
            }
            return limited
        }
    }
}
