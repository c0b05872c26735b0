/// 1,000 cases of 50 ms each, 100 at once, through one persistent agent.
///
/// "Start" is the same command for one case whose answer comes at once: process, agent, store and gate. The baseline
/// awaits as many sleeps of the same length with asyncio, behind a semaphore; its start is one sleep of no length.
struct MultiplexedMeasure {
    private let bench: Workbench

    /// Cases, milliseconds for each, and how many at once.
    private static let (cases, delay, width) = (1_000, 50, 100)

    init(_ bench: Workbench) { self.bench = bench }

    func rows() throws -> [ReportRow] {
        let agent = try agentCommand()
        try write(cases: Self.cases, delay: Self.delay, agent, to: "full")
        try write(cases: 1, delay: 0, agent, to: "start")
        var durations: [Double] = []
        let costs = try Contest.run(
            "multiplexed", rounds: bench.options.runs,
            [
                {
                    let cost = try rung("full")
                    durations.append(try duration())
                    return cost
                }, { try rung("start") }, { try baseline(Self.cases, Self.delay) }, { try baseline(1, 0) },
            ])
        let own = Series(Array(durations.dropFirst()))
        return [
            ReportRow(
                work: "1000 × 50 ms at 100, wall beyond start", unit: "s", decimals: 3, budget: 0.52,
                measured: (costs[0].wallMs - costs[1].wallMs).mapped { $0 / 1_000 },
                baseline: (costs[2].wallMs - costs[3].wallMs).mapped { $0 / 1_000 }),
            ReportRow(
                work: "– the run's own `durationMs`, agent start included", unit: "s", decimals: 3, budget: nil,
                measured: own.mapped { $0 / 1_000 }, baseline: nil),
            ReportRow(
                work: "– start: one case of 0 ms, wall", unit: "s", decimals: 3, budget: nil,
                measured: costs[1].wallMs.mapped { $0 / 1_000 }, baseline: costs[3].wallMs.mapped { $0 / 1_000 }),
            ReportRow(
                work: "– CPU, agent included", unit: "s", decimals: 3, budget: nil,
                measured: costs[0].cpuMs.mapped { $0 / 1_000 }, baseline: costs[2].cpuMs.mapped { $0 / 1_000 }),
        ]
    }

    private func rung(_ name: String) throws -> Cost {
        bench.clearStore("\(name).db")
        return try ChildProcess.run([
            bench.rung, "test", bench.path("\(name)/suite.yaml"), "--evidence", bench.path("\(name).db"), "--json",
            bench.path("results.json"),
        ])
    }

    private func baseline(_ cases: Int, _ delay: Int) throws -> Cost {
        try ChildProcess.run([bench.options.python, try bench.program("many_sleeps.py"), "\(cases)", "\(delay)", "\(Self.width)"])
    }

    /// The agent in C when there is a compiler, else the one in Python.
    private func agentCommand() throws -> [String] {
        guard let compiler = bench.options.compiler else {
            Console.say("multiplexed: no C compiler, the agent is the Python one")
            return [bench.options.python, try bench.program("sleeping_agent.py")]
        }
        let binary = bench.path("sleeping-agent")
        _ = try ChildProcess.run([compiler, "-O2", "-o", binary, try bench.program("sleeping_agent.c")])
        Console.say("multiplexed: the agent is the C one")
        return [binary]
    }

    /// A workspace with one agent, one suite and its scenarios.
    private func write(cases: Int, delay: Int, _ agent: [String], to name: String) throws {
        try bench.makeFolder("\(name)/agents")
        try bench.write("format: 1\norganization: Benchmark\n", to: "\(name)/rung.yaml")
        let command = (agent + ["\(delay)", "\(Self.width)"]).map { "\"\($0)\"" }.joined(separator: ", ")
        try bench.write(
            """
            format: 1
            id: sleeper
            state: active
            transport:
              kind: command
              command: [\(command)]
              mode: persistent

            """, to: "\(name)/agents/sleeper.yaml")
        try bench.write(
            """
            format: 1
            id: sleepers
            agents: [sleeper]
            scenarios: [scenarios.jsonl]
            graders: [{kind: contains, value: done}]
            concurrency: \(Self.width)

            """, to: "\(name)/suite.yaml")
        let lines = (1...cases).map { "{\"id\":\"case-\($0)\",\"input\":\"wait\"}\n" }
        try bench.write(lines.joined(), to: "\(name)/scenarios.jsonl")
    }

    /// The run's own count of its milliseconds, from the results file.
    private func duration() throws -> Double {
        let text = try bench.head(of: "results.json")
        guard let key = text.firstRange(of: "\"durationMs\":") else { throw Complaint("results.json has no durationMs") }
        let digits = text[key.upperBound...].prefix { $0.isNumber || $0 == "." }
        guard let value = Double(digits) else { throw Complaint("durationMs of results.json is no number") }
        return value
    }
}
