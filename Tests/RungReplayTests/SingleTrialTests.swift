import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct SingleTrialTests {
    private static let result = #"echo '{"type":"result","trial":"t","output":"done"}'"#

    @Test func `a trial gets its transcript and its latency`() async throws {
        let agent = try ScriptedAgent(
            """
            read -r line
            echo '{"type":"tool-call","trial":"t","id":"1","name":"find","arguments":{"q":"x"}}'
            echo '{"type":"tool-result","trial":"t","id":"1","content":{"n":1}}'
            echo '{"type":"log","trial":"t","text":"thinking"}'
            \(Self.result)
            """)
        let transcript = try #require(await agent.outcome(.sample()).transcript)
        #expect(transcript.toolCalls == [ToolCall(id: "1", name: "find", arguments: ["q": "x"])])
        #expect(transcript.events.last == .toolResult(ToolResult(id: "1", call: 0, content: ["n": 1], isError: false)))
        #expect(transcript.output == "done")
        #expect(transcript.latencyMs ?? -1 > 0)
        #expect(agent.log == [AgentLogLine(agent: "tester", trialID: "t", source: .log, text: "thinking")])
    }

    @Test func `the request arrives on standard input, which is then closed`() async throws {
        let agent = try ScriptedAgent(
            .python,
            """
            import json, sys
            lines = sys.stdin.read().splitlines()
            print(json.dumps({"type": "result", "trial": json.loads(lines[0])["trial"], "output": len(lines)}))
            """)
        #expect(await agent.outcome(.sample("case@a#0")).output == 1)
    }

    @Test(arguments: [
        ("echo secret garbage", "protocol-violation: agent line 1, column 1: not valid JSON"),
        (#"printf '{"type":"log","trial":"t","text":"a"}\n\n'"#, "protocol-violation: agent line 2, column 1: not valid JSON"),
        (
            #"printf '{"type":"log","trial":"t","text":"\377"}\n'"#,
            "protocol-violation: agent line 1, column 34: not valid UTF-8"
        ),
        (
            #"printf '{"type":"result","trial":"t","out'"#,
            "protocol-violation: agent line 1: the output ends in the middle of a line; a line break ends each line"
        ),
        (
            #"printf '{"type":"result","trial":"t"}'"#,
            "protocol-violation: agent line 1: the output ends in the middle of a line; a line break ends each line"
        ),
        (#"printf '{"type":"resu'; exit 3"#, "crashed: the agent exited with status 3 before its result"),
        ("exit 0", "crashed: the agent exited with status 0 before its result"),
        (
            #"echo '{"type":"log","trial":"t","text":"a"}'; exit 7"#,
            "crashed: the agent exited with status 7 before its result"
        ),
        ("kill -9 $$", "crashed: the agent was ended by signal 9 (SIGKILL) before its result"),
        ("kill -11 $$", "crashed: the agent was ended by signal 11 (SIGSEGV) before its result"),
        (
            #"echo '{"type":"result","trial":"other"}'"#,
            "protocol-violation: agent line 1: its trial is not in flight"
        ),
        (
            #"echo '{"type":"result","trial":"t"}'; echo '{"type":"result","trial":"t"}'"#,
            "protocol-violation: agent line 2: nothing may follow the result"
        ),
        (
            #"echo '{"type":"result","trial":"t","error":"secret","code":"no-key"}'"#,
            "reported: the agent reported an error (code no-key)"
        ),
        (
            #"echo '{"type":"hello","protocol":9,"concurrency":1}'"#,
            "protocol-violation: agent line 1, column 28: the agent speaks protocol 9; Rung speaks 1"
        ),
        (
            #"echo '{"type":"log","trial":"t","text":"a"}'; echo '{"type":"hello","protocol":1,"concurrency":1}'"#,
            "protocol-violation: agent line 2: its trial is not in flight"
        ),
    ])
    func `what is not a result is a fault with its reason`(script: String, text: String) async throws {
        let agent = try ScriptedAgent(script)
        #expect(await agent.outcome(.sample()).fault?.description == text)
        #expect(!text.contains("secret"))
    }

    @Test func `an agent that closes its output and runs on is ended`() async throws {
        let agent = try ScriptedAgent("echo $$ > pid; exec 1>&-; sleep 1000") { $0.exitGrace = .milliseconds(50) }
        #expect(
            await agent.outcome(.sample()).fault?.description == "crashed: the agent closed its output before its result")
        #expect(try await hasEnded(try #require(await agent.folder.waitFor("pid"))))
    }

    @Test func `a silent agent times out and is gone`() async throws {
        let agent = try ScriptedAgent("echo $$ > pid; sleep 1000")
        #expect(await agent.outcome(.sample(timeoutMs: 400)).fault?.description == "timed-out: no result within 400 ms")
        if let pid = agent.folder.read("pid") { #expect(try await hasEnded(pid.trimmingSuffix())) }
    }

    @Test func `an agent that ignores SIGTERM is killed`() async throws {
        let agent = try ScriptedAgent("trap '' TERM; echo $$ > pid; while :; do sleep 1000; done") {
            $0.terminationGrace = .milliseconds(50)
        }
        let running = Task { await agent.outcome(.sample()) }
        let pid = try #require(await agent.folder.waitFor("pid"))
        running.cancel()
        #expect(await running.value.fault?.kind == .cancelled)
        #expect(try await hasEnded(pid))
    }

    @Test func `a grandchild that holds the output is ended with its group`() async throws {
        let agent = try ScriptedAgent("sleep 1000 & echo $! > pid; \(Self.result)")
        #expect(await agent.outcome(.sample()).output == "done")
        #expect(try await hasEnded(try #require(await agent.folder.waitFor("pid"))))
    }

    @Test func `a grandchild that holds the output does not hide a crash`() async throws {
        let agent = try ScriptedAgent("sleep 1000 & echo $! > pid; exit 4")
        #expect(
            await agent.outcome(.sample()).fault?.description == "crashed: the agent exited with status 4 before its result")
        #expect(try await hasEnded(try #require(await agent.folder.waitFor("pid"))))
    }

    @Test func `an agent that does not exit after its result is ended`() async throws {
        let agent = try ScriptedAgent("echo $$ > pid; \(Self.result); sleep 1000") { $0.exitGrace = .milliseconds(50) }
        #expect(await agent.outcome(.sample()).output == "done")
        #expect(try await hasEnded(try #require(await agent.folder.waitFor("pid"))))
    }

    @Test func `endless lines hit the output limit`() async throws {
        let agent = try ScriptedAgent(
            #"while :; do echo '{"type":"log","trial":"t","text":"more"}'; done"#
        ) { $0.outputBytes = 100_000 }
        #expect(
            await agent.outcome(.sample()).fault?.description
                == "output-limit: the agent wrote more than 100000 bytes in one trial")
    }

    @Test func `endless events hit their limit`() async throws {
        let agent = try ScriptedAgent(
            #"while :; do echo '{"type":"explanation","trial":"t","text":"x"}'; done"#
        ) { $0.events = 1_000 }
        #expect(
            await agent.outcome(.sample()).fault?.description == "output-limit: the agent wrote more than 1000 lines in one trial")
    }

    @Test func `a line without end hits the line limit`() async throws {
        let agent = try ScriptedAgent("while :; do printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; done") {
            $0.lineBytes = 50_000
        }
        #expect(
            await agent.outcome(.sample()).fault?.description
                == "output-limit: the agent wrote a line of more than 50000 bytes")
    }

    @Test func `a long line within the limit arrives whole`() async throws {
        let agent = try ScriptedAgent(
            .python,
            """
            import json
            print(json.dumps({"type": "result", "trial": "t", "output": "x" * 5000000}))
            """)
        #expect(await agent.outcome(.sample()).output?.stringValue?.utf8.count == 5_000_000)
    }

    @Test func `a large request to an agent that does not read times out`() async throws {
        let agent = try ScriptedAgent("sleep 1000")
        let request = TrialRequest.sample(timeoutMs: 500, input: .string(String(repeating: "x", count: 5_000_000)))
        #expect(await agent.outcome(request).fault?.kind == .timedOut)
    }

    @Test func `an agent may answer without reading a large request`() async throws {
        let agent = try ScriptedAgent("exec 0<&-; \(Self.result)")
        let request = TrialRequest.sample(input: .string(String(repeating: "x", count: 5_000_000)))
        #expect(await agent.outcome(request).output == "done")
    }

    @Test func `an agent may read a large request`() async throws {
        let agent = try ScriptedAgent(
            .python,
            """
            import json, sys
            request = json.loads(sys.stdin.readline())
            print(json.dumps({"type": "result", "trial": "t", "output": len(request["input"])}))
            """)
        let request = TrialRequest.sample(input: .string(String(repeating: "x", count: 5_000_000)))
        #expect(await agent.outcome(request).output == 5_000_000)
    }

    @Test func `a cancelled task ends the process group`() async throws {
        let agent = try ScriptedAgent("sleep 1000 & echo $! > child; echo $$ > pid; wait")
        let running = Task { await agent.outcome(.sample()) }
        let pid = try #require(await agent.folder.waitFor("pid"))
        let child = try #require(await agent.folder.waitFor("child"))
        running.cancel()
        #expect(await running.value.fault?.description == "cancelled: the run was cancelled")
        #expect(try await hasEnded(pid))
        #expect(try await hasEnded(child))
    }

    @Test func `a flood on standard error stops nobody and is kept to its end`() async throws {
        let agent = try ScriptedAgent(
            .python,
            """
            import sys
            for i in range(40000):
                sys.stderr.write("noise %d " % i + "x" * 80 + "\\n")
            sys.stderr.flush()
            print('{"type":"result","trial":"t","error":"x"}')
            """)
        #expect(await agent.outcome(.sample()).fault?.kind == .reported)
        let tail = agent.transport.standardErrorTail
        #expect(tail.hasSuffix("noise 39999 " + String(repeating: "x", count: 80) + "\n"))
        #expect(tail.utf8.count == 64 << 10)
        let lines = agent.log.filter { $0.source == .standardError }
        #expect(lines.count == 40_000)
        #expect(lines.first?.trialID == "t")
    }

    @Test func `many trials run side by side, each in its own process`() async throws {
        let agent = try ScriptedAgent(
            #"printf '{"type":"result","trial":"%s","output":"%s"}\n' "$RUNG_TRIAL" "$RUNG_TRIAL""#)
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask { await agent.outcome(.sample("trial-\(index)")).output == .string("trial-\(index)") }
            }
            for await isOwn in group { #expect(isOwn) }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String { String(prefix { !$0.isNewline }) }
}
