internal import RungCore
internal import RungText

/// Gives thirty days of notice before a stage is lost to age alone.
///
/// Evidence that has grown old says nothing bad yet: a criterion that was met and has no newer evidence is looked at as it stood
/// within the last thirty days. A threshold that is missed, a class that is too weak or a broken ledger cost the stage at once.
struct NoticeRule {
    /// How long a stage is held.
    static let days = 30

    let rubric: Rubric
    let exceptions: CriterionExceptions
    let asOf: Timestamp
    /// The outcome for a criterion as of an earlier day.
    let past: (Criterion, Timestamp) -> MeasureOutcome

    /// What holds with the notice: outcomes in which old evidence stands for what is missing, and which criteria these are.
    struct Held {
        var outcomes: [CriterionID: MeasureOutcome]
        var findings: AssessedFindings
        var notices: [StageNotice] = []
    }

    /// Goes up stage by stage, as long as nothing but age stands in the way.
    ///
    /// - Parameters:
    ///   - outcomes: as of now.
    ///   - findings: what they came to.
    func held(_ outcomes: [CriterionID: MeasureOutcome], _ findings: AssessedFindings) -> Held {
        var held = Held(outcomes: outcomes, findings: findings)
        while let raised = raised(held) { held = raised }
        return held
    }

    /// One stage more than before; nil when age alone does not make up for it.
    private func raised(_ held: Held) -> Held? {
        let results = StageRule.results(for: rubric, findings: held.findings.all, waived: waived)
        let stage = StageRule.stage(from: results)
        let old = held.findings.all.filter { $0.stage == stage + 1 && isOld($0, held.outcomes[$0.criterion]) }
        guard !old.isEmpty, isWorthwhile(old, held, above: stage) else { return nil }
        var raised = held
        var since: [CriterionID: Timestamp] = [:]
        for finding in old {
            guard let criterion = rubric.criteria.first(where: { $0.id == finding.criterion }), let met = lastMet(criterion) else {
                continue
            }
            raised.outcomes[criterion.id] = met.outcome
            since[criterion.id] = met.day.adding(days: 1)
        }
        raised.findings = FindingRule.findings(for: rubric, outcomes: raised.outcomes, exceptions: exceptions)
        let after = StageRule.results(for: rubric, findings: raised.findings.all, waived: waived)
        guard StageRule.stage(from: after) > stage else { return nil }
        for finding in old {
            guard let since = since[finding.criterion] else { continue }
            raised.notices.append(
                StageNotice(criterion: finding.criterion, stage: finding.stage, since: since, until: since.adding(days: Self.days)))
        }
        return raised
    }

    /// Whether the next stage would be earned if all that is old were met; looking back is dear, and often something else is missing.
    private func isWorthwhile(_ old: [Finding], _ held: Held, above stage: Int) -> Bool {
        let mended = Set(old.map(\.criterion))
        let hopeful = held.findings.all.map { finding in
            // What rests on what is old may be met once that is; what is held back otherwise stays as it is.
            guard mended.contains(finding.criterion) || held.findings.heldBack.contains(finding.criterion) else { return finding }
            var hopeful = finding
            (hopeful.band, hopeful.credit) = (.full, 1)
            // What it rested on then may have been worth more.
            (hopeful.basis, hopeful.bestClass) = (EvidenceBasis(), .a)
            return hopeful
        }
        return StageRule.stage(from: StageRule.results(for: rubric, findings: hopeful, waived: waived)) > stage
    }

    private var waived: Set<CriterionID> { Set(exceptions.waivers.map(\.criterion)) }

    /// Whether nothing but the age of its evidence speaks against a criterion.
    private func isOld(_ finding: Finding, _ outcome: MeasureOutcome?) -> Bool {
        guard finding.band != .full, case .answered(let answer) = outcome else { return false }
        if finding.freshness == .stale { return true }
        guard finding.band == .insufficient, finding.failing.isEmpty else { return false }
        // Without a population in this window and in the one before there was none thirty days ago either.
        return finding.total > 0 || !answer.previous.isEmpty || answer.detectorRan == false
    }

    /// The last day within the notice on which the criterion was met or rightly did not apply, with its outcome then; nil when
    /// there was none.
    ///
    /// Looks back ever farther, then closes in, as if what is met once stays met until the day on which it is not.
    private func lastMet(_ criterion: Criterion) -> (day: Timestamp, outcome: MeasureOutcome)? {
        var (missed, found) = (0, MeasureOutcome?.none)
        var met = 0
        for back in [1, 2, 4, 8, 16, Self.days] where found == nil {
            found = outcome(criterion, back)
            if found == nil { missed = back } else { met = back }
        }
        guard var last = found else { return nil }
        while met - missed > 1 {
            let middle = (met + missed) / 2
            if let outcome = outcome(criterion, middle) { (met, last) = (middle, outcome) } else { missed = middle }
        }
        return (asOf.adding(days: -met), last)
    }

    /// The outcome so many days ago, if the criterion was met then.
    private func outcome(_ criterion: Criterion, _ daysAgo: Int) -> MeasureOutcome? {
        let outcome = past(criterion, asOf.adding(days: -daysAgo))
        let finding = FindingRule.finding(for: criterion, outcome: outcome, exceptions: exceptions)
        return finding.band == .full || finding.band == .notApplicable ? outcome : nil
    }
}
