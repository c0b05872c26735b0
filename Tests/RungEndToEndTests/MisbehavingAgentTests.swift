import Testing

/// An agent that does not do what the protocol says, and the fault that it must become.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    var name: String
    var script: String
    var kind: String
    /// The whole reason, or what it begins with when it ends in `…`.
    var reason: String
    var command = "[sh, agent.sh]"
    var timeout = "60s"

    var testDescription: String { name }

    static let all: [Misbehaviour] = [
        Misbehaviour(
            name: "crash", script: "exit 3", kind: "crashed", reason: "the agent exited with status 3 before its result"),
        Misbehaviour(
            name: "silent end", script: "exit 0", kind: "crashed", reason: "the agent exited with status 0 before its result"),
        Misbehaviour(
            name: "signal", script: "kill -SEGV $$", kind: "crashed",
            reason: "the agent was ended by signal 11 (SIGSEGV) before its result"),
        Misbehaviour(
            name: "closed output", script: "exec >&-; sleep 60", kind: "crashed",
            reason: "the agent closed its output before its result"),
        Misbehaviour(
            name: "child that holds the output", script: "sleep 60 & exit 5", kind: "crashed",
            reason: "the agent exited with status 5 before its result"),
        Misbehaviour(
            name: "garbage", script: "echo SECRET-garbage; sleep 60", kind: "protocol-violation",
            reason: "agent line 1, column 1: not valid JSON"),
        Misbehaviour(
            name: "not UTF-8", script: #"printf '{"type":"log","text":"SECRET-\377"}\n'; sleep 60"#, kind: "protocol-violation",
            reason: "agent line 1, column …"),
        Misbehaviour(
            name: "half line", script: #"printf '{"type":"result","trial":"%s","output":"SECRET' "$trial""#, kind: "protocol-violation",
            reason: "agent line 1: the output ends in the middle of a line; a line break ends each line"),
        Misbehaviour(
            name: "unknown key", script: #"printf '{"type":"result","trial":"%s","SECRET":1}\n' "$trial"; sleep 60"#,
            kind: "protocol-violation", reason: "agent line 1, column …"),
        Misbehaviour(
            name: "another trial", script: #"printf '{"type":"result","trial":"SECRET","output":"ok"}\n'; sleep 60"#,
            kind: "protocol-violation", reason: "agent line 1…"),
        Misbehaviour(
            name: "silence", script: "sleep 60", kind: "timed-out", reason: "no result within 400 ms", timeout: "400ms"),
        Misbehaviour(
            name: "silence that ignores SIGTERM", script: "trap '' TERM; sleep 60", kind: "timed-out",
            reason: "no result within 400 ms", timeout: "400ms"),
        Misbehaviour(
            name: "endless lines",
            script: #"yes "{\"type\":\"log\",\"trial\":\"$trial\",\"text\":\"SECRET$(printf '%4000s' | tr ' ' x)\"}""#,
            kind: "output-limit", reason: "the agent wrote more than 16777216 bytes in one trial"),
        Misbehaviour(
            name: "endless line", script: "tr '\\0' S </dev/zero", kind: "output-limit",
            reason: "the agent wrote a line of more than 8388608 bytes"),
        Misbehaviour(
            name: "reported error", script: #"printf '{"type":"result","trial":"%s","error":"SECRET","code":"quota"}\n' "$trial""#,
            kind: "reported", reason: "…"),
        Misbehaviour(
            name: "missing program", script: "", kind: "unavailable",
            reason: "cannot start \"no-such-program-here\": not found or not executable", command: "[no-such-program-here]"),
        Misbehaviour(
            name: "program that may not be executed", script: "", kind: "unavailable",
            reason: "cannot start …", command: "[./agent.sh]"),
    ]
}

