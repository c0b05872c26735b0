import RungCore
import RungCrypto
import RungText

/// Counters of a test suite, made from the test cases that were written.
struct JUnitTally {
    /// Test cases.
    private(set) var tests = 0
    /// Those with a failure.
    private(set) var failures = 0
    /// Those with an error.
    private(set) var errors = 0
    /// Those that are skipped.
    private(set) var skipped = 0
    /// The sum of their times.
    private(set) var seconds = 0.0

    /// Whether no test case was counted yet.
    var isEmpty: Bool { tests == 0 }

    /// Counts one test case, with the element that its verdict is written as.
    mutating func add(_ verdict: Verdict, seconds: Double) {
        tests += 1
        self.seconds += seconds
        switch verdict {
        case .passed: break
        case .failed: failures += 1
        case .errored, .unscored: errors += 1
        case .skipped, .quarantined: skipped += 1
        }
    }

    /// Seconds that an XML decimal can hold; 0 for values that are no time.
    static func seconds(milliseconds: Double) -> Double {
        milliseconds.isFinite && milliseconds >= 0 ? min(milliseconds / 1_000, 1e12) : 0
    }
}

/// The gate as a test case.
struct JUnitGate {
    /// What the test case counts as.
    let verdict: Verdict
    /// `gate`, `inconclusive` or `incomplete`.
    let type: String
    /// The first reason.
    let message: String
    /// Decision, all reasons, and the cases that changed.
    let text: String

    /// A gate is only green when it passed and the run is complete.
    ///
    /// - Parameter isShard: whether it is a part of a larger run, whose gate is decided later.
    init(_ gate: GateDecision, _ status: RunStatus, isShard: Bool = false) {
        var reasons = gate.reasons.map(PrintableText.line)
        switch (gate.decision, status) {
        case (_, .complete) where isShard: verdict = .skipped
        case (.pass, .complete): verdict = .passed
        case (.fail, _): verdict = .failed
        default: verdict = .errored
        }
        if let reason = SummaryText.incompleteness(status) {
            let isSaid = reasons.contains { $0.hasPrefix("the run is incomplete") }
            if !isSaid { reasons.append("the run is incomplete: \(reason)") }
            type = gate.decision == .fail ? "gate" : "incomplete"
        } else {
            type = gate.decision == .inconclusive ? "inconclusive" : "gate"
        }
        message = PrintableText.bounded(reasons.first ?? "the gate decided \(gate.decision.rawValue)", bytes: 500)
        var lines = ["decision: \(gate.decision.rawValue)"] + reasons
        lines += Self.list("newly failing", gate.newlyFailing) + Self.list("newly passing", gate.newlyPassing)
        text = lines.joined(separator: "\n")
    }

    /// The element that says it; nil when the gate passed.
    var element: StaticString? {
        switch verdict {
        case .passed: nil
        case .skipped: "skipped"
        case .failed: "failure"
        default: "error"
        }
    }

    private static func list(_ label: String, _ keys: [CaseKey]) -> [String] {
        var lines = keys.prefix(50).map { "\(label): \(PrintableText.name($0.description))" }
        if keys.count > 50 { lines.append("\(label): \(keys.count - 50) more") }
        return lines
    }
}

/// The properties of a test suite: everything about the run that a number or digest can say.
enum JUnitProperties {
    /// Names with values, in a fixed order; what is not known is left out.
    static func of(
        _ suite: SuiteHeader, _ result: SuiteSummary?, _ summary: RunSummary
    ) -> [(name: String, value: String)] {
        let header = summary.header
        var list: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) {
            if let value { list.append((name, PrintableText.bounded(PrintableText.line(value), bytes: 2_048))) }
        }
        add("run.id", header.id.rawValue)
        add("run.status", summary.status.word + (SummaryText.incompleteness(summary.status).map { ": \($0)" } ?? ""))
        add("run.plan-digest", header.planDigest.description)
        add("run.seconds", NumberText.fixed(summary.durationMs / 1_000, places: 3))
        add("run.shard", header.shard.map { "\($0.slice)" })
        add("run.key", header.shard?.runKey)
        add("run.filter", header.filter)
        add("run.baseline", header.baseline)
        add("seed", String(header.seed))
        add("suite.digest", suite.digest.description)
        add("suite.title", suite.title)
        for subject in suite.subjects.prefix(20) {
            add("prompt-version.\(PrintableText.name(subject.agent.rawValue))", subject.promptVersion?.description)
        }
        guard let result else { return list }
        let tally = result.tally
        add("gate", result.gate.decision.rawValue)
        add("verdicts", SummaryText.verdicts(tally.verdicts))
        add("pass-rate", tally.passRate.map { NumberText.fixed($0.estimate, places: 6) })
        add("pass-rate.low", tally.passRate.map { NumberText.fixed($0.low, places: 6) })
        add("pass-rate.high", tally.passRate.map { NumberText.fixed($0.high, places: 6) })
        add("pass-rate.method", tally.passRate?.method)
        add("pass-rate.n", tally.passRate.map { String($0.n) })
        add("pass-rate.denominator", SummaryText.denominator(suite.gate))
        if !tally.passAtK.isEmpty { add("pass@k", SummaryText.rates(tally.passAtK)) }
        if !tally.passHatK.isEmpty { add("pass^k", SummaryText.rates(tally.passHatK)) }
        add("trials", String(tally.trials))
        add("trials.errored", String(tally.erroredTrials))
        add("retries", String(tally.retries))
        if tally.repeated > 0 { add("unstable-cases", String(tally.unstable)) }
        if let cassettes = suite.cassettes {
            add("cassettes", String(cassettes.count))
            add("cassettes.oldest", cassettes.oldestAt?.description)
            add("cassettes.stale", String(cassettes.stale))
            add("cassettes.other-prompt", String(cassettes.otherPrompt))
        }
        add("tokens.input", tally.usage.inputTokens.map(String.init))
        add("tokens.output", tally.usage.outputTokens.map(String.init))
        add("tokens.replayed", tally.usage.replayedTokens.map(String.init))
        add("cost.usd", tally.usage.cost.map { NumberText.fixed($0, places: 6) })
        return list
    }
}
