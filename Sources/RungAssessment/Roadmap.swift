public import RungCore

/// Plans the way up: which criteria to mend, in which order, and what each of them lacks.
public enum Roadmap {
    /// The steps to the next stage, then those to the stage after it where the rubric has criteria for it.
    ///
    /// Each step is the first of the plan that removes most blockers for its effort; the plans are made anew after every
    /// step. Steps that others need come before them. The order is the same for the same findings in any order.
    /// - Parameter stage: the stage that is earned now.
    public static func steps(rubric: Rubric, findings: AssessedFindings, stage: Int) -> [RoadmapStep] {
        var planner = RoadmapPlanner(rubric, findings)
        var steps: [RoadmapStep] = []
        for target in [stage + 1, stage + 2] {
            guard let description = rubric.stage(target) else { continue }
            while let choice = planner.nextStep(towards: description) {
                steps.append(step(choice, order: steps.count + 1, towards: description, rubric))
            }
        }
        return steps
    }

    private static func step(
        _ choice: RoadmapPlanner.Choice, order: Int, towards target: StageDescription, _ rubric: Rubric
    ) -> RoadmapStep {
        let (criterion, finding) = (choice.criterion, choice.finding)
        let remediation = criterion.remediation
        let action = rubric.stages.flatMap(\.levelUp).first { $0.id == remediation.levelUp }
        return RoadmapStep(
            order: order, criterion: criterion.id, stage: criterion.stage, headline: action?.text ?? criterion.title,
            action: remediation.text, command: remediation.command, effort: remediation.effort, isKey: criterion.isKey,
            failing: finding.failing.sorted(by: isWorse), needed: needed(criterion.measure, finding),
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
