import Testing

@Suite struct PersistentAgentTests {
    /// One process for all trials; `act` sees each trial's request as `r` and its case as `case`.
    private static func with(_ act: String, cases: Int = 6, suite: String = "", _ body: (Folder) async throws -> Void) async throws {
        try await Folder.withBench(.init(cases: cases, suite: suite, command: "[python3, agent.py]\n  mode: persistent")) { folder in
            let lines = act.split(separator: "\n").map { "    \($0)\n" }.joined()
            try folder.write(
                """
                import json, os, sys, time
                open("pids", "a").write(f"{os.getpid()}\\n")
                def say(**line): print(json.dumps(line), flush=True)
                def answer(text): say(type="result", trial=r["trial"], output=text)
                say(type="hello", protocol=1, concurrency=2)
                for text in sys.stdin:
                    r = json.loads(text)
                    if r["type"] != "trial": continue
                    case = r["case"]
                \(lines)
                """, to: "agent.py")
            try await body(folder)
        }
    }

    @Test func oneProcessPerformsAllTrialsAndIsGoneAfterwards() async throws {
        try await Self.with("answer('ok')", suite: "trials: 3") { folder in
            let run = try await Rung.run("test", in: folder)
            #expect(run.status == 0)
            #expect(folder.lines("pids").count == 1)
            for pid in folder.lines("pids") { #expect(!ProcessTable.isAlive(pid)) }
        }
    }

    @Test func aCrashErrsTheTrialsInFlightAndTheNextTrialStartsANewProcess() async throws {
        try await Self.with("if case == 'c03': os._exit(7)\nanswer('ok')", suite: "concurrency: 1") { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 1)
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == ["passed", "passed", "errored", "passed", "passed", "passed"])
            #expect(results.cases[2].trials.first?.error?.kind == "crashed")
            #expect(folder.lines("pids").count == 2)
        }
    }

    @Test func aProcessThatAlwaysCrashesIsGivenUpAfterThreeFailures() async throws {
        try await Self.with("os._exit(7)", cases: 10, suite: "concurrency: 1") { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 4)
            let kinds = try folder.results().cases.compactMap { $0.trials.first?.error?.kind }
            #expect(kinds == Array(repeating: "crashed", count: 3) + Array(repeating: "unavailable", count: 7))
            #expect(folder.lines("pids").count == 3)
        }
    }

    @Test func aSilentTrialTimesOutWhileTheOthersGoOn() async throws {
        try await Self.with("if case != 'c02': answer('ok')", suite: "timeout: 8s\nconcurrency: 2") { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 1)
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == ["passed", "errored", "passed", "passed", "passed", "passed"])
            #expect(results.cases[1].trials.first?.error == Results.Fault(kind: "timed-out", reason: "no result within 8000 ms"))
        }
    }

    @Test func aProcessWithoutHelloIsNeverWaitedForForEver() async throws {
        try await Self.with("answer('ok')", cases: 2, suite: "timeout: 500ms") { folder in
            try folder.write("import time\ntime.sleep(600)\n", to: "agent.py")
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 4)
            #expect(try folder.results().cases.allSatisfy { $0.verdict == "errored" })
        }
    }
}
