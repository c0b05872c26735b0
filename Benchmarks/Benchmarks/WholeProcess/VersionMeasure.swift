/// `rung --version`: what every call pays before it does anything. The baseline is a Python that does nothing.
struct VersionMeasure {
    private let bench: Workbench

    init(_ bench: Workbench) { self.bench = bench }

    func rows() throws -> [ReportRow] {
        let costs = try Contest.run(
            "version", rounds: bench.options.runs * 10,
            [
                { try ChildProcess.run([bench.rung, "--version"]) },
                { try ChildProcess.run([bench.options.python, "-c", "pass"]) },
            ])
        return [
            ReportRow(
                work: "`rung --version`, wall", unit: "ms", decimals: 1, budget: 10, measured: costs[0].wallMs,
                baseline: costs[1].wallMs),
            ReportRow(
                work: "`rung --version`, CPU", unit: "ms", decimals: 1, budget: nil, measured: costs[0].cpuMs,
                baseline: costs[1].cpuMs),
        ]
    }
}
