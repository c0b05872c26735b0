public import RungCore
import RungCrypto
import RungText
import Synchronization

/// Writes a job summary in GitHub-flavoured Markdown: the decision first, then numbers, then what did not pass.
///
/// The first 50 cases that did not pass are named with reason and place; expected, actual and diff are folded away. Values
/// are escaped, so that nothing an agent said becomes markup. The file stays below 1 MiB, the limit of job summaries.
public final class MarkdownReporter: RunObserver {
    /// Where the summary goes, as the user gave it.
    public let path: String
    /// A report may fail; the run goes on.
    public let isEssential = false
    /// What messages call it.
    public let name = "markdown report"
    private let state = Mutex<State?>(nil)

    /// Most cases that are named.
    static let mostProblems = 50

    private struct State {
        let file: SpooledFile
        let requirements: [SuiteID: TrialRequirement]
        var problems = 0
    }

    /// Creates the reporter; nothing is opened before the run starts.
    public init(path: String) { self.path = path }

    /// Takes a batch of events; throws `ReportFailure`, after which nothing more is written.
    public func handle(_ events: [RunEvent]) throws {
        try state.withLock { state in
            do {
                for event in events { try take(event, &state) }
            } catch {
                state = nil
                throw error
            }
        }
    }

    private func take(_ event: RunEvent, _ state: inout State?) throws {
        switch event {
        case .started(let header):
            var requirements: [SuiteID: TrialRequirement] = [:]
            for suite in header.suites { requirements[suite.id] = suite.requirement }
            state = State(file: try SpooledFile(path: path), requirements: requirements)
        case .trialFinished: break
        case .caseFinished(let result):
            guard [.failed, .errored, .unscored].contains(result.verdict), let requirements = state?.requirements else { return }
            state?.problems += 1
            guard let state, state.problems <= Self.mostProblems else { return }
            let problem = ProblemText(result: result, requirement: requirements[result.suite] ?? .all)
            try state.file.write(Array(MarkdownSummary.problem(problem).utf8))
        case .finished(let summary):
            guard let open = state else { return }
            let page = MarkdownSummary(summary: summary, problems: open.problems)
            try open.file.finish(header: Array(page.head.utf8), footer: Array(page.foot.utf8))
            state = nil
        }
    }
}

/// The parts of the job summary around the cases.
struct MarkdownSummary {
    /// What the run came to.
    let summary: RunSummary
    /// Cases that did not pass, those that are not named included.
    let problems: Int

    /// One case that did not pass, folded.
    static func problem(_ problem: ProblemText) -> String {
        let result = problem.result
        func code(_ text: String) -> String {
            "<code>\(MarkdownText.html(PrintableText.bounded(PrintableText.name(text), bytes: 200)))</code>"
        }
        var line = "<details><summary><b>\(result.verdict.rawValue)</b> \(code(result.id.rawValue)) "
        line += "(\(code(result.subject.agent.rawValue))) \(MarkdownText.html(problem.message)) "
        line += "\(code(result.location.description))</summary>"
        var lines: [String] = []
        var bytes = 0
        for detail in problem.details {
            bytes += detail.utf8.count + 1
            guard bytes <= 8_192 else {
                lines.append("…")
                break
            }
            lines.append(detail)
        }
        return "\(line)\n\n\(MarkdownText.block(lines))\n\n</details>\n"
    }

    /// Everything before the cases.
    var head: String {
        var parts = ["## \(title)"]
        let reasons = summary.gate.reasons.prefix(20).map { "- \(bounded($0))" }
        if !reasons.isEmpty { parts.append(reasons.joined(separator: "\n")) }
        if let reason = SummaryText.incompleteness(summary.status) {
            let command = MarkdownText.code("rung test ... --resume \(summary.header.id)")
            parts.append("**The run is incomplete:** \(bounded(reason))  \nResume it: \(command)")
        }
        parts.append(MarkdownText.table(Verdict.allCases.map(\.rawValue) + ["cases"], [counts], numbersFrom: 0))
        parts.append(rates)
        if summary.suites.count > 1 { parts.append(suites) }
        parts += keys("Newly failing", summary.gate.newlyFailing) + keys("Newly passing", summary.gate.newlyPassing)
        if problems > 0 { parts.append("### Cases that did not pass") }
        return parts.joined(separator: "\n\n") + "\n\n"
    }

