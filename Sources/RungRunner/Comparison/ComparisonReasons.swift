internal import RungCore

/// Why a comparison was decided as it was, in sentences: what was seen, what decided, what would have changed it, what to know besides.
struct ComparisonReasons {
    let comparison: Comparison
    let sample: PairedSample
    let ground: ComparisonGround

    private var policy: ComparisonPolicy { comparison.policy }
    private var words: ComparisonWords { ComparisonWords(isProportion: comparison.isProportion) }

    var sentences: [String] { critical + seen + doubts + deciding + sliceFailures + otherwise + further + notes }

    private var critical: [String] {
        let failed = ground.failedCriticalCases
        guard !failed.isEmpty else { return [] }
        let names = failed.prefix(5).joined(separator: ", ") + (failed.count > 5 ? " and \(failed.count - 5) more" : "")
        return ["\(ComparisonWords.count(failed.count, "critical case")) failed with \(comparison.candidate): \(names)"]
    }

    // MARK: - What was seen

    private var seen: [String] {
        guard let effect = comparison.effect else { return ["no case has a value on both sides: there is nothing to compare"] }
        let (change, ends) = change(effect)
        return ["\(comparison.candidate) \(change)\(ends), on \(ComparisonWords.size(comparison)); \(demand)"]
    }

    /// `is worse by 3.1 points` and `, 95 % interval 0.9 to 5.3`; a drop is told as a positive number.
    private func change(_ effect: ComparisonEffect) -> (String, String) {
        let isWorse = effect.estimate < 0
        let change =
            effect.estimate == 0
            ? "is as good as \(comparison.baseline) on average"
            : "is \(isWorse ? "worse" : "better") by \(words.amount(effect.estimate))"
        guard effect.method != .none else { return (change, "") }
        let ends = isWorse ? (-effect.interval.high, -effect.interval.low) : (effect.interval.low, effect.interval.high)
        return (change, ", \(percent) interval \(words.number(ends.0)) to \(words.number(ends.1))")
    }

    private var demand: String {
        let margin = "the margin is \(words.amount(policy.margin))"
        return policy.requirement == .superior ? "\(comparison.candidate) has to be better" : margin
    }

    // MARK: - What decided

    private var doubts: [String] {
        var doubts = ground.gaps
        for (count, name) in [(sample.missing.baseline, comparison.baseline), (sample.missing.candidate, comparison.candidate)]
        where count > 0 {
            doubts.append(
                "\(ComparisonWords.count(count, "trial")) of \(name) came to no value: what is incomplete can fail, but never passes")
        }
        if comparison.effect != nil, comparison.n < policy.minimumPairs, comparison.decision != .unchanged {
            let unit = comparison.isClustered ? "cluster" : "pair"
            doubts.append("only \(ComparisonWords.count(comparison.n, unit)): fewer than \(policy.minimumPairs) decide nothing")
        }
        return doubts
    }

    private var deciding: [String] {
        if comparison.decision == .unchanged {
            return ["every transcript of \(comparison.candidate) is that of \(comparison.baseline): nothing changed"]
        }
        guard let effect = comparison.effect, comparison.n >= policy.minimumPairs else { return [] }
        guard effect.method != .none else {
            return ["the differences do not vary, and cases are not simply passed or failed: nothing tells how far the estimate may err"]
        }
        let (low, high) = (effect.bounds.low, effect.bounds.high)
        let method = "(\(ComparisonWords.method(effect.method, isClustered: comparison.isClustered)))"
        let sure = "with \(percent) confidence"
        if high < -policy.margin - policy.slack {
            return ["\(sure) the drop is at least \(words.amount(high, .down)) \(method), which is beyond the margin"]
        }
        if policy.requirement == .superior {
            if high < -policy.slack {
                return ["\(sure) \(comparison.candidate) is worse by at least \(words.amount(high, .down)) \(method)"]
            }
            if low > policy.slack { return ["\(sure) \(comparison.candidate) is better by at least \(words.amount(low, .down)) \(method)"] }
            return [
                "\(sure) the change lies above \(words.number(low)) and \(sure) below \(words.number(high)) \(method): either may be better"
            ]
        }
        guard low < -policy.margin - policy.slack else {
            if low >= -policy.slack { return ["\(sure) \(comparison.candidate) is not worse \(method)"] }
            let isSignificant = high < -policy.slack
            return ["\(sure) the drop is at most \(words.amount(low, .up)) \(method), which is within the margin"]
                + (isSignificant ? ["there is a drop all the same: \(sure) at least \(words.amount(high, .down))"] : [])
        }
        let most = low.isFinite ? "a drop of \(words.amount(low))" : "any drop"
        return ["\(most) is possible \(method), which is beyond the margin, and so is a change within it"]
    }

