import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct PersistentAgentStateLinesTests {
    @Test func `interleaved lines of fifty trials each reach their own`() async throws {
        let agent = try ScriptedAgent.persistent(
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

    @Test func `a trial that times out is cancelled and its late lines are ignored`() async throws {
        let agent = try ScriptedAgent.persistent(
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

    @Test func `a wrong line that names its trial errors that trial alone`() async throws {
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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

    @Test func `log lines carry their trial and standard error none`() async throws {
        let agent = try ScriptedAgent.persistent(
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
