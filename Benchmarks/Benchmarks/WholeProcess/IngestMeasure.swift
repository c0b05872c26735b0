#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A year of interactions into a fresh store, and an assessment of it.
///
/// The baselines are Python programs: one inserts the same interactions into SQLite, without any roll-up, ledger or check; one
/// hashes every row of what was inserted; one asks two of the measures of it.
struct IngestMeasure {
    private let bench: Workbench

    init(_ bench: Workbench) { self.bench = bench }

    func rows() throws -> [ReportRow] {
        try writeEvidence()
        setenv("RUNG_CLOCK", "2026-09-30T12:00:00Z", 1)
        let imports = try Contest.run("ingest", rounds: bench.options.runs, warmUps: 0, [{ try importEvidence() }, { try baseline() }])
        let assessments = try Contest.run("assess", rounds: bench.options.runs, [{ try assess() }, { try countDays() }])
        let checks = try Contest.run("verify", rounds: bench.options.runs, [{ try verify() }, { try hashRows() }])
        let sizes = try sizes()
        unsetenv("RUNG_CLOCK")
        let count = Double(bench.options.interactions)
        func single(_ value: Double) -> Series { Series([value]) }
        return [
            ReportRow(
                work: "\(bench.options.interactions) interactions, CPU for each", unit: "µs", decimals: 2, budget: 6.67,
                measured: imports[0].cpuMs.mapped { $0 * 1_000 / count }, baseline: imports[1].cpuMs.mapped { $0 * 1_000 / count }),
            ReportRow(
                work: "– wall", unit: "s", decimals: 1, budget: nil, measured: imports[0].wallMs.mapped { $0 / 1_000 },
                baseline: imports[1].wallMs.mapped { $0 / 1_000 }),
            ReportRow(
                work: "– peak memory", unit: "MiB", decimals: 1, budget: nil, measured: imports[0].peakMiB,
                baseline: imports[1].peakMiB),
            ReportRow(
                work: "– store, for each", unit: "B", decimals: 1, budget: 200, measured: single(sizes[0] / sizes[2]), baseline: nil),
            ReportRow(
                work: "– roll-ups", unit: "MB", decimals: 1, budget: 100, measured: single(sizes[1] / 1e6), baseline: nil),
            ReportRow(
                work: "verify, CPU for each", unit: "µs", decimals: 2, budget: 1,
                measured: checks[0].cpuMs.mapped { $0 * 1_000 / count }, baseline: checks[1].cpuMs.mapped { $0 * 1_000 / count }),
            ReportRow(
                work: "– peak memory", unit: "MiB", decimals: 1, budget: nil, measured: checks[0].peakMiB, baseline: checks[1].peakMiB),
            ReportRow(
                work: "assess, CPU", unit: "s", decimals: 2, budget: 2, measured: assessments[0].cpuMs.mapped { $0 / 1_000 },
                baseline: assessments[1].cpuMs.mapped { $0 / 1_000 }),
            ReportRow(
                work: "– wall", unit: "s", decimals: 2, budget: 2, measured: assessments[0].wallMs.mapped { $0 / 1_000 },
                baseline: assessments[1].wallMs.mapped { $0 / 1_000 }),
            ReportRow(
                work: "– peak memory", unit: "MiB", decimals: 1, budget: 64, measured: assessments[0].peakMiB,
                baseline: assessments[1].peakMiB),
        ]
    }

    private func writeEvidence() throws {
        try ChildProcess.run(
            [bench.options.generator, "--interactions", "\(bench.options.interactions)", "--ids", "random"],
            output: bench.path("evidence.jsonl"))
    }

    private func importEvidence() throws -> Cost {
        bench.clearStore("year.db")
        return try ChildProcess.run([bench.rung, "import", "evidence", bench.path("evidence.jsonl"), "--evidence", bench.path("year.db")])
    }

    private func baseline() throws -> Cost {
        bench.clearStore("rows.db")
        return try ChildProcess.run([
            bench.options.python, try bench.program("import_evidence.py"), bench.path("evidence.jsonl"), bench.path("rows.db"),
        ])
    }

    private func assess() throws -> Cost {
        try ChildProcess.run([bench.rung, "assess", "--as-of", "2026-09-30", "--evidence", bench.path("year.db")])
    }

    private func verify() throws -> Cost {
        try ChildProcess.run([bench.rung, "ledger", "verify", "--evidence", bench.path("year.db")])
    }

    private func hashRows() throws -> Cost {
        try ChildProcess.run([bench.options.python, try bench.program("hash_rows.py"), bench.path("rows.db")])
    }

    private func countDays() throws -> Cost {
        try ChildProcess.run([bench.options.python, try bench.program("count_days.py"), bench.path("rows.db")])
    }

    /// Bytes of the store, bytes of the roll-ups, interactions.
    private func sizes() throws -> [Double] {
        try ChildProcess.run(
            [bench.options.python, try bench.program("store_bytes.py"), bench.path("year.db")], output: bench.path("sizes.txt"))
        let numbers = try bench.head(of: "sizes.txt").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 3 else { throw Complaint("store_bytes.py told \(numbers.count) numbers") }
        return numbers
    }
}
