import Foundation
import Testing

/// Work that other tests kill a few times, killed as often as `RUNG_KILLS` says: see `scripts/faults.sh`.
@Suite(.serialized, .enabled(if: Kills.isThorough, "RUNG_KILLS says how often")) struct FaultKillThoroughTests {
    @Test func aKilledMergeLeavesAllOrNothing() async throws {
        try await Folder.with { folder in
            let sizes = ["hub": 5, "a": 1_500, "b": 1_500]
            for (name, count) in sizes {
                try folder.writeCalls(count, prefix: name, to: "\(name).jsonl")
                try await Rung.run("import", "evidence", "\(name).jsonl", "--evidence", "\(name).db", in: folder)
                if name != "hub" {
                    try await Rung.run("export", "bundle", "--evidence", "\(name).db", "--out", "\(name).rungbundle", in: folder)
                }
            }
            func words(_ evidence: String) -> [String] { ["merge", "--into", evidence, "a.rungbundle", "b.rungbundle"] }
            try folder.copy("hub.db", to: "whole.db")
            let kills = try await Kills(measuring: words("whole.db"), in: folder)
            var random = SeededNumbers(Kills.seed + 4)
            let state = "SELECT (SELECT COUNT(*) FROM interaction_records), (SELECT COUNT(*) FROM merge_records)"
            for _ in 0..<Kills.count {
                try folder.copy("hub.db", to: "e.db")
                try await kills.kill(words("e.db"), in: folder, &random)
                #expect(try await ["5|0", "3005|2"].contains(folder.rows(state, in: "e.db")))
                try await folder.expectSound("e.db")
                #expect(try await Program.run([Rung.path] + words("e.db"), in: folder.path).status == 0)
                #expect(try await folder.rows(state, in: "e.db") == "3005|2")
                try await folder.expectSound("e.db")
            }
        }
    }

    @Test func aKilledRunLosesNoStoredTrialAndStoresNoneTwice() async throws {
        try await Folder.withBench(.init(agent: "answer ok", cases: 20, suite: "concurrency: 4")) { folder in
            let trials =
                "SELECT COUNT(*), COUNT(DISTINCT case_index * 1000 + trial_index) FROM trial_records WHERE run = (SELECT MAX(record) FROM run_start_records WHERE resumed_trials = 0)"
            let kills = try await Kills(measuring: ["test", "--evidence", "whole.db"], in: folder)
            var random = SeededNumbers(Kills.seed + 5)
            var evidence = 0
            for _ in 0..<Kills.count {
                let words = ["test", "--evidence", "e\(evidence).db"]
                let killed = try await kills.kill(words, in: folder, &random)
                if folder.has("e\(evidence).db"), try await folder.count("SELECT COUNT(*) FROM sqlite_master", in: "e\(evidence).db") > 0 {
                    try await folder.expectSound("e\(evidence).db")
                    let counts = try await folder.rows(trials, in: "e\(evidence).db").split(separator: "|")
                    #expect(counts.count == 2 && counts[0] == counts[1])
                }
                var completed = try await Program.run([Rung.path] + words + ["--resume", "latest", "--json", "r.json"], in: folder.path)
                if completed.status == 3 { completed = try await Program.run([Rung.path] + words + ["--json", "r.json"], in: folder.path) }
                #expect(completed.status == 0, "\(killed.status): \(completed.stderr)")
                #expect(try folder.results("r.json").run.trials == 20)
                try await folder.expectSound("e\(evidence).db")
                evidence += 1
            }
        }
    }

    /// Posts traces over four connections for ever and notes the number of each that was answered with 200, at once.
    private static let client = """
        import http.client, itertools, sys, threading
        host, first, body, log = sys.argv[1], int(sys.argv[2]), open("trace.json").read(), open("acknowledged.log", "a")
        numbers, lock = itertools.count(first), threading.Lock()
        def send():
            connection = http.client.HTTPConnection(host, timeout=20)
            try:
                while True:
                    trace = format(next(numbers) + 1, "032x")
                    connection.request("POST", "/v1/traces", body.replace("TRACE", trace), {"content-type": "application/json"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status == 200:
                        with lock: print(trace, file=log, flush=True)
            except Exception: pass
        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """

    @Test func whatAReceiverUnderLoadHasAcknowledgedIsThereAfterItWasKilled() async throws {
        try await Folder.with { folder in
            let body = String(decoding: Spans.trace(0), as: UTF8.self).replacingOccurrences(of: Spans.traceID(0), with: "TRACE")
            try folder.write(body, to: "trace.json")
            try folder.write("", to: "acknowledged.log")
            var random = SeededNumbers(Kills.seed + 6)
            for round in 0..<Kills.count {
                let receiver = try await Receiver.start(in: folder, "--allow-unsigned")
                let before = folder.lines("acknowledged.log").count
                let words = [
                    "/usr/bin/env", "python3", "-c", Self.client, String(receiver.url.dropFirst("http://".count)), "\(round * 1_000_000)",
                ]
                let client = try Program.start(words, in: folder.path, environment: [:], stdin: nil, deadline: 120)
                try await folder.waitForLines(before + 1 + random.next(below: 200), in: "acknowledged.log")
                try await Task.sleep(for: .milliseconds(random.next(below: 20)))
                receiver.program.send(SIGKILL)
                #expect(try await receiver.program.wait().status == 137)
                _ = try await client.wait()
                try await folder.expectSound("evidence.db")
                // A trace that was taken in and not yet decided waits in the file.
                let stored = Set(try await folder.query("SELECT trace_id FROM interaction_records"))
                let held = try await folder.query("SELECT piece_group || ' ' || name || ' ' || content FROM held_pieces").joined()
                let acknowledged = Set(folder.lines("acknowledged.log"))
                #expect(acknowledged.count > before)
                #expect(acknowledged.subtracting(stored).filter { !held.contains($0) } == [])
            }
            _ = try await Receiver.start(in: folder, "--allow-unsigned").stop()
            let stored = Set(try await folder.query("SELECT trace_id FROM interaction_records"))
            #expect(Set(folder.lines("acknowledged.log")).subtracting(stored) == [])
            try await folder.expectSound("evidence.db")
        }
    }
}
