public import RungCore
public import RungText

/// Plans the way up: which criteria to mend, in which order, and what each of them lacks.
public enum Roadmap {
    /// The steps from the stage that is earned up to `target`: those to the next stage first, then those to the one after it.
    ///
    /// Each step is the first of the plan that removes most blockers for its effort, with a little for what it raises the
    /// scores by; the plans are made anew after every step. Steps that others need come before them. The order is the same for
    /// the same findings in any order.
    /// - Parameters:
    ///   - teams: how each team stands; those that hold the organization back get steps of their own.
    ///   - stage: the stage that is earned now.
    ///   - target: the stage that is aimed at; none above it gets steps.
    ///   - asOf: the day of the assessment, which due dates are counted from.
    ///   - owners: whom the evidence names.
    ///   - waived: criteria that need not be met for a time; no step ends a waiver.
    public static func plan(
        rubric: Rubric, findings: AssessedFindings, stage: Int, to target: Int, asOf: Timestamp, owners: RoadmapOwners = RoadmapOwners(),
        waived: Set<CriterionID> = []
    ) -> [RoadmapStep] {
        plan(
            rubric: rubric, findings: findings, teams: [], stage: stage, to: target, asOf: asOf, owners: owners, waived: waived)
    }

    /// The same, with steps for the teams that hold the organization back: the steps of a team come after those of the whole.
    static func plan(
        rubric: Rubric, findings: AssessedFindings, teams: [TeamStanding], stage: Int, to target: Int, asOf: Timestamp,
        owners: RoadmapOwners, waived: Set<CriterionID>
    ) -> [RoadmapStep] {
        guard stage < target else { return [] }
        var planner = RoadmapPlanner(rubric, findings)
        var lagging: [(standing: TeamStanding, planner: RoadmapPlanner)] = []
        var mended: Set<CriterionID> = []
        var steps: [RoadmapStep] = []
        var earned = stage
        for number in stage + 1...target {
            guard let description = rubric.stage(number) else { continue }
            let first = steps.count
            func add(_ choice: RoadmapPlanner.Choice, _ stage: StageDescription, _ team: TeamStanding?) {
                var step = step(choice, towards: stage, rubric)
                step.order = steps.count + 1
                step.target = number
                step.owners = owners.owners(dimension: step.dimension, failing: step.failing.map(\.entity))
                step.due = RoadmapSchedule.due(windowDays: choice.criterion.measure.windowDays, asOf: asOf)
                step.stageAfter = earned
                if let team {
                    // What it does for the scores of the organization, nobody has measured.
                    step.gain = 0
                    step.team = team.team.name ?? TeamResult.nobody
                    step.reason = "\(team.words) stands on stage \(team.stage) and needs stage \(number - 1) first; \(step.reason)"
                }
                steps.append(step)
            }
            while let choice = planner.nextStep(towards: description) {
                add(choice, description, nil)
                // What is mended everywhere is mended in every team.
                mended.insert(choice.criterion.id)
                for index in lagging.indices { lagging[index].planner.settle(choice.criterion.id) }
            }
            for team in teams where team.isBinding && team.lacks(upTo: number - 1, besides: mended) {
                guard !lagging.contains(where: { $0.standing.team == team.team }) else { continue }
                var planner = RoadmapPlanner(rubric, team.findings)
                for criterion in mended.sorted() { planner.settle(criterion) }
                lagging.append((team, planner))
            }
            for index in lagging.indices where number > 2 {
                for below in 2..<number {
                    guard let stage = rubric.stage(below) else { continue }
                    while let choice = lagging[index].planner.nextStep(towards: stage) {
                        // Where the organization's answer stands for the team, the step is everybody's and is taken once.
                        let isOwn = !findings.all.contains(choice.finding)
                        add(choice, stage, isOwn ? lagging[index].standing : nil)
                        guard !isOwn else { continue }
                        mended.insert(choice.criterion.id)
                        planner.settle(choice.criterion.id)
                        for other in lagging.indices where other != index { lagging[other].planner.settle(choice.criterion.id) }
                    }
                }
            }
            // A stage is earned with the last of its steps, never before.
            guard steps.count > first else { continue }
            let results = StageRule.results(for: rubric, findings: planner.findingsInTheEnd, waived: waived)
            let limit = lagging.map { team in
                StageRule.stage(from: StageRule.results(for: rubric, findings: team.planner.findingsInTheEnd, waived: waived)) + 1
            }
            earned = ([StageRule.stage(from: results)] + limit).min() ?? stage
            steps[steps.count - 1].stageAfter = earned
        }
        return steps
    }

