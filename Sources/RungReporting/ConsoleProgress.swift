import RungCore
import RungText

/// Counts of a run while it goes on, and the line that shows them.
struct ConsoleProgress {
    /// Trials that the plan holds.
    let planned: Int
    /// Trials that an earlier process had finished.
    let resumed: Int
    /// Milliseconds on the caller's clock.
    let startedAt: Double
    /// Trials of this process by verdict.
    private(set) var verdicts = VerdictCounts()

    /// Nothing has finished yet but what an earlier process did.
    init(_ header: RunHeader, startedAt: Double) {
        planned = header.trials
        resumed = header.resumedTrials
        self.startedAt = startedAt
    }

    /// Counts one trial that this process made.
    mutating func add(_ trial: TrialResult) { verdicts.add(trial.verdict) }

    private var finished: Int { resumed + verdicts.total }

    /// Trials a second that this process made; nil in the first half second, when it says nothing yet.
    private func rate(at now: Double) -> Double? {
        let elapsed = now - startedAt
        return elapsed >= 500 && verdicts.total > 0 ? Double(verdicts.total) / elapsed * 1_000 : nil
    }

    /// The most telling pieces that fit into `width` columns, on one line: progress first, then what went wrong.
    ///
    /// - Returns: pieces in order of reading.
    func pieces(at now: Double, width: Int) -> [(text: String, tone: ConsoleStyle.Tone?)] {
        var candidates: [(text: String, tone: ConsoleStyle.Tone?, rank: Int)] = [
            ("\(NumberText.grouped(finished))/\(NumberText.grouped(planned)) trials", nil, 0)
        ]
        func add(_ verdict: Verdict, _ tone: ConsoleStyle.Tone?, _ rank: Int) {
            guard verdicts[verdict] > 0 else { return }
            candidates.append(("\(NumberText.grouped(verdicts[verdict])) \(verdict.rawValue)", tone, rank))
        }
        add(.passed, .good, 4)
        add(.failed, .bad, 1)
        add(.errored, .bad, 2)
        add(.unscored, .doubtful, 5)
        if let rate = rate(at: now) {
            let shown = rate < 10 ? NumberText.fixed(rate, places: 1) : NumberText.grouped(Int(min(rate, 1e12)))
            candidates.append(("\(shown)/s", nil, 6))
            candidates.append(("\(Self.timeLeft(seconds: Double(max(0, planned - finished)) / rate)) left", nil, 3))
        }
        var kept = Set(candidates.map(\.rank))
        while kept.count > 1, columns(candidates.filter { kept.contains($0.rank) }.map(\.text)) > width {
            guard let last = kept.max() else { break }
            kept.remove(last)
        }
        return candidates.filter { kept.contains($0.rank) }.map { (Columns.cut($0.text, to: width), $0.tone) }
    }

    /// Whole seconds, rounded up.
    private static func timeLeft(seconds: Double) -> String {
        let seconds = min(seconds, 1e9).rounded(.up)
        return seconds < 100 ? "\(Int(seconds)) s" : DurationText.readable(milliseconds: seconds * 1_000)
    }

    private func columns(_ texts: [String]) -> Int {
        texts.reduce(0) { $0 + Columns.count($1) } + 2 * (texts.count - 1)
    }
}