    private var sliceFailures: [String] {
        guard comparison.n >= policy.minimumPairs else { return [] }
        let family = comparison.slices.filter { $0.tests != nil }.map(\.name)
        return comparison.slices.compactMap { slice in
            guard policy.fails(slice), let tests = slice.tests else { return nil }
            return "in slice \(slice.name) the drop is beyond the margin: \(words.amount(slice.effect.estimate)) on "
                + "\(ComparisonWords.count(slice.pairs, "case")), p \(Self.pValue(tests.holm)) after Holm over "
                + "\(ComparisonWords.count(family.count, "slice"))"
        }
    }

    // MARK: - What would have changed it

    private var otherwise: [String] {
        guard let effect = comparison.effect, effect.method != .none, comparison.n >= policy.minimumPairs, critical.isEmpty,
            policy.requirement == .nonInferior
        else { return [] }
        let (low, high) = (effect.bounds.low, effect.bounds.high)
        switch comparison.decision {
        case .pass where low < -policy.slack: return ["a margin below \(words.amount(low, .down)) would have left it open"]
        case .fail where high < -policy.margin - policy.slack && !comparison.slices.contains(where: policy.fails):
            return ["only a margin of \(words.amount(high, .up)) or more would have kept it from failing"]
        case .inconclusive where low.isFinite && doubts.isEmpty:
            return ["a margin of \(words.amount(low, .up)) or more would have let it pass"]
        default: return []
        }
    }

    private var further: [String] {
        guard comparison.decision == .inconclusive, let effect = comparison.effect else { return [] }
        let isOnlyIncomplete =
            comparison.n >= policy.minimumPairs
            && (policy.requirement == .superior ? effect.bounds.low > policy.slack : effect.bounds.low >= -policy.margin - policy.slack)
        guard !isOnlyIncomplete else { return [] }
        let unit = comparison.isClustered ? "cluster" : "case"
        guard let units = comparison.power.furtherUnits else {
            return comparison.effect?.method == ComparisonEffect.Method.none
                ? [] : ["no number of further \(unit)s would decide: the estimate lies on the line between pass and fail"]
        }
        let made = comparison.trials?.upperBound ?? 1
        let trials = comparison.power.trialsNeeded.map { ", or \($0) trials a case in place of \(made)," } ?? ""
        return ["about \(ComparisonWords.count(units, "further \(unit)")) like these\(trials) would probably decide"]
    }

    // MARK: - What to know besides

    private var notes: [String] {
        var notes: [String] = []
        if (policy.minimumPairs..<10).contains(comparison.n), comparison.decision != .unchanged {
            notes.append("only \(comparison.n) independent pairs: read this with care")
        }
        notes += leftOut + alike
        if let trials = comparison.trials, trials.lowerBound < trials.upperBound {
            notes.append("cases have \(trials.lowerBound) to \(trials.upperBound) trials; every case weighs the same")
        }
        let family = comparison.slices.filter { $0.tests != nil }.map(\.name)
        if !family.isEmpty {
            notes.append("slices tested together, after Holm: \(family.joined(separator: ", "))")
        }
        let small = comparison.slices.filter { $0.tests == nil }.map(\.name)
        if !small.isEmpty { notes.append("slices too small to be tested: \(small.joined(separator: ", "))") }
        return notes
    }

    private var leftOut: [String] {
        let sides: [(UnpairedCase.Side, String)] = [
            (.baseline, "only in \(comparison.baseline)"), (.candidate, "only in \(comparison.candidate)"),
            (.changed, "changed in between"), (.neither, "without any value"),
        ]
        let counts = sides.compactMap { side, words in
            let count = comparison.unpaired.count { $0.side == side }
            return count > 0 ? "\(ComparisonWords.count(count, "case")) \(words)" : nil
        }
        return counts.isEmpty ? [] : ["not compared: \(counts.joined(separator: ", "))"]
    }

    private var alike: [String] {
        guard comparison.isProportion, let first = sample.pairs.first?.baseline.mean, first == 0 || first == 1,
            sample.pairs.allSatisfy({ $0.baseline.mean == first && $0.candidate.mean == first })
        else { return [] }
        return ["every trial \(first == 1 ? "passed" : "failed") on both sides"]
    }

    private var percent: String { ComparisonWords.percent(policy.confidence) }

    /// `0.0123`, and `below 0.0001` for what is smaller.
    private static func pValue(_ value: Double) -> String {
        value < 0.0001 ? "below 0.0001" : "\((value * 10_000).rounded() / 10_000)"
    }
}
