/// Spans over OTLP/HTTP into a fresh store, each answered once it is on disk. There is no baseline: a receiver that stores nothing
/// durably does another job.
struct ReceiveMeasure {
    private let bench: Workbench

    init(_ bench: Workbench) { self.bench = bench }

    private static let (requests, spans) = (200, 1_000)

    func rows() throws -> [ReportRow] {
        Console.say("receive: \(bench.options.runs) rounds of \(Self.requests) requests of \(Self.spans) spans")
        let rounds = try (0..<bench.options.runs).map { _ in try round() }
        let count = Double(Self.requests * Self.spans)
        return [
            ReportRow(
                work: "OTLP/HTTP, CPU of the receiver for each span", unit: "µs", decimals: 1, budget: 33.3,
                measured: Series(rounds.map { $0[2] * 1e6 / count }), baseline: nil),
            ReportRow(
                work: "– wall for \(Self.requests * Self.spans) spans, 8 connections", unit: "s", decimals: 2, budget: count / 30_000,
                measured: Series(rounds.map { $0[1] }), baseline: nil),
        ]
    }

    /// Spans, seconds, CPU seconds of the receiver, answers other than 200.
    private func round() throws -> [Double] {
        bench.clearStore("spans.db")
        try ChildProcess.run(
            [
                bench.options.python, try bench.program("otlp_load.py"), bench.rung, bench.path("spans.db"), "\(Self.requests)",
                "\(Self.spans)",
            ], output: bench.path("spans.txt"))
        let numbers = try bench.head(of: "spans.txt").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 4 else { throw Complaint("otlp_load.py told \(numbers.count) numbers") }
        return numbers
    }
}
