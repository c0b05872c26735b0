internal import RungCore

/// Changes and bounds in the words of sentences: points for proportions, plain numbers for anything else.
struct ComparisonWords {
    let isProportion: Bool

    /// `3.1 points`, `1 point`, or `0.0312` in the unit of the values; without a sign.
    ///
    /// - Parameter rule: up for "at most" and down for "at least", so that a sentence stays true when it is rounded.
    func amount(_ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> String {
        let number = number(abs(value), rule)
        return isProportion ? "\(number) \(number == "1" ? "point" : "points")" : number
    }

    /// The number alone, with a minus sign where it is below zero; `unknown` for what is infinite.
    func number(_ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> String {
        guard value.isFinite else { return "unknown" }
        let scaled = isProportion ? value * 100 : value
        let text = Self.rounded(abs(scaled), isProportion: isProportion, rule)
        return scaled < 0 && text != "0" ? "−" + text : text
    }

    /// One decimal for points, two below a tenth of one; four significant digits for anything else.
    private static func rounded(_ value: Double, isProportion: Bool, _ rule: FloatingPointRoundingRule) -> String {
        guard value > 0 else { return "0" }
        var scale = isProportion ? (value < 0.1 ? 100.0 : 10) : 1
        if !isProportion { while value * scale < 1_000, scale < 1e9 { scale *= 10 } }
        // What is a round number but for rounding stays one.
        let nearest = (value * scale).rounded()
        let number = (abs(value * scale - nearest) < 1e-6 ? nearest : (value * scale).rounded(rule)) / scale
        return number == number.rounded() && number < 1e15 ? "\(Int(number))" : "\(number)"
    }

    /// `240 cases × 3 trials in 30 clusters`.
    static func size(_ comparison: Comparison) -> String {
        var text = count(comparison.pairs, "case")
        if let trials = comparison.trials {
            let number = trials.lowerBound == trials.upperBound ? "\(trials.lowerBound)" : "\(trials.lowerBound)–\(trials.upperBound)"
            text += " × \(number) \(number == "1" ? "trial" : "trials")"
        }
        if comparison.isClustered { text += " in \(count(comparison.n, "cluster"))" }
        return text
    }

    /// `1 case`, `12 cases`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `95 %`.
    static func percent(_ share: Double) -> String {
        let hundredths = (share * 10_000).rounded() / 100
        return hundredths == hundredths.rounded() ? "\(Int(hundredths)) %" : "\(hundredths) %"
    }

    /// What a bound was made with.
    static func method(_ method: ComparisonEffect.Method, isClustered: Bool) -> String {
        switch method {
        case .bca: "BCa bootstrap of \(isClustered ? "clusters" : "cases")"
        case .signFlip: "inverted sign-flip test"
        case .tango: "Tango's score bound"
        case .none: "no method"
        }
    }
}