    /// Everything after the cases.
    var foot: String {
        var text = ""
        if problems > MarkdownReporter.mostProblems {
            let more = NumberText.count(problems - MarkdownReporter.mostProblems, "more case")
            text += "\n\(more) did not pass; see them all: \(MarkdownText.code("rung runs show \(summary.header.id)"))\n"
        }
        return text + "\n<details><summary>About this run</summary>\n\n\(facts)\n\n</details>\n"
    }

    private var title: String {
        if let shard = summary.header.shard {
            let name = PrintableText.bounded(MarkdownText.prose(SummaryText.name(of: summary.header)), bytes: 400)
            return "Shard \(shard.slice): \(name)"
        }
        let word =
            switch summary.gate.decision {
            case .pass: "Gate passed"
            case .fail: "Gate failed"
            case .inconclusive: "Gate inconclusive"
            }
        return "\(word): \(PrintableText.bounded(MarkdownText.prose(SummaryText.name(of: summary.header)), bytes: 400))"
    }

    private var counts: [String] {
        let verdicts = summary.total.verdicts
        return Verdict.allCases.map { NumberText.grouped(verdicts[$0]) } + [NumberText.grouped(verdicts.total)]
    }

    private var rates: String {
        let tally = summary.total
        var lines = ["**Pass rate** \(MarkdownText.prose(SummaryText.passRate(tally.passRate)))"]
        lines.append("Counted: \(MarkdownText.prose(SummaryText.denominator(summary.header.suites)))")
        if tally.passAtK.count > 1 { lines.append(rate("pass@", tally.passAtK)) }
        if tally.passHatK.count > 1 { lines.append(rate("pass^", tally.passHatK)) }
        if let stability = SummaryText.stability(tally) { lines.append(MarkdownText.prose(stability)) }
        if tally.retries > 0 { lines.append("Retries after infrastructure faults: \(NumberText.grouped(tally.retries))") }
        return lines.joined(separator: "  \n")
    }

    private func rate(_ name: String, _ values: [Double]) -> String {
        "\(MarkdownText.code(SummaryText.label(name, values))) \(SummaryText.rates(values))"
    }

    private var suites: String {
        var rows = summary.suites.prefix(100).map { suite in
            [
                MarkdownText.code(suite.header.id.rawValue), suite.gate.decision.rawValue,
                suite.tally.passRate.map { NumberText.percent($0.estimate) } ?? "–",
                NumberText.grouped(suite.tally.verdicts[.passed]), NumberText.grouped(suite.tally.verdicts.total),
            ]
        }
        if summary.suites.count > 100 { rows.append(["\(summary.suites.count - 100) more", "", "", "", ""]) }
        return MarkdownText.table(["suite", "gate", "pass rate", "passed", "cases"], rows, numbersFrom: 2)
    }

    private func keys(_ title: String, _ keys: [CaseKey]) -> [String] {
        guard !keys.isEmpty else { return [] }
        var lines = keys.prefix(50).map { "- \(MarkdownText.code($0.description))" }
        if keys.count > 50 { lines.append("- and \(NumberText.grouped(keys.count - 50)) more") }
        return ["### \(title) (\(NumberText.grouped(keys.count)))", lines.joined(separator: "\n")]
    }

    private var facts: String {
        let header = summary.header
        var rows = [
            ["run", MarkdownText.code(header.id.rawValue)], ["started", header.startedAt.description],
            ["took", DurationText.readable(milliseconds: summary.durationMs)], ["status", summary.status.word],
            ["trials", NumberText.grouped(summary.total.trials)], ["seed", String(header.seed)],
            ["plan", MarkdownText.code(header.planDigest.description)],
        ]
        for suite in header.suites.prefix(100) {
            rows.append(["suite \(MarkdownText.code(suite.id.rawValue))", MarkdownText.code(suite.digest.description)])
        }
        if let shard = header.shard { rows.append(["run key", MarkdownText.code(shard.runKey)]) }
        if let filter = header.filter { rows.append(["filter", MarkdownText.code(filter)]) }
        if let baseline = header.baseline { rows.append(["baseline", MarkdownText.code(baseline)]) }
        if let usage = SummaryText.usage(summary.total.usage) { rows.append(["usage", MarkdownText.prose(usage)]) }
        return MarkdownText.table(["", ""], rows, numbersFrom: 2)
    }

    private func bounded(_ text: String) -> String {
        MarkdownText.prose(PrintableText.bounded(PrintableText.line(text), bytes: 500))
    }
}
