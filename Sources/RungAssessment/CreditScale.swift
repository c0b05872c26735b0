internal import RungCore
internal import RungStatistics

/// Turns the value of a measure into a credit 0…1 without cliffs: 0 → 0.5 at partial → 1 at full.
///
/// Where less is better it runs the other way, from 1 at full over 0.5 at partial to 0 at `zero`. Credit 1 is reached at
/// full and nowhere below it, credit 0.5 at partial and nowhere below it, so that a band can be read off the credit.
struct CreditScale {
    private let measure: Criterion.Measure

    init(_ measure: Criterion.Measure) { self.measure = measure }

    /// The credit of a pooled measure; nil without a population.
    ///
    /// On a sample, chance must not earn the band: while the one-sided 95 % Wilson lower bound of the share is below
    /// partial, credit stays below 1, the further the lower the bound is.
    func credit(of pooled: PooledMeasure) -> Double? {
        guard let value = pooled.value else { return nil }
        let credit = credit(of: value)
        guard let bound = sampleBound(of: pooled), bound < measure.partial else { return credit }
        return min(credit, Self.belowOne(0.5 + 0.5 * (bound / measure.partial)))
    }

    /// What a sampled share surely reaches; nil for a census, and for values that are not shares.
    func sampleBound(of pooled: PooledMeasure) -> Double? {
        guard measure.population == .sample, measure.aggregate == .share, pooled.total > 0 else { return nil }
        return Self.lowerBound(pooled.satisfied, of: pooled.total)
    }

    /// The credit of a value that is known exactly.
    func credit(of value: Double) -> Double {
        switch measure.better {
        case .up:
            if value >= measure.full { return 1 }
            if value >= measure.partial {
                return Self.belowOne(0.5 + 0.5 * ((value - measure.partial) / (measure.full - measure.partial)))
            }
            return Self.belowHalf(0.5 * (value / measure.partial))
        case .down:
            if value <= measure.full { return 1 }
            if value <= measure.partial {
                return Self.belowOne(0.5 + 0.5 * ((measure.partial - value) / (measure.partial - measure.full)))
            }
            guard let zero = measure.zero, value < zero else { return 0 }
            return Self.belowHalf(0.5 * ((zero - value) / (zero - measure.partial)))
        }
    }

    /// The bands of findings that have a credit: neither unknown nor not applicable.
    static let bands: Set<Band> = [.full, .partial, .none]

    /// The band that a credit stands for.
    static func band(of credit: Double) -> Band {
        if credit >= 1 { return .full }
        return credit >= 0.5 ? .partial : .none
    }

    /// The fewest units of `total` that give full credit when they are as they should be; `total` when even all do not.
    func satisfiedForFull(of total: Int) -> Int {
        var low = 0
        var high = total
        while low < high {
            let middle = low + (high - low) / 2
            if isFull(satisfied: middle, of: total) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func isFull(satisfied: Int, of total: Int) -> Bool {
        guard Double(satisfied) / Double(total) >= measure.full else { return false }
        return measure.population == .census || Self.lowerBound(satisfied, of: total) >= measure.partial
    }

    /// The one-sided 95 % Wilson bound: 0 without a unit.
    private static func lowerBound(_ satisfied: Int, of total: Int) -> Double {
        Proportion.wilson(successes: satisfied, of: total, confidence: 0.95, oneSided: .lower)?.low ?? 0
    }

    /// Rounding must not lift a credit into the next band.
    private static func belowOne(_ credit: Double) -> Double { min(max(credit, 0), (1.0).nextDown) }

    private static func belowHalf(_ credit: Double) -> Double { min(max(credit, 0), (0.5).nextDown) }
}
