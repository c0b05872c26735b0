internal import RungCore
internal import RungText

/// Decides about a regression suite: a pure function of what was counted and the declared policy.
struct RegressionGate {
    let suite: SuiteHeader
    let counts: TallyBuilder
    let status: RunStatus
    let comparison: BaselineComparison?
    /// Whether the user chose some of the cases; cases that are missing then mean nothing.
    let isSelection: Bool

    func decide() -> GateDecision {
        var reasons: [String] = []
        var decision = GateDecision.Decision.pass
        let failures = criticalReasons + rateReasons + newlyFailingReasons
        let doubts = doubtReasons
        if !failures.isEmpty {
            decision = .fail
        } else if !doubts.isEmpty {
            decision = .inconclusive
        }
        reasons += failures + doubts
        if decision == .pass { reasons.append(passReason) }
        reasons += notes
        return GateDecision(
            decision, reasons, newlyFailing: comparison?.newlyFailing ?? [], newlyPassing: comparison?.newlyPassing ?? [])
    }

    // MARK: - Failures

    private var criticalReasons: [String] {
        var reasons = counts.criticalProblems.prefix(10).map { "critical case \($0.key.id) (\($0.key.agent)) is \($0.verdict.rawValue)" }
        if counts.criticalProblemCount > reasons.count {
            reasons.append("\(counts.criticalProblemCount - reasons.count) more critical cases did not pass")
        }
        return reasons
    }

    /// Case verdicts are compared, not trial rates: a case that the requirement calls passed counts as passed. In an
    /// incomplete run the cases that were not made could all pass still.
    private var rateReasons: [String] {
        let counted = counts.tally.counted
        guard counted > 0, decidingVerdicts > 0 else { return [] }
        let open = status == .complete ? 0 : max(0, suite.cases - counts.tally.verdicts.total)
        let needed = policy.minimumPassRate * Double(counted + open)
        guard Double(counts.passed + open) < needed - 1e-9 else { return [] }
        return [
            "pass rate \(Self.percent(Double(counts.passed) / Double(counted))) (\(counts.passed) of \(counted) cases) "
                + "is below the minimum of \(Self.percent(policy.minimumPassRate))"
        ]
    }

    private var newlyFailingReasons: [String] {
        guard policy.newlyFailing == .forbid else { return [] }
        return newlyFailingSentence
    }

    private var newlyFailingSentence: [String] {
        guard let comparison, comparison.newlyFailingCount > 0 else { return [] }
        let count = comparison.newlyFailingCount
        let names = comparison.newlyFailing.prefix(5).map { "\($0.id) (\($0.agent))" }.joined(separator: ", ")
        let rest = count > 5 ? " and \(count - 5) more" : ""
        return [
            "\(count) \(count == 1 ? "case that passed" : "cases that passed") in baseline \(comparison.baseline.name) "
                + "\(count == 1 ? "does" : "do") not pass now: \(names)\(rest)"
        ]
    }

    // MARK: - Doubts

    private var doubtReasons: [String] {
        var reasons: [String] = []
        if case .incomplete(let reason) = status {
            reasons.append("the run is incomplete: \(reason); \(counts.tally.verdicts.total) of \(suite.cases) cases finished")
        }
        if suite.cases == 0 {
            reasons.append("no case was selected: an empty run never passes")
        } else if status == .complete, counts.tally.counted == 0 {
            reasons.append("no case counts: all of them are quarantined or excluded")
        } else if status == .complete, decidingVerdicts == 0 {
            reasons.append("no case passed or failed: there is nothing to decide on")
        }
        if let comparison, comparison.common == 0, suite.cases > 0 {
            reasons.append("baseline \(comparison.baseline.name) has no case in common with this suite")
        }
        return reasons
    }

    // MARK: - Notes

    private var passReason: String {
        let counted = counts.tally.counted
        return "\(counts.passed) of \(counted) cases passed; the minimum is \(Self.percent(policy.minimumPassRate))"
    }

    private var notes: [String] {
        var notes: [String] = []
        let verdicts = counts.tally.verdicts
        if policy.newlyFailing == .report { notes += newlyFailingSentence.map { $0 + " (reported, not forbidden)" } }
        if let comparison {
            if comparison.newlyPassingCount > 0 {
                notes.append("\(comparison.newlyPassingCount) cases pass that did not in baseline \(comparison.baseline.name)")
            }
            let removed = comparison.removed(in: suite.id)
            if !isSelection, status == .complete, removed > 0 || comparison.added > 0 {
                notes.append("not compared: \(comparison.added) new cases, \(removed) only in the baseline")
            }
        }
        if verdicts[.quarantined] > 0 { notes.append("\(verdicts[.quarantined]) quarantined, left out of the gate") }
        for verdict in policy.excluded where verdicts[verdict] > 0 {
            notes.append("\(verdicts[verdict]) \(verdict.rawValue), left out by the suite's policy")
        }
        for verdict in [Verdict.errored, .unscored, .skipped] where verdicts[verdict] > 0 && !policy.excluded.contains(verdict) {
            notes.append("\(verdicts[verdict]) \(verdict.rawValue), counted as not passed")
        }
        return notes
    }

    private var policy: GatePolicy { suite.gate }

    private var decidingVerdicts: Int { counts.tally.verdicts[.passed] + counts.tally.verdicts[.failed] }

    /// A proportion for people: at most one decimal, never rounded up to 100 % or down to 0 %.
    static func percent(_ share: Double) -> String {
        var tenths = (share * 1_000).rounded()
        if share < 1, tenths >= 1_000 { tenths = 999 }
        if share > 0, tenths <= 0 { tenths = 1 }
        let rounded = tenths / 10
        return rounded == rounded.rounded() ? "\(Int(rounded)) %" : "\(rounded) %"
    }
}

extension GateDecision {
    /// The decision over several suites: the worst of them, with the reasons of each.
    static func worst(of suites: [SuiteSummary]) -> GateDecision {
        guard suites.count != 1, let first = suites.first else {
            return suites.first?.gate ?? GateDecision(.inconclusive, ["no suite was run: an empty run never passes"])
        }
        let order: [Decision] = [.fail, .inconclusive, .pass]
        let decision = order.first { decision in suites.contains { $0.gate.decision == decision } } ?? first.gate.decision
        let sorted = order.flatMap { decision in suites.filter { $0.gate.decision == decision } }
        return GateDecision(
            decision, sorted.flatMap { suite in suite.gate.reasons.map { "\(suite.header.id): \($0)" } },
            newlyFailing: suites.flatMap(\.gate.newlyFailing), newlyPassing: suites.flatMap(\.gate.newlyPassing))
    }
}
