import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct PersistentAgentTests {
    @Test func `one process serves all trials and ends with close`() async throws {
        let agent = try ScriptedAgent.persistent(
            #"say(type="result", trial=trial, output=life)"#, atEnd: #"open("bye", "w").write("bye\n")"#)
        for index in 0..<5 { #expect(await agent.outcome(.sample("t\(index)")).output == 1) }
        await agent.transport.close()
        #expect(agent.folder.read("bye") == "bye\n")
        #expect(
            await agent.outcome(.sample("late")).fault?.description == "unavailable: the agent's transport is closed")
    }

    @Test func `nothing is started before the first trial`() async throws {
        let agent = try ScriptedAgent.persistent(#"say(type="result", trial=trial)"#)
        await agent.transport.close()
        #expect(agent.folder.read("lives") == nil)
    }

    @Test func `no more trials are in flight than the agent takes`() async throws {
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent("sys.exit(2)")
        for index in 0..<3 { #expect(await agent.outcome(.sample("t\(index)")).fault?.kind == .crashed) }
        #expect(
            await agent.outcome(.sample("last")).fault?.description
                == "unavailable: the agent failed 3 times without finishing a trial; last: the agent exited with status 2 before its result"
        )
        await agent.transport.close()
        #expect(agent.folder.read("lives") == "xxx")
    }

    @Test func `a finished trial between crashes keeps an agent going`() async throws {
        let agent = try ScriptedAgent.persistent(
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

    @Test func `an agent that hangs is replaced`() async throws {
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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

    @Test func `two trials with one id are not mixed up`() async throws {
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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
        let agent = try ScriptedAgent.persistent(
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

    @Test(arguments: [(2, false), (3, true)])
    func `an agent with four places is replaced when more than half are lost`(lost: Int, isReplaced: Bool) async throws {
        let agent = try ScriptedAgent.persistent(
            concurrency: 4,
            """
            if request["type"] == "trial" and not trial.startswith("stuck"):
                say(type="result", trial=trial, output=life)
            """
        ) { $0.cancelGrace = .milliseconds(20) }
        #expect(await agent.outcome(.sample("first")).output == 1)
        for index in 0..<lost { #expect(await agent.outcome(.sample("stuck\(index)", timeoutMs: 50)).fault?.kind == .timedOut) }
        var life: JSONValue?
        // Replacing takes the grace and a start; not being replaced is looked at for a while.
        for round in 0..<(isReplaced ? 3_000 : 20) where life != 2 {
            life = await agent.outcome(.sample("round\(round)")).output
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(life == (isReplaced ? 2 : 1))
        await agent.transport.close()
    }
}
