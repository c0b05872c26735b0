/// What a JUnit report adds to a run: the same recorded suite with and without `--junit`, in turn.
///
/// It is a small difference of two large numbers, and on a machine that does other things its spread is wider than the
/// difference. It is therefore told and not held against the budget of a million cases (0.8 s).
struct JUnitMeasure {
    private let bench: Workbench

    init(_ bench: Workbench) { self.bench = bench }

    func rows() throws -> [ReportRow] {
        let suite = RecordedSuite(cases: bench.options.cases)
        try suite.write(to: bench)
        let costs = try Contest.run(
            "junit", rounds: bench.options.runs,
            [{ try rung(suite, ["--junit", bench.path("junit.xml")]) }, { try rung(suite, []) }])
        let scale = 1_000_000 / Double(suite.cases) / 1_000
        return [
            ReportRow(
                work: "JUnit report of 1,000,000 cases, CPU, from \(suite.cases) with and without", unit: "s", decimals: 2,
                budget: nil, measured: (costs[0].cpuMs - costs[1].cpuMs).mapped { $0 * scale }, baseline: nil)
        ]
    }

    private func rung(_ suite: RecordedSuite, _ reports: [String]) throws -> Cost {
        bench.clearStore("evidence.db")
        return try ChildProcess.run(
            [bench.rung, "test", bench.path(suite.suiteFile), "--evidence", bench.path("evidence.db")] + reports)
    }
}
