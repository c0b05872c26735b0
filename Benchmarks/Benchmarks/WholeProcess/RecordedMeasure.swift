/// Recorded cases with one assertion each, with evidence into a fresh store and a JUnit report.
///
/// The baseline is a Python program that reads the same file, looks for the same texts, inserts one row per case into
/// SQLite and writes JUnit; it keeps no ledger, no digests and no seeds.
struct RecordedMeasure {
    private let bench: Workbench

    init(_ bench: Workbench) { self.bench = bench }

    func rows() throws -> [ReportRow] {
        let large = RecordedSuite(cases: bench.options.cases)
        let small = RecordedSuite(cases: 1_000)
        try large.write(to: bench)
        try small.write(to: bench)
        let costs = try Contest.run(
            "recorded", rounds: bench.options.runs,
            [{ try rung(large) }, { try baseline(large) }, { try rung(small) }, { try baseline(small) }])
        let count = large.cases
        let scale = Double(count) / 100_000
        func seconds(_ series: Series) -> Series { series.mapped { $0 / 1_000 } }
        func each(_ a: Series, _ b: Series) -> Series { (a - b).mapped { $0 * 1_000 / Double(count - small.cases) } }
        return [
            ReportRow(
                work: "\(count) recorded cases, CPU", unit: "s", decimals: 2, budget: 2 * scale,
                measured: seconds(costs[0].cpuMs), baseline: seconds(costs[1].cpuMs)),
            ReportRow(
                work: "– CPU for each further case", unit: "µs", decimals: 1, budget: nil,
                measured: each(costs[0].cpuMs, costs[2].cpuMs), baseline: each(costs[1].cpuMs, costs[3].cpuMs)),
            ReportRow(
                work: "– wall", unit: "s", decimals: 2, budget: nil, measured: seconds(costs[0].wallMs),
                baseline: seconds(costs[1].wallMs)),
            ReportRow(
                work: "– peak memory", unit: "MiB", decimals: 1, budget: 64, measured: costs[0].peakMiB,
                baseline: costs[1].peakMiB),
            ReportRow(
                work: "– peak memory beyond 1000 cases", unit: "MiB", decimals: 1, budget: 8,
                measured: costs[0].peakMiB - costs[2].peakMiB, baseline: costs[1].peakMiB - costs[3].peakMiB),
        ]
    }

    private func rung(_ suite: RecordedSuite) throws -> Cost {
        bench.clearStore("evidence.db")
        bench.clear(["junit.xml"])
        return try ChildProcess.run([
            bench.rung, "test", bench.path(suite.suiteFile), "--evidence", bench.path("evidence.db"), "--junit",
            bench.path("junit.xml"),
        ])
    }

    private func baseline(_ suite: RecordedSuite) throws -> Cost {
        bench.clearStore("baseline.db")
        bench.clear(["baseline.xml"])
        return try ChildProcess.run([
            bench.options.python, try bench.program("record_and_report.py"), bench.path(suite.scenarioFile),
            bench.path("baseline.db"), bench.path("baseline.xml"),
        ])
    }
}
