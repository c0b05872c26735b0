import Foundation
import Testing

@Suite(.serialized) struct InterruptionTests {
    /// Notes the beginning and the end of each trial, and ends none before the test allows it.
    static let noting = #"echo "$key" >>begun.log; end; answer ok"#

    @Test(arguments: [SIGINT, SIGTERM])
    func anInterruptedRunIsIncompleteAndResumesWithoutRepeatingAnything(_ signal: Int32) async throws {
        try await Folder.withBench(.init(agent: Self.noting, cases: 12, suite: "trials: 2\nconcurrency: 3")) { folder in
            try folder.allow(7)
            let run = try Rung.start("test", "--json", "first.json", in: folder)
            try await folder.waitForLines(7, in: "ended.log")
            run.send(signal)
            let stopped = try await run.wait()
            #expect(stopped.status == 2)
            #expect(stopped.stderr.contains("\nstopping: what has finished is kept; once more to end at once\n"))
            #expect(stopped.stderr.contains("\nincomplete: it was interrupted\n"))
            let first = try folder.results("first.json")
            #expect(first.run.status == "incomplete")
            #expect(first.gate.decision == "inconclusive")
            #expect(first.run.plannedCases == 12)
            #expect(stopped.stderr.contains("\n  resume it: rung test ... --resume \(first.run.id)\n"))
            let begunBefore = folder.lines("begun.log").count

            try folder.allow(1_000)
            let resumed = try await Rung.run("test", "--resume", "latest", "--json", "second.json", in: folder)
            #expect(resumed.status == 0)
            let second = try folder.results("second.json")
            #expect(second.run.id == first.run.id)
            #expect(second.run.verdicts["passed"] == 12)
            #expect(second.run.trials == 24)
            #expect(second.run.resumedTrials > 0)
            let kept = second.cases.flatMap { entry in entry.trials.filter(\.resumed).map { "\(entry.id)#\($0.index)" } }
            #expect(kept.count == second.run.resumedTrials)
            #expect(Set(kept).isDisjoint(with: folder.lines("begun.log").dropFirst(begunBefore)))
            #expect(Set(first.ids).isSubset(of: second.cases.filter { $0.trials.allSatisfy(\.resumed) }.map(\.id)))
            #expect(Set(folder.lines("ended.log")).count == 24)
        }
    }

    @Test func anInterruptionEndsTheAgents() async throws {
        let bench = Folder.Bench(agent: "echo $$ >>pids; exec sleep 600", cases: 4, suite: "concurrency: 2\ntimeout: 10m")
        try await Folder.withBench(bench) { folder in
            let run = try Rung.start("test", in: folder)
            try await folder.waitForLines(2, in: "pids")
            run.send(SIGINT)
            let stopped = try await run.wait()
            #expect(stopped.status == 2)
            #expect(folder.lines("pids").count == 2)
            for pid in folder.lines("pids") { #expect(!ProcessTable.isAlive(pid)) }
        }
    }

    /// The agent ignores SIGTERM, so that the run needs half a second to end in order; the second signal comes within it.
    /// Its programs end with it, though nobody waits for them.
    /// On a machine so busy that it comes too late, the attempt is made again.
    @Test func aSecondInterruptionEndsTheRunAtOnceAndItCanBeResumed() async throws {
        let agent = #"[ -e finish ] && answer ok && exit; trap "" TERM; echo $$ >>pids; echo "$key" >>begun.log; sleep 600"#
        for attempt in 1...5 {
            let status = try await Folder.withBench(.init(agent: agent, cases: 2, suite: "concurrency: 1")) { folder in
                let run = try Rung.start("test", in: folder)
                try await folder.waitForLines(1, in: "begun.log")
                run.send(SIGINT)
                while !run.stderrSoFar.contains("stopping") { try await Task.sleep(for: .milliseconds(2)) }
                run.send(SIGINT)
                let stopped = try await run.wait()
                guard stopped.status == 130 else { return stopped.status }
                #expect(!stopped.stderr.contains("gate:"))
                // The kernel ends the agents; whoever inherits them may take a moment to notice.
                for pid in folder.lines("pids") {
                    for _ in 0..<500 where ProcessTable.isAlive(pid) { try await Task.sleep(for: .milliseconds(20)) }
                    #expect(!ProcessTable.isAlive(pid))
                }
                try folder.write("", to: "finish")
                #expect(try await Rung.run("test", "--resume", "latest", in: folder).status == 0)
                return stopped.status
            }
            if status == 130 || attempt == 5 { return #expect(status == 130) }
        }
    }

    @Test func aRunThatIsCompleteCannotBeResumedAndAnotherPlanFindsNoRun() async throws {
        try await Folder.withBench(.init(agent: Self.noting, cases: 6, suite: "concurrency: 1")) { folder in
            try folder.allow(2)
            let run = try Rung.start("test", "--json", "first.json", in: folder)
            try await folder.waitForLines(2, in: "ended.log")
            run.send(SIGINT)
            #expect(try await run.wait().status == 2)
            let size = try await folder.storedRows()
            let id = try folder.results("first.json").run.id

            let other = try await Rung.run("test", "--resume", "latest", "--trials", "2", in: folder)
            #expect(other.status == 3)
            #expect(
                other.stderr == """
                    --resume latest: error: no interrupted run has this plan
                      give the same suites and options as the interrupted run; rung runs list shows it
                    1 problem

                    """)
            let named = try await Rung.run("test", "--resume", id, "--seed", "99", in: folder)
            #expect(named.status == 3)
            #expect(try await folder.storedRows() == size)

            try folder.allow(1_000)
            #expect(try await Rung.run("test", "--resume", id, in: folder).status == 0)
            let again = try await Rung.run("test", "--resume", "latest", in: folder)
            #expect(again.status == 3)
            #expect(Set(folder.lines("ended.log")).count == 6)
        }
    }

    @Test func theTimeLimitLeavesAnIncompleteRunThatResumes() async throws {
        let agent = #"echo "$key" >>begun.log; sleep 0.2; echo "$key" >>ended.log; answer ok"#
        try await Folder.withBench(.init(agent: agent, cases: 40, suite: "concurrency: 1")) { folder in
            let limited = try await Rung.run("test", "--time-limit", "700ms", "--json", "first.json", in: folder)
            #expect(limited.status == 2)
            #expect(limited.stderr.contains("\nincomplete: the time limit was reached\n"))
            let first = try folder.results("first.json")
            #expect(first.run.status == "incomplete")
            #expect(first.cases.count < 40)
            // What was begun has been finished: the limit begins no more trials, it breaks none off.
            #expect(folder.lines("begun.log") == folder.lines("ended.log"))
            try folder.setAgent(#"echo "$key" >>ended.log; answer ok"#)
            let resumed = try await Rung.run("test", "--resume", "latest", "--json", "second.json", in: folder)
            #expect(resumed.status == 0)
            #expect(folder.lines("ended.log").count == 40)
        }
    }
}
