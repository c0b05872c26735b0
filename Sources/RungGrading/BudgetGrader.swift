internal import RungCore
internal import RungText

/// `budget`: the trial took no more tokens, money or time than allowed.
///
/// Limits are judged on the figures that were measured; those that were not are named in the reason, and when none was,
/// the grader abstains. Cost and latency that come from a recording are marked `recorded`: they say nothing about today.
///
///     - kind: budget
///       max-total-tokens: 4000
///       max-latency: 2s
struct BudgetGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "budget", version: "1",
        shape: ObjectShape(
            "budget", "The trial took no more tokens, money or time than allowed.",
            [
                .optional("max-total-tokens", .count, "The most input and output tokens together."),
                .optional("max-input-tokens", .count, "The most input tokens."),
                .optional("max-output-tokens", .count, "The most output tokens."),
                .optional("max-cost", .number(0...1_000_000), "The highest cost in US dollars."),
                .optional("max-latency", .duration, "The longest time from request to result, such as 2s."),
            ]),
        make: { (node, file) throws(InvalidInput) in try BudgetGrader(node, file: file) })

    private let limits: [Limit]

    private enum Limit: Sendable {
        case totalTokens(Int)
        case inputTokens(Int)
        case outputTokens(Int)
        /// US dollars, with the text of the limit.
        case cost(Double, String)
        /// Milliseconds.
        case latency(Int)
    }

    /// One limit with what was measured.
    private enum Reading {
        case within(String)
        case beyond(String, expected: String, actual: String)
        /// What nobody measured.
        case unknown(String)
    }

    /// Reads the parameters; at least one limit must be there.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        var limits: [Limit] = []
        if let most = parameters["max-total-tokens"]?.int { limits.append(.totalTokens(most)) }
        if let most = parameters["max-input-tokens"]?.int { limits.append(.inputTokens(most)) }
        if let most = parameters["max-output-tokens"]?.int { limits.append(.outputTokens(most)) }
        if let most = parameters["max-cost"]?.number { limits.append(.cost(most.double, most.text)) }
        if let text = parameters["max-latency"]?.string {
            if let most = DurationText.milliseconds(text) {
                limits.append(.latency(most))
            } else {
                parameters.report(key: "max-latency", of: node, "\"max-latency\" must be a duration such as 2s")
            }
        } else if limits.isEmpty {
            parameters.report(
                key: "kind", of: node, "budget needs at least one limit",
                suggestion: "known here: \(Self.descriptor.shape.keys.joined(separator: ", "))")
        }
        self.limits = limits
        try parameters.finish()
    }

    /// Compares what the trial took with the limits.
    func judge(_ subject: GradingSubject) -> Judgement {
        let transcript = subject.transcript
        let recorded = transcript.outcome != nil || subject.scenario.recorded.contains(transcript) ? " (recorded)" : ""
        var (within, unknown): ([String], [String]) = ([], [])
        var beyond: [(text: String, expected: String, actual: String)] = []
        for limit in limits {
            switch read(limit, transcript, recorded) {
            case .within(let text): within.append(text)
            case .beyond(let text, let expected, let actual): beyond.append((text, expected, actual))
            case .unknown(let name): unknown.append(name)
            }
        }
        let gap = unknown.isEmpty ? "" : "not measured: \(unknown.joined(separator: ", "))"
        if within.isEmpty, beyond.isEmpty { return Judgement(.abstained, gap) }
        let tail = gap.isEmpty ? "" : "; \(gap)"
        guard !beyond.isEmpty else { return .holding("within budget: \(within.joined(separator: ", "))\(tail)") }
        return .failing(
            "over budget: \(beyond.map(\.text).joined(separator: ", "))\(tail)",
            expected: beyond.map(\.expected).joined(separator: "\n"), actual: beyond.map(\.actual).joined(separator: "\n"))
    }

    private func read(_ limit: Limit, _ transcript: Transcript, _ recorded: String) -> Reading {
        let usage = transcript.usage
        switch limit {
        case .inputTokens(let most): return tokens("input tokens", usage.inputTokens, most)
        case .outputTokens(let most): return tokens("output tokens", usage.outputTokens, most)
        case .totalTokens(let most):
            // Half a total is a lower bound: it can break the limit, but not keep it.
            if let total = usage.totalTokens, total <= most, usage.inputTokens == nil || usage.outputTokens == nil {
                return .unknown("total tokens")
            }
            return tokens("total tokens", usage.totalTokens, most)
        case .cost(let most, let text):
            guard let cost = usage.cost else { return .unknown("cost") }
            return compare("cost", JSONText.compact(.double(cost)), text, " US dollars" + recorded, isWithin: cost <= most)
        case .latency(let most):
            guard let latency = transcript.latencyMs else { return .unknown("latency") }
            // Rounded up, so that a latency just above the limit never reads as equal to it.
            let shown = JSONText.compact(.double((latency * 10).rounded(.up) / 10))
            return compare("latency", shown, String(most), " ms" + recorded, isWithin: latency <= Double(most))
        }
    }

    private func tokens(_ name: String, _ count: Int?, _ most: Int) -> Reading {
        guard let count else { return .unknown(name) }
        return compare(name, String(count), String(most), "", isWithin: count <= most)
    }

    private func compare(_ name: String, _ actual: String, _ most: String, _ tail: String, isWithin: Bool) -> Reading {
        isWithin
            ? .within("\(name) \(actual) of at most \(most)\(tail)")
            : .beyond(
                "\(name) \(actual), more than \(most)\(tail)", expected: "\(name) at most \(most)\(tail)",
                actual: "\(name) \(actual)\(tail)")
    }
}