    private static func step(_ choice: RoadmapPlanner.Choice, towards target: StageDescription, _ rubric: Rubric) -> RoadmapStep {
        let (criterion, finding) = (choice.criterion, choice.finding)
        let remediation = criterion.remediation
        let action = rubric.stages.flatMap(\.levelUp).first { $0.id == remediation.levelUp }
        return RoadmapStep(
            order: 0, criterion: criterion.id, stage: criterion.stage, target: target.number, dimension: criterion.dimension,
            headline: action?.text ?? criterion.title, action: remediation.text, command: remediation.command,
            effort: remediation.effort, isKey: criterion.isKey, failing: finding.failing.sorted(by: isWorse),
            needed: needed(criterion.measure, finding), unit: criterion.measure.unit, gain: choice.gain,
            reason: reason(choice, towards: target))
    }

    /// Most missing units first, then the smaller share, then the name.
    private static func isWorse(_ a: FailingEntity, _ b: FailingEntity) -> Bool {
        let (x, y) = (a.total - a.satisfied, b.total - b.satisfied)
        if x != y { return x > y }
        // With as many units missing, the smaller total has the smaller share.
        return a.total != b.total ? a.total < b.total : a.entity < b.entity
    }

    /// How many more units must be as they should be; nil where the population is unknown or too small to tell.
    private static func needed(_ measure: Criterion.Measure, _ finding: Finding) -> Int? {
        guard finding.value != nil, [.full, .partial, .none].contains(finding.band) else { return nil }
        let wanted =
            switch (measure.aggregate, measure.better) {
            case (.share, _): CreditScale(measure).satisfiedForFull(of: finding.total)
            case (.median, _): finding.total / 2 + 1
            case (.max, .down): finding.total
            case (.max, .up): 1
            }
        return max(0, wanted - finding.satisfied)
    }

    private static func reason(_ choice: RoadmapPlanner.Choice, towards target: StageDescription) -> String {
        var roles: [String] = []
        switch choice.role {
        case .key: roles.append("key for stage \(target.number)")
        case .other: roles.append("counts towards the 80 % of stage \(target.number)")
        case .prerequisiteOnly: break
        }
        if !choice.unlocks.isEmpty {
            roles.append("prerequisite of \(choice.unlocks.map(\.rawValue).joined(separator: ", "))")
        }
        var parts = [roles.joined(separator: ", ")]
        if choice.isWeak, let found = weakness(of: choice.finding) { parts.append(found) }
        if !target.isComplete { parts.append("this rubric does not assess stage \(target.number) completely") }
        return (parts + choice.finding.reasons).joined(separator: "; ")
    }

    /// Why the evidence behind a finding is too weak, and the way out.
    private static func weakness(of finding: Finding) -> String? {
        guard let worst = finding.evidenceClass else { return nil }
        let kinds = finding.basis.counts.filter { $0.evidenceClass == worst }.map(\.kind).joined(separator: ", ")
        guard !kinds.isEmpty else { return "its evidence is too weak: nobody else counts what it measures; import `usageCount` records" }
        return "its evidence is too weak: records of \(kinds) are of class \(worst.rawValue); let a registered source send them"
    }
}
