import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct PersistentAgentTests {
    /// Python that says hello, then runs `body` for each request line in `request`; `say` writes a line.
    private static func script(concurrency: Int, _ body: String, atEnd: String = "") -> String {
        let indented = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return """
            import json, os, sys, time
            def say(**line):
                print(json.dumps(line), flush=True)
            def life():
                with open("lives", "a") as file:
                    file.write("x")
                return os.path.getsize("lives")
            life = life()
            say(type="hello", protocol=1, concurrency=\(concurrency))
            pending = []
            for text in sys.stdin:
                request = json.loads(text)
                trial = request["trial"]
            \(indented)
            \(atEnd)
            """
    }

    private static func agent(
        concurrency: Int = 1, _ body: String, atEnd: String = "", adjust: (inout AgentLimits) -> Void = { _ in }
    ) throws -> ScriptedAgent {
        try ScriptedAgent(.python, script(concurrency: concurrency, body, atEnd: atEnd), mode: .persistent, adjust: adjust)
    }

    @Test func `one process serves all trials and ends with close`() async throws {
        let agent = try Self.agent(#"say(type="result", trial=trial, output=life)"#, atEnd: #"open("bye", "w").write("bye\n")"#)
        for index in 0..<5 { #expect(await agent.outcome(.sample("t\(index)")).output == 1) }
        await agent.transport.close()
        #expect(agent.folder.read("bye") == "bye\n")
        #expect(
            await agent.outcome(.sample("late")).fault?.description == "unavailable: the agent's transport is closed")
    }

    @Test func `nothing is started before the first trial`() async throws {
        let agent = try Self.agent(#"say(type="result", trial=trial)"#)
        await agent.transport.close()
        #expect(agent.folder.read("lives") == nil)
    }

    @Test func `interleaved lines of fifty trials each reach their own`() async throws {
        let agent = try Self.agent(
            concurrency: 50,
            """
            pending.append(request)
            if len(pending) == 50:
                for one in reversed(pending):
                    say(type="message", trial=one["trial"], role="assistant", content="m " + one["trial"])
                for one in pending[::2] + pending[1::2]:
                    say(type="result", trial=one["trial"], output=one["input"])
            """)
        await withTaskGroup(of: Outcome.self) { group in
            for index in 0..<50 {
                group.addTask { await agent.outcome(.sample("trial-\(index)", input: .int(index))) }
            }
            var seen: Set<Int> = []
            for await outcome in group {
                let index = outcome.output?.intValue ?? -1
                seen.insert(index)
                #expect(outcome.transcript?.answer == "\(index)")
                #expect(
                    outcome.transcript?.events == [.message(Message(role: .assistant, content: "m trial-\(index)"))])
            }
            #expect(seen == Set(0..<50))
        }
        await agent.transport.close()
    }

    @Test func `no more trials are in flight than the agent takes`() async throws {
        let agent = try Self.agent(
            concurrency: 3,
            """
            pending.append(trial)
            if len(pending) == 3:
                time.sleep(0.05)
                import select
                more = select.select([sys.stdin], [], [], 0)[0]
                for one in pending:
                    say(type="result", trial=one, output=bool(more))
                pending = []
            """)
        await withTaskGroup(of: Outcome.self) { group in
            for index in 0..<12 { group.addTask { await agent.outcome(.sample("trial-\(index)")) } }
            for await outcome in group { #expect(outcome.output == false) }
        }
        await agent.transport.close()
    }

    @Test func `a crash errors the trials in flight and the next trial starts anew`() async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            pending.append(trial)
            if life == 1 and len(pending) == 2:
                say(type="result", trial=pending[0], output="before")
                sys.exit(3)
            if life == 2:
                say(type="result", trial=trial, output="after")
            """)
        async let first = agent.outcome(.sample("one"))
        async let second = agent.outcome(.sample("two"))
        let outcomes = await [first, second]
        #expect(outcomes.compactMap(\.output) == ["before"])
        #expect(
            outcomes.compactMap(\.fault?.description) == ["crashed: the agent exited with status 3 before its result"])
        #expect(await agent.outcome(.sample("three")).output == "after")
        await agent.transport.close()
        #expect(agent.folder.read("lives") == "xx")
    }

    @Test func `an agent that fails again and again is given up`() async throws {
        let agent = try Self.agent("sys.exit(2)")
        for index in 0..<3 { #expect(await agent.outcome(.sample("t\(index)")).fault?.kind == .crashed) }
        #expect(
            await agent.outcome(.sample("last")).fault?.description
                == "unavailable: the agent failed 3 times without finishing a trial; last: the agent exited with status 2 before its result"
        )
        await agent.transport.close()
        #expect(agent.folder.read("lives") == "xxx")
    }

    @Test func `a finished trial between crashes keeps an agent going`() async throws {
        let agent = try Self.agent(
            """
            if trial.startswith("bad"):
                sys.exit(2)
            say(type="result", trial=trial, output="good")
            """)
        for index in 0..<5 {
            #expect(await agent.outcome(.sample("good\(index)")).output == "good")
            #expect(await agent.outcome(.sample("bad\(index)")).fault?.kind == .crashed)
        }
        await agent.transport.close()
    }

    @Test(arguments: [
        ("print('secret')", "protocol-violation: agent line 1, column 1: not valid JSON"),
        (
            #"print('{"type":"hello","protocol":2,"concurrency":1}')"#,
            "protocol-violation: agent line 1, column 28: the agent speaks protocol 2; Rung speaks 1"
        ),
        (
            #"print('{"type":"result","trial":"t"}')"#,
            "protocol-violation: agent line 1: the first line of a persistent agent is its hello"
        ),
        ("raise SystemExit(5)", "crashed: the agent exited with status 5 before its result"),
    ])
    func `an agent without a right hello errors the trial that started it`(script: String, text: String) async throws {
        let agent = try ScriptedAgent(.python, script, mode: .persistent)
        #expect(await agent.outcome(.sample()).fault?.description == text)
        await agent.transport.close()
    }

    @Test func `an agent that never says hello times out`() async throws {
        let agent = try ScriptedAgent("sleep 1000", mode: .persistent)
        #expect(await agent.outcome(.sample(timeoutMs: 300)).fault?.description == "timed-out: no hello line within 300 ms")
        await agent.transport.close()
    }

    @Test func `trials that wait for a failing start are all answered`() async throws {
        let agent = try ScriptedAgent("exit 9", mode: .persistent)
        let kinds = await withTaskGroup(of: TrialFault.Kind?.self) { group in
            for index in 0..<10 { group.addTask { await agent.outcome(.sample("t\(index)")).fault?.kind } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(kinds == [.crashed: 3, .unavailable: 7])
        await agent.transport.close()
    }

    @Test func `a trial that times out is cancelled and its late lines are ignored`() async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            if request["type"] == "cancel":
                say(type="message", trial=trial, role="assistant", content="late")
                say(type="result", trial=trial, output="late")
                open("cancelled", "w").write(trial + "\\n")
            elif trial != "slow":
                say(type="result", trial=trial, output=life)
            """)
        #expect(await agent.outcome(.sample("first")).output == 1)
        #expect(await agent.outcome(.sample("slow", timeoutMs: 100)).fault?.description == "timed-out: no result within 100 ms")
        #expect(try await agent.folder.waitFor("cancelled") == "slow")
        #expect(await agent.outcome(.sample("quick")).output == 1)
        await agent.transport.close()
    }

    @Test func `an agent that hangs is replaced`() async throws {
        let agent = try Self.agent(
            """
            if trial == "slow":
                time.sleep(1000)
            say(type="result", trial=trial, output=life)
            """
        ) { $0.cancelGrace = .milliseconds(50) }
        #expect(await agent.outcome(.sample("first")).output == 1)
        #expect(await agent.outcome(.sample("slow", timeoutMs: 100)).fault?.kind == .timedOut)
        #expect(await agent.outcome(.sample("next")).output == 2)
        await agent.transport.close()
    }

    @Test func `a cancelled task ends its trial alone`() async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            if request["type"] == "cancel":
                say(type="result", trial=trial)
            elif trial == "stuck":
                open("stuck", "w").write("yes\\n")
            else:
                say(type="result", trial=trial, output=life)
            """)
        let stuck = Task { await agent.outcome(.sample("stuck")) }
        _ = try await agent.folder.waitFor("stuck")
        stuck.cancel()
        #expect(await stuck.value.fault?.description == "cancelled: the run was cancelled")
        #expect(await agent.outcome(.sample("other")).output == 1)
        await agent.transport.close()
    }

    @Test func `a wrong line that names its trial errors that trial alone`() async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            if request["type"] == "cancel":
                say(type="result", trial=trial)
            else:
                pending.append(trial)
            if len(pending) == 2:
                pending.sort()
                say(type="log", trial=pending[0], text="x", colour="red")
                say(type="result", trial=pending[1], output="fine")
                pending = []
            """)
        async let bad = agent.outcome(.sample("a"))
        async let good = agent.outcome(.sample("b"))
        #expect(
            await bad.fault?.description
                == "protocol-violation: agent line 2, column 44: unknown key in a log line; known are type, trial, text")
        #expect(await good.output == "fine")
        await agent.transport.close()
    }

    @Test(arguments: [
        (#"say(type="result", trial="other")"#, "protocol-violation: agent line 2: its trial is not in flight"),
        ("print('garbage', flush=True)", "protocol-violation: agent line 2, column 1: not valid JSON"),
        (#"say(type="hello", protocol=1, concurrency=1)"#, "protocol-violation: agent line 2: hello comes once"),
        (
            "sys.stdout.write('{\"type\"'); sys.stdout.flush(); os._exit(0)",
            "protocol-violation: agent line 2: the output ends in the middle of a line; a line break ends each line"
        ),
        ("os.kill(os.getpid(), 9)", "crashed: the agent was ended by signal 9 (SIGKILL) before its result"),
    ])
    func `a line that names no trial in flight errors all of them`(line: String, text: String) async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            pending.append(trial)
            if len(pending) == 2:
                \(line)
            """)
        async let first = agent.outcome(.sample("a"))
        async let second = agent.outcome(.sample("b"))
        #expect(await first.fault?.description == text)
        #expect(await second.fault?.description == text)
        await agent.transport.close()
    }

    @Test func `a trial over its output limit ends the process and errors the others`() async throws {
        let agent = try Self.agent(
            concurrency: 2,
            """
            pending.append(trial)
            while len(pending) == 2:
                say(type="log", trial="a", text="x" * 1000)
            """
        ) { $0.outputBytes = 50_000 }
        async let first = agent.outcome(.sample("a"))
        async let second = agent.outcome(.sample("b"))
        #expect(await first.fault?.description == "output-limit: the agent wrote more than 50000 bytes in one trial")
        #expect(
            await second.fault?.description
                == "crashed: the agent was ended because another trial went over its output limit")
        await agent.transport.close()
    }

    @Test func `two trials with one id are not mixed up`() async throws {
        let agent = try Self.agent(
            """
            open("seen", "w").write(trial + "\\n")
            while not os.path.exists("go"):
                time.sleep(0.01)
            say(type="result", trial=trial)
            """)
        async let first = agent.outcome(.sample("same"))
        _ = try await agent.folder.waitFor("seen")
        #expect(
            await agent.outcome(.sample("same")).fault?.description
                == "unavailable: a trial with the same id is in flight")
        try agent.folder.write("go", "")
        #expect(await first.fault == nil)
        await agent.transport.close()
    }

    @Test func `close ends an agent that ignores the end of its input and SIGTERM`() async throws {
        let agent = try Self.agent(
            """
            import signal
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            open("pid", "w").write("%d\\n" % os.getpid())
            say(type="result", trial=trial)
            """, atEnd: "time.sleep(1000)"
        ) {
            $0.closeGrace = .milliseconds(50)
            $0.terminationGrace = .milliseconds(50)
        }
        #expect(await agent.outcome(.sample()).fault == nil)
        await agent.transport.close()
        #expect(try await hasEnded(try #require(await agent.folder.waitFor("pid"))))
    }

    @Test func `close errors the trials that are still there`() async throws {
        let agent = try Self.agent(
            """
            open("seen", "w").write("yes\\n")
            """)
        async let flying = agent.outcome(.sample("flying"))
        _ = try await agent.folder.waitFor("seen")
        async let waiting = agent.outcome(.sample("waiting"))
        await agent.transport.close()
        #expect(await flying.fault?.description == "crashed: the agent exited with status 0 before its result")
        #expect([.cancelled, .unavailable].contains(await waiting.fault?.kind))
    }

    @Test func `log lines carry their trial and standard error none`() async throws {
        let agent = try Self.agent(
            """
            say(type="log", trial=trial, text="thinking")
            sys.stderr.write("warm\\n")
            say(type="result", trial=trial, error="no luck")
            """)
        #expect(await agent.outcome(.sample("t")).fault?.kind == .reported)
        await agent.transport.close()
        let log = agent.log
        #expect(log.contains(AgentLogLine(agent: "tester", trialID: "t", source: .log, text: "thinking")))
        #expect(log.contains(AgentLogLine(agent: "tester", trialID: "t", source: .error, text: "no luck")))
        #expect(log.contains(AgentLogLine(agent: "tester", trialID: nil, source: .standardError, text: "warm")))
        #expect(agent.transport.standardErrorTail == "warm\n")
    }
}
