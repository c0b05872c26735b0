internal import RungCore
internal import RungText

/// The sentences of findings. They carry every number that decided.
extension FindingRule {
    /// `3 of 5 agents (60.0 %), full needs 95 %`
    static func valueText(_ measure: Criterion.Measure, _ pooled: PooledMeasure) -> String {
        let value = pooled.value ?? 0
        if measure.aggregate == .share {
            let percent = ShareText.percent(value, bounds: [measure.partial, measure.full])
            return "\(pooled.satisfied) of \(pooled.total) \(measure.unit) (\(percent)), full needs \(ShareText.bound(measure.full))"
        }
        let kind = measure.aggregate == .median ? "median" : "maximum"
        let limit = "\(measure.better == .up ? "at least" : "at most") \(number(measure.full))"
        return "the \(kind) of \(pooled.total) \(measure.unit) is \(number(value)), full needs \(limit)"
    }

    /// Why the window was widened.
    static func lookBackText(_ measure: Criterion.Measure, _ windows: Int) -> String {
        "looked back \(windows * measure.windowDays) days, because \((windows - 1) * measure.windowDays) days held fewer than "
            + "the \(measure.minimumPopulation) \(measure.unit) needed"
    }

    /// What is only supposed.
    static func assumptionText(_ measure: Criterion.Measure, _ value: Double) -> String {
        "supposed to be \(measure.aggregate == .share ? ShareText.bound(value) : number(value)), not measured"
    }

    /// Why a sample does not earn full credit yet.
    static func sampleText(_ measure: Criterion.Measure, _ pooled: PooledMeasure, _ bound: Double) -> String {
        "a sample of \(pooled.total) makes sure of \(ShareText.percent(bound, bounds: [measure.partial])) only "
            + "(one-sided 95 % bound), \(ShareText.bound(measure.partial)) are needed for full"
    }

    /// Why the evidence counts half.
    static func staleText(_ measure: Criterion.Measure) -> String {
        "stale, so it counts half at most: nothing in the last \(measure.windowDays) days, these are from the "
            + "\(measure.windowDays) days before"
    }

    /// Too small a population of things that must be there.
    static func insufficientText(_ measure: Criterion.Measure, _ pooled: PooledMeasure) -> String {
        "too little evidence: \(populationText(measure, pooled, windows: 1))"
    }

    /// Too few events, with or without proof that more would have been seen.
    static func scarceText(
        _ measure: Criterion.Measure, _ pooled: PooledMeasure, _ windows: Int, detectorRan: Bool
    ) -> String {
        let found = populationText(measure, pooled, windows: windows)
        return detectorRan
            ? "not applicable: \(found), and the detector shows that nothing was missed"
            : "too little evidence: \(found), and no detector shows that nothing was missed"
    }

    /// Why a detector that ran proves nothing.
    static let disbeliefText = "records that its detector rests on are of class D: anybody could have written them"

    /// Which prerequisite leaves half the credit.
    static func heldBackText(by prerequisite: Finding) -> String {
        let state =
            switch prerequisite.band {
            case .insufficient: "has too little evidence"
            case .error: "could not be measured"
            case .none, .partial, .full, .notApplicable: "is not met"
            }
        return "counts half at most, because its prerequisite \(prerequisite.criterion) (\(prerequisite.title)) \(state)"
    }

    private static func populationText(_ measure: Criterion.Measure, _ pooled: PooledMeasure, windows: Int) -> String {
        "\(pooled.total) of the \(max(1, measure.minimumPopulation)) \(measure.unit) needed in \(windows * measure.windowDays) days"
    }

    /// A value with at most two decimals.
    private static func number(_ value: Double) -> String { CanonicalJSON.text(of: (value * 100).rounded() / 100) }
}
