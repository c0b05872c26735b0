import RungCore

/// The numbers of a comparison as rows of words, for console and Markdown.
struct ComparisonTable {
    private let comparison: Comparison

    init(_ comparison: Comparison) { self.comparison = comparison }

    /// The heading: `fail: B against A`.
    var decision: String { "\(comparison.decision.rawValue): \(comparison.candidate) against \(comparison.baseline)" }

    /// Name and text of each row.
    var rows: [(String, String)] {
        var rows: [(String, String)] = []
        if let sources = comparison.sources {
            rows += [
                (comparison.baseline, PrintableText.name(sources.baseline)), (comparison.candidate, PrintableText.name(sources.candidate)),
            ]
        }
        guard let effect = comparison.effect else { return rows }
        let confidence = Self.percent(comparison.policy.confidence)
        let error = effect.standardError.map { ", standard error \(number($0))" } ?? ""
        rows.append(("change", "\(number(effect.estimate))\(unit)\(error); p \(Self.pValue(effect.pValue)) that nothing changed"))
        if effect.method != .none {
            rows.append(("decides", "\(Self.name(effect.method)): each side \(confidence), \(ends(effect.bounds))"))
            rows.append((confidence, "\(Self.name(effect.method)) \(ends(effect.interval))" + others(effect)))
        }
        if let binary = comparison.binary {
            rows.append(
                (
                    "McNemar",
                    "\(binary.lost) lost, \(binary.gained) gained; exact p \(Self.pValue(binary.pValue)), mid-p \(Self.pValue(binary.midP))"
                ))
        }
        if let power = power { rows.append(("power", power)) }
        rows.append(("drawn", "seed \(comparison.policy.seed), \(NumberText.grouped(comparison.policy.resamples)) resamples"))
        return rows
    }

    /// The two-sided intervals of the methods that do not decide.
    private func others(_ effect: ComparisonEffect) -> String {
        let intervals: [(String, ComparisonLimits?)] = [
            ("t", effect.t), ("BCa", effect.method == .bca ? nil : effect.bca),
            ("Tango", effect.method == .tango ? nil : comparison.binary?.tango), ("Newcombe", comparison.binary?.newcombe),
        ]
        return intervals.compactMap { name, limits in limits.map { "; \(name) \(ends($0))" } }.joined()
    }

    private var power: String? {
        let units = comparison.isClustered ? "cluster" : "case"
        let parts = [
            comparison.power.detectableEffect.map { "finds a change of \(number($0))\(unit) with a chance of 80 %" },
            comparison.power.unitsForMargin.map { "one as large as the margin needs \(NumberText.count($0, units))" },
        ]
        let known = parts.compactMap { $0 }
        return known.isEmpty ? nil : known.joined(separator: "; ")
    }

    /// Headings of `slices`.
    static let sliceHeader = ["slice", "cases", "change", "low", "high", "p", "p (B-H)", "beyond margin (Holm)"]

    /// A row for each slice.
    var slices: [[String]] {
        comparison.slices.map { slice in
            [
                PrintableText.name(slice.name), NumberText.grouped(slice.pairs), number(slice.effect.estimate),
                number(slice.effect.interval.low), number(slice.effect.interval.high), Self.pValue(slice.effect.pValue),
                slice.tests.map { Self.pValue($0.benjaminiHochberg) } ?? "–", slice.tests.map { Self.pValue($0.holm) } ?? "too few",
            ]
        }
    }

    private var unit: String { comparison.isProportion ? " points" : "" }

    private func ends(_ limits: ComparisonLimits) -> String { "\(number(limits.low)) to \(number(limits.high))" }

    /// Points with two decimals, anything else with about four digits; an infinite end is a dash.
    private func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let text: String
        if comparison.isProportion {
            text = NumberText.fixed(value * 100, places: 2)
        } else {
            let size = abs(value)
            text = NumberText.fixed(value, places: size >= 1_000 ? 0 : size >= 10 ? 2 : size >= 0.1 ? 4 : 7)
        }
        return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }

    private static func name(_ method: ComparisonEffect.Method) -> String {
        switch method {
        case .bca: "BCa"
        case .signFlip: "sign-flip"
        case .tango: "Tango"
        case .none: "none"
        }
    }

    private static func percent(_ share: Double) -> String {
        let text = NumberText.fixed(share * 100, places: 2)
        return (text.hasSuffix(".00") ? String(text.dropLast(3)) : text) + " %"
    }

    private static func pValue(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : NumberText.fixed(value, places: 4) }
}
