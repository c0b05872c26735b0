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
    ///   - stage: the stage that is earned now.
    ///   - target: the stage that is aimed at; none above it gets steps.
    ///   - asOf: the day of the assessment, which due dates are counted from.
    ///   - owners: whom the evidence names.
    public static func plan(
        rubric: Rubric, findings: AssessedFindings, stage: Int, to target: Int, asOf: Timestamp, owners: RoadmapOwners = RoadmapOwners()
    ) -> [RoadmapStep] {
        guard stage < target else { return [] }
        var planner = RoadmapPlanner(rubric, findings)
        var steps: [RoadmapStep] = []
        var earned = stage
        for number in stage + 1...target {
            guard let description = rubric.stage(number) else { continue }
            let first = steps.count
            while let choice = planner.nextStep(towards: description) {
                var step = step(choice, towards: description, rubric)
                step.order = steps.count + 1
                step.owners = owners.owners(dimension: step.dimension, failing: step.failing.map(\.entity))
                step.due = RoadmapSchedule.due(windowDays: choice.criterion.measure.windowDays, asOf: asOf)
                step.stageAfter = earned
                steps.append(step)
            }
            // A stage is earned with the last of its steps, never before.
            guard steps.count > first else { continue }
            earned = StageRule.stage(from: StageRule.results(for: rubric, findings: planner.findingsInTheEnd))
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
        if choice.isWeak, let worst = choice.finding.basis.worst {
            let kinds = choice.finding.basis.counts.filter { $0.evidenceClass == worst }.map(\.kind).joined(separator: ", ")
            parts.append("its evidence is too weak: records of \(kinds) are of class \(worst.rawValue); let a registered source send them")
        }
        if !target.isComplete { parts.append("this rubric does not assess stage \(target.number) completely") }
        return (parts + choice.finding.reasons).joined(separator: "; ")
    }
}
