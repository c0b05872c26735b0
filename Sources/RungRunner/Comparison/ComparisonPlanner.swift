internal import RungCore
internal import RungStatistics

/// What a comparison of this size can find, and how much more of it would decide.
struct ComparisonPlanner {
    let bound: DecidingBound
    let pairs: [PairedCase]
    let policy: ComparisonPolicy

    private var power: PairedPower { PairedPower(confidence: policy.confidence) }
    private var differences: PairedDifferences { bound.differences }
    /// Nil where nothing varies.
    private var deviation: Double? { differences.hasNoVariance ? nil : differences.unitDeviation }

    /// - Parameter isDecided: whether further cases could change anything.
    func plan(isDecided: Bool) -> ComparisonPower {
        ComparisonPower(
            detectableEffect: detectableEffect, unitsForMargin: unitsForMargin, furtherUnits: isDecided ? nil : furtherUnits,
            trialsNeeded: isDecided ? nil : trialsNeeded)
    }

    private var discordance: Double? {
        guard bound.isBinary, let table = bound.table, table.pairs > 0 else { return nil }
        return Double(table.discordant) / Double(table.pairs)
    }

    private var detectableEffect: Double? {
        if let discordance { return power.detectableDifference(discordance: discordance, pairs: differences.units) }
        return deviation.map { power.detectableEffect(deviation: $0, units: differences.units) }
    }

    private var unitsForMargin: Int? {
        guard policy.margin > 0 else { return nil }
        if let discordance {
            return power.pairs(for: policy.margin, discordance: discordance) ?? power.concordantPairs(for: policy.margin)
        }
        if bound.table != nil { return power.concordantPairs(for: policy.margin) }
        return deviation.flatMap { power.units(for: policy.margin, deviation: $0) }
    }

    /// How far the estimate is from what has to be ruled out: the margin, or no change where better is required.
    private var distance: Double { differences.estimate + (policy.requirement == .superior ? 0 : policy.margin) }

    private var furtherUnits: Int? {
        if differences.units < policy.minimumPairs { return policy.minimumPairs - differences.units }
        var needed = policy.minimumPairs
        if let deviation {
            guard let units = power.units(for: distance, deviation: deviation) else { return nil }
            needed = max(needed, units)
        }
        if bound.table != nil {
            guard policy.requirement == .nonInferior, let concordant = power.concordantPairs(for: policy.margin) else {
                return deviation == nil ? nil : max(1, needed - differences.units)
            }
            needed = max(needed, concordant)
        } else if deviation == nil {
            return nil
        }
        return max(1, needed - differences.units)
    }

    /// The variance of a difference is that between cases and that between the trials of a case, of which more trials take away.
    private var trialsNeeded: Int? {
        guard let deviation, !differences.isClustered, distance != 0, differences.units >= policy.minimumPairs else { return nil }
        var within = 0.0
        for pair in pairs {
            guard let before = pair.baseline.variance, let after = pair.candidate.variance else { return nil }
            within += before / Double(pair.baseline.count) + after / Double(pair.candidate.count)
        }
        within /= Double(pairs.count)
        let between = max(0, deviation * deviation - within)
        // The deviation at which this number of units would do.
        let allowed = distance / power.detectableEffect(deviation: 1, units: differences.units)
        let room = allowed * allowed - between
        guard room > 0, within > room, let most = pairs.map({ max($0.baseline.count, $0.candidate.count) }).max() else { return nil }
        let trials = (Double(most) * within / room).rounded(.up)
        return trials <= 100 ? Int(trials) : nil
    }
}
