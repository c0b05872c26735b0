import RungCore
import RungText

/// The sentences about a whole run or suite that several reports share.
enum SummaryText {
    /// `passed 12, failed 3`, without the verdicts that did not occur; `no case` for none.
    static func verdicts(_ counts: VerdictCounts) -> String {
        let parts = Verdict.allCases.filter { counts[$0] > 0 }.map { "\($0.rawValue) \(NumberText.grouped(counts[$0]))" }
        return parts.isEmpty ? "no case" : parts.joined(separator: ", ")
    }

    /// `75.0 % (95 % interval 30.1 % to 95.4 %, n = 4, wilson)`.
    static func passRate(_ rate: PassRate?) -> String {
        guard let rate else { return "unknown: no case counts" }
        var text = "\(NumberText.percent(rate.estimate)) (95 % interval \(NumberText.percent(rate.low)) to "
        text += "\(NumberText.percent(rate.high)), n = \(NumberText.grouped(rate.n))"
        if let effective = rate.effectiveN { text += ", effective n = \(NumberText.fixed(effective, places: 1))" }
        return text + ", \(rate.method))"
    }

    /// The entries of pass@k or pass^k with four decimals; the first eight and the last.
    static func rates(_ values: [Double]) -> String {
        let texts = values.map { NumberText.fixed($0, places: 4) }
        guard texts.count > 9, let last = texts.last else { return texts.joined(separator: " ") }
        return texts.prefix(8).joined(separator: " ") + " … " + last
    }

    /// `pass@1..4`.
    static func label(_ name: String, _ values: [Double]) -> String {
        values.count == 1 ? "\(name)1" : "\(name)1..\(values.count)"
    }

    /// Which cases the rates count.
    static func denominator(_ policy: GatePolicy) -> String {
        let excluded = Verdict.allCases.filter { policy.excluded.contains($0) && $0 != .quarantined }.map(\.rawValue)
        if excluded.isEmpty { return "every case counts, also errored, unscored and skipped ones; quarantined cases do not" }
        return "by the suite's policy \(excluded.joined(separator: ", ")) cases do not count; quarantined cases never do"
    }

    /// What the policies of several suites come to, when they agree.
    static func denominator(_ suites: [SuiteHeader]) -> String {
        let texts = suites.map { denominator($0.gate) }
        guard let first = texts.first else { return denominator(GatePolicy()) }
        return texts.allSatisfy { $0 == first } ? first : "differs by suite"
    }

    /// `1,234 tokens, $0.0120`; nil when nobody counted anything. Tokens of recorded answers are told from those that were spent.
    static func usage(_ usage: Usage) -> String? {
        var parts: [String] = []
        if let tokens = usage.totalTokens {
            let replayed = usage.replayedTokens.map { $0 == tokens ? " (replayed)" : " (\(NumberText.grouped($0)) of them replayed)" }
            parts.append(NumberText.count(tokens, "token") + (replayed ?? ""))
        }
        if let cost = usage.cost { parts.append(NumberText.dollars(cost)) }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// `3, the oldest recorded on 2026-05-01`; nil where nothing was replayed.
    static func cassettes(_ cassettes: SuiteCassettes?) -> String? {
        guard let cassettes else { return nil }
        let oldest = cassettes.oldestAt.map { ", the oldest recorded on \($0.date)" } ?? ""
        return NumberText.grouped(cassettes.count) + oldest
    }

    /// Why the recordings of a suite may not stand for the world any more, with the way out; nil when they do.
    static func staleness(_ suite: SuiteHeader) -> String? {
        guard let cassettes = suite.cassettes else { return nil }
        var reasons: [String] = []
        if cassettes.stale > 0 {
            reasons.append("\(cassettes.stale) older than \(SuiteCassettes.staleAfterDays) days or of unknown age")
        }
        if cassettes.otherPrompt > 0 { reasons.append("\(cassettes.otherPrompt) recorded under another version of the prompt") }
        guard !reasons.isEmpty else { return nil }
        let name = PrintableText.name(suite.id.rawValue)
        return "of \(NumberText.count(cassettes.count, "cassette")) of suite \(name), \(reasons.joined(separator: " and ")): "
            + "rung record --suite \(name) --refresh"
    }

    /// `2 of 27 repeated cases were unstable`; nil when no case was tried more than once.
    static func stability(_ tally: Tally) -> String? {
        guard tally.repeated > 0 else { return nil }
        let verb = tally.unstable == 1 ? "was" : "were"
        return "\(tally.unstable) of \(NumberText.count(tally.repeated, "repeated case")) \(verb) unstable"
    }

    /// The names of the run's suites, joined by `+`; how many they are when there are more than three.
    static func name(of header: RunHeader) -> String {
        if header.suites.count > 3 { return "\(header.suites.count) suites" }
        return header.suites.map { PrintableText.name($0.id.rawValue) }.joined(separator: "+")
    }

    /// Why the run is incomplete; nil when it is complete.
    static func incompleteness(_ status: RunStatus) -> String? {
        guard case .incomplete(let reason) = status else { return nil }
        return PrintableText.line(reason)
    }

    /// The file and line of a case.
    static func place(_ result: CaseResult) -> String { PrintableText.name(result.location.description) }
}
