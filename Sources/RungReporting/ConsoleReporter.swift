public import RungCore
import RungText
import Synchronization

/// Tells a person how the run goes: progress, failures as they come, and the summary.
///
/// On a terminal one line at the bottom is redrawn at most ten times a second; elsewhere progress is a plain line every
/// 30 seconds at most, so that CI logs stay readable. The first 20 cases that did not pass are shown in full, the rest
/// counted. Everything is talk for standard error; data goes to files.
public final class ConsoleReporter: RunObserver {
    /// A console that cannot be written to does not stop a run.
    public let isEssential = false
    /// What messages call it.
    public let name = "console report"
    private let output: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Double
    private let isTerminal: Bool
    private let style: ConsoleStyle
    private let state = Mutex(State())

    /// Most cases shown in full.
    static let mostProblems = 20
    /// Milliseconds between two drawings of the live line, and between two plain lines.
    static let interval = (live: 100.0, plain: 30_000.0)

    private struct State {
        var progress: ConsoleProgress?
        var requirements: [SuiteID: TrialRequirement] = [:]
        var runID = ""
        /// When progress was last shown, on the caller's clock.
        var shownAt = 0.0
        /// The live line as it stands on the terminal; empty when there is none.
        var live = ""
        var problems = 0
        var retried = 0
        var drifted = 0
    }

    /// Creates a reporter.
    ///
    /// - Parameters:
    ///   - output: takes the bytes; called from one batch of events at a time.
    ///   - isTerminal: whether a live line can be drawn.
    ///   - width: columns of the terminal; lines elsewhere are broken at this width too.
    ///   - colour: whether colours are wanted; the caller has looked at NO_COLOR.
    ///   - now: milliseconds that never go back.
    public init(
        output: @escaping @Sendable ([UInt8]) -> Void, isTerminal: Bool, width: Int, colour: Bool,
        now: @escaping @Sendable () -> Double
    ) {
        self.output = output
        self.isTerminal = isTerminal
        self.now = now
        style = ConsoleStyle(width: max(20, width), isColoured: colour)
    }

    /// Takes a batch of events; never throws.
    public func handle(_ events: [RunEvent]) {
        state.withLock { state in
            var lines: [String] = []
            for event in events {
                switch event {
                case .started(let header): lines += start(header, &state)
                case .trialFinished(let trial): state.progress?.add(trial)
                case .caseFinished(let result): lines += self.lines(for: result, &state)
                case .finished(let summary): lines += end(summary, &state)
                }
            }
            show(lines, &state)
        }
    }

    // MARK: - Events

    private func start(_ header: RunHeader, _ state: inout State) -> [String] {
        let time = now()
        state.progress = ConsoleProgress(header, startedAt: time)
        state.shownAt = time
        state.runID = PrintableText.name(header.id.rawValue)
        for suite in header.suites { state.requirements[suite.id] = suite.requirement }
        var text = "\(SummaryText.name(of: header)): \(NumberText.count(header.cases, "case")), "
        text += NumberText.count(header.trials, "trial")
        if let shard = header.shard { text += " of \(NumberText.grouped(shard.planCases)), shard \(shard.slice)" }
        if header.resumedTrials > 0 { text += ", \(NumberText.grouped(header.resumedTrials)) of them finished earlier" }
        return style.wrapped("\(text) (run \(state.runID))", first: "", rest: "  ")
    }

    private func lines(for result: CaseResult, _ state: inout State) -> [String] {
        switch result.verdict {
        case .passed, .skipped, .quarantined:
            return retriedLines(result, &state) + driftLines(result, &state)
        case .failed, .errored, .unscored:
            state.problems += 1
            guard state.problems <= Self.mostProblems else { return [] }
            return problemLines(result, state.requirements[result.suite] ?? .all) + driftLines(result, &state)
        }
    }

    private func problemLines(_ result: CaseResult, _ requirement: TrialRequirement) -> [String] {
        let problem = ProblemText(result: result, requirement: requirement)
        let tone: ConsoleStyle.Tone = result.verdict == .unscored ? .doubtful : .bad
        let word = style.paint(result.verdict.rawValue, tone)
        let id = style.paint(PrintableText.name(result.id.rawValue), .strong)
        let agent = PrintableText.name(result.subject.agent.rawValue)
        return ["\(word) \(id) (agent \(agent)) \(SummaryText.place(result))"] + problem.details.map { "  " + $0 }
    }

    /// A case that passed only after a retry shows its faults on one line.
    private func retriedLines(_ result: CaseResult, _ state: inout State) -> [String] {
        guard result.trials.contains(where: { !$0.retried.isEmpty }) else { return [] }
        state.retried += 1
        guard state.retried <= Self.mostProblems else { return [] }
        let faults = ProblemText.retried(result).joined(separator: "; ")
        return ["\(style.paint("retried", .doubtful)) \(PrintableText.name(result.id.rawValue)) (\(result.verdict.rawValue)): \(faults)"]
    }

    /// A case whose tools drifted shows it on one line for each trial, also where it passed.
    private func driftLines(_ result: CaseResult, _ state: inout State) -> [String] {
        let drifted = ProblemText.drifted(result)
        guard !drifted.isEmpty else { return [] }
        state.drifted += 1
        guard state.drifted <= Self.mostProblems else { return [] }
        let name = PrintableText.name(result.id.rawValue)
        return drifted.map { "\(style.paint("drifted", .doubtful)) \(name) (\(result.verdict.rawValue)): \($0)" }
    }

    private func end(_ summary: RunSummary, _ state: inout State) -> [String] {
        state.progress = nil
        var lines: [String] = []
        if state.problems > Self.mostProblems {
            let more = NumberText.count(state.problems - Self.mostProblems, "more case")
            lines += style.wrapped("\(more) did not pass; see them all: rung runs show \(state.runID)", first: "... ", rest: "    ")
        }
        if state.drifted > Self.mostProblems {
            lines += style.wrapped(
                "\(NumberText.count(state.drifted - Self.mostProblems, "more case")) drifted", first: "... ", rest: "    ")
        }
        return lines + ConsoleSummary(summary: summary, style: style).lines
    }

    // MARK: - Output

    /// Writes lasting lines above the live line, and the live line again; one write for both, so that nothing flickers.
    private func show(_ lines: [String], _ state: inout State) {
        var text = lines.map { $0 + "\n" }.joined()
        if isTerminal {
            let isDue = now() - state.shownAt >= Self.interval.live
            let live = isDue || !lines.isEmpty ? liveLine(state) : state.live
            if !text.isEmpty || live != state.live {
                text = (state.live.isEmpty ? "" : "\r\u{1B}[K") + text + live
                state.live = live
            }
            if isDue { state.shownAt = now() }
        } else if let progress = state.progress, now() - state.shownAt >= Self.interval.plain {
            text += progress.pieces(at: now(), width: style.width).map(\.text).joined(separator: ", ") + "\n"
            state.shownAt = now()
        }
        if !text.isEmpty { output(Array(text.utf8)) }
    }

    /// One column stays free, because some terminals break the line when the last one is written.
    private func liveLine(_ state: State) -> String {
        guard let progress = state.progress else { return "" }
        let pieces = progress.pieces(at: now(), width: style.width - 1)
        return pieces.map { piece in piece.tone.map { style.paint(piece.text, $0) } ?? piece.text }.joined(separator: "  ")
    }
}