@Suite struct MisbehavingAgentTests {
    @Test(arguments: Misbehaviour.all)
    func aMisbehavingAgentMakesErroredTrialsWithTheReason(_ agent: Misbehaviour) async throws {
        let bench = Folder.Bench(agent: agent.script, cases: 1, suite: "timeout: \(agent.timeout)", command: agent.command)
        try await Folder.withBench(bench) { folder in
            let run = try await Rung.run("test", "--json", "results.json", "--junit", "junit.xml", in: folder)
            #expect(run.status == 4)
            let results = try folder.results()
            #expect(results.run.status == "complete")
            #expect(results.gate.decision == "inconclusive")
            #expect(results.cases.map(\.verdict) == ["errored"])
            let fault = results.cases.first?.trials.first?.error
            #expect(fault?.kind == agent.kind)
            if agent.reason.hasSuffix("…") {
                #expect(fault?.reason.hasPrefix(agent.reason.dropLast()) == true)
            } else {
                #expect(fault?.reason == agent.reason)
            }
            #expect(run.stderr.contains("errored c01 (agent a) scenarios/s.jsonl:1\n  \(agent.kind): \(fault?.reason ?? "?")"))
            for text in [run.stderr, try folder.read("results.json"), try folder.read("junit.xml")] {
                #expect(!text.contains("SECRET"))
            }
        }
    }

    @Test func oneErroredCaseAmongPassedOnesFailsTheGateAndIsNotCountedAsPassed() async throws {
        try await Folder.withBench(.init(agent: "[ $case = c02 ] && exit 3; answer ok")) { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 1)
            let results = try folder.results()
            #expect(results.run.verdicts["passed"] == 2)
            #expect(results.run.verdicts["errored"] == 1)
            #expect(results.gate.reasons.first == "pass rate 66.7 % (2 of 3 cases) is below the minimum of 100 %")
        }
    }

    @Test func erroredCasesLeaveTheRateOnlyWhenTheSuiteSaysSoAndThatIsPrinted() async throws {
        let bench = Folder.Bench(agent: "[ $case = c02 ] && exit 3; answer ok", suite: "gate: {exclude: [errored]}")
        try await Folder.withBench(bench) { folder in
            let run = try await Rung.run("test", in: folder)
            #expect(run.status == 0)
            #expect(run.stderr.contains("1 errored, left out by the suite's policy"))
        }
    }

    @Test func aCrashIsTriedAgainAndStaysVisibleButAWrongAnswerIsNot() async throws {
        let bench = Folder.Bench(
            agent: """
                echo "$key" >>tried.log
                [ $case = c01 ] && [ $(grep -c '^c01#' tried.log) = 1 ] && exit 3
                [ $case = c02 ] && answer wrong && exit
                answer ok
                """, suite: "retries: 2\nconcurrency: 1")
        try await Folder.withBench(bench) { folder in
            let run = try await Rung.run("test", "--json", "results.json", in: folder)
            #expect(run.status == 1)
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == ["passed", "failed", "passed"])
            #expect(
                results.cases.first?.trials.first?.retried
                    == [Results.Fault(kind: "crashed", reason: "the agent exited with status 3 before its result")])
            #expect(folder.lines("tried.log").map { String($0.prefix(3)) } == ["c01", "c01", "c02", "c03"])
            #expect(run.stderr.contains("retried c01 (passed): trial #0 retried after crashed: "))
        }
    }

    @Test func aProgramThatLivesOnAfterItsResultIsEnded() async throws {
        let bench = Folder.Bench(agent: "answer ok; echo $$ >>pids; exec sleep 600", cases: 2)
        try await Folder.withBench(bench) { folder in
            let run = try await Rung.run("test", in: folder)
            #expect(run.status == 0)
            #expect(folder.lines("pids").count == 2)
            for pid in folder.lines("pids") { #expect(!ProcessTable.isAlive(pid)) }
        }
    }

    @Test func anAgentSeesNothingOfTheEnvironmentButWhatItsCardNames() async throws {
        try await Folder.withBench(.init(agent: "env >environment.txt; answer ok", cases: 1)) { folder in
            let run = try await Rung.run("test", in: folder, environment: ["API_KEY": "SECRET-key", "RUNG_ACTOR": "ada"])
            #expect(run.status == 0)
            let names = Set(folder.lines("environment.txt").compactMap { $0.split(separator: "=").first.map(String.init) })
            #expect(names.isSubset(of: ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "RUNG_TRIAL", "PWD", "OLDPWD", "_", "SHLVL"]))
            #expect(try !folder.read("environment.txt").contains("SECRET"))
        }
    }
}
