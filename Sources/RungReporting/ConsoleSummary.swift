import RungCore
import RungText

/// The end of a run on the console: counts, rates, gate, and what to do next.
struct ConsoleSummary {
    /// What the run came to.
    let summary: RunSummary
    /// How it is set.
    let style: ConsoleStyle

    /// The lines, without line breaks.
    var lines: [String] {
        let header = summary.header
        var lines = [""]
        let cases = NumberText.count(summary.total.verdicts.total, "case")
        let trials = NumberText.count(summary.total.trials, "trial")
        let time = DurationText.readable(milliseconds: summary.durationMs)
        lines += sentence("\(SummaryText.name(of: header)): \(cases), \(trials) in \(time)", "", .strong)
        if summary.suites.count > 1 {
            for suite in summary.suites { lines += self.suite(suite) }
        }
        lines += entry("verdicts", SummaryText.verdicts(summary.total.verdicts))
        lines += rates(summary.total, SummaryText.denominator(header.suites))
        if let cassettes = SummaryText.cassettes(header.cassettes) { lines += entry("cassettes", cassettes) }
        for stale in header.suites.compactMap(SummaryText.staleness) { lines += sentence("warning: \(stale)", "  ", .doubtful) }
        lines += entry("run", PrintableText.name(header.id.rawValue))
        lines += header.shard.map { sentence("shard \($0.slice): gate \(RunShard.undecided)", "", .strong) } ?? gate(summary.gate)
        if let reason = SummaryText.incompleteness(summary.status) {
            lines += sentence("incomplete: \(reason)", "", .doubtful)
            lines += sentence("resume it: rung test ... --resume \(PrintableText.name(header.id.rawValue))", "  ", nil)
        }
        return lines
    }

    private func suite(_ suite: SuiteSummary) -> [String] {
        let rate = suite.tally.passRate.map { NumberText.percent($0.estimate) } ?? "no rate"
        let gate = summary.header.shard == nil ? "\(suite.gate.decision.rawValue), " : ""
        let text = "\(PrintableText.name(suite.header.id.rawValue)): \(gate)\(rate), "
        return sentence(text + SummaryText.verdicts(suite.tally.verdicts), "  ", nil)
    }

    private func rates(_ tally: Tally, _ denominator: String) -> [String] {
        var lines = entry("pass rate", SummaryText.passRate(tally.passRate))
        if tally.passAtK.count > 1 { lines += entry(SummaryText.label("pass@", tally.passAtK), SummaryText.rates(tally.passAtK)) }
        if tally.passHatK.count > 1 { lines += entry(SummaryText.label("pass^", tally.passHatK), SummaryText.rates(tally.passHatK)) }
        lines += entry("counted", denominator)
        if let stability = SummaryText.stability(tally) { lines += entry("stability", stability) }
        if tally.retries > 0 { lines += entry("retries", "\(NumberText.grouped(tally.retries)) after infrastructure faults") }
        if let usage = SummaryText.usage(tally.usage) { lines += entry("usage", usage) }
        return lines
    }

    private func gate(_ gate: GateDecision) -> [String] {
        let tone: ConsoleStyle.Tone =
            switch gate.decision {
            case .pass: .good
            case .fail: .bad
            case .inconclusive: .doubtful
            }
        var lines = [style.paint("gate: \(gate.decision.rawValue)", tone)]
        for reason in gate.reasons.prefix(10) { lines += sentence(PrintableText.line(reason), "  - ", nil) }
        if gate.reasons.count > 10 { lines.append("  - and \(gate.reasons.count - 10) more") }
        lines += keys("newly failing", gate.newlyFailing) + keys("newly passing", gate.newlyPassing)
        return lines
    }

    private func keys(_ label: String, _ keys: [CaseKey]) -> [String] {
        guard !keys.isEmpty else { return [] }
        var names = keys.prefix(10).map { PrintableText.name($0.description) }
        if keys.count > 10 { names.append("and \(keys.count - 10) more") }
        return entry(label, names.joined(separator: ", "))
    }

    private func entry(_ label: String, _ text: String) -> [String] {
        let first = "  " + Columns.padded(label, to: max(14, Columns.count(label) + 1))
        return style.wrapped(text, first: first, rest: String(repeating: " ", count: style.width < 60 ? 4 : 16))
    }

    private func sentence(_ text: String, _ first: String, _ tone: ConsoleStyle.Tone?) -> [String] {
        let lines = style.wrapped(text, first: first, rest: first.isEmpty ? "  " : String(repeating: " ", count: first.count))
        return tone.map { tone in lines.map { style.paint($0, tone) } } ?? lines
    }
}
