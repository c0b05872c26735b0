import Foundation
import Testing

@Suite(.serialized) struct FaultWritersTests {
    private static let interactions = "SELECT COUNT(*) FROM interaction_records"

    @Test func twoImportsAtOnceBothStoreEverything() async throws {
        try await Folder.with { folder in
            for name in ["a", "b", "c"] { try folder.writeCalls(2_000, prefix: name, to: "\(name).jsonl") }
            // The file is new, so that all of them make it at once.
            let programs = try ["a", "b", "c"].map { try Rung.start("import", "evidence", "\($0).jsonl", "--evidence", "e.db", in: folder) }
            for program in programs {
                let output = try await program.wait()
                #expect(output.status == 0, "\(output.stderr)")
            }
            #expect(try await folder.count(Self.interactions, in: "e.db") == 6_000)
            try await folder.expectSound("e.db")
        }
    }

    @Test func aWriterWaitsForFiveSecondsAndThenSaysSo() async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "a", to: "a.jsonl")
            try folder.writeCalls(9, prefix: "a", to: "b.jsonl")
            try await Rung.run("import", "evidence", "a.jsonl", "--evidence", "e.db", in: folder)
            let holder = try Program.start(
                [
                    "/usr/bin/env", "python3", "-c",
                    """
                    import os, sqlite3, time
                    base = sqlite3.connect("e.db", isolation_level=None)
                    base.execute("BEGIN IMMEDIATE")
                    open("held", "w").write("held\\n")
                    while not os.path.exists("free"): time.sleep(0.02)
                    base.execute("ROLLBACK")
                    """,
                ], in: folder.path, environment: [:], stdin: nil, deadline: 120)
            try await folder.waitForLines(1, in: "held")
            let waited = try await Rung.run("import", "evidence", "b.jsonl", "--evidence", "e.db", in: folder)
            #expect(waited.status == 4)
            #expect(
                waited.stderr.contains(
                    "error: e.db has been locked by another process for 5 seconds\n  wait for the other process to end and try again\n"))
            // Whoever only reads does not wait.
            #expect(try await Rung.run("ledger", "verify", "--evidence", "e.db", in: folder).status == 0)
            try folder.write("", to: "free")
            #expect(try await holder.wait().status == 0)
            #expect(try await Rung.run("import", "evidence", "b.jsonl", "--evidence", "e.db", in: folder).status == 0)
            #expect(try await folder.count(Self.interactions, in: "e.db") == 9)
            try await folder.expectSound("e.db")
        }
    }

    @Test func anImportDuringARunDisturbsNeither() async throws {
        try await Folder.withBench(.init(agent: "end; answer ok", cases: 6, suite: "concurrency: 1")) { folder in
            try folder.writeCalls(2_000, prefix: "a", to: "a.jsonl")
            try folder.allow(2)
            let run = try Rung.start("test", in: folder)
            try await folder.waitForLines(2, in: "ended.log")
            let imported = try await Rung.run("import", "evidence", "a.jsonl", in: folder)
            #expect(imported.status == 0, "\(imported.stderr)")
            try folder.allow(1_000)
            #expect(try await run.wait().status == 0)
            #expect(try await folder.count("SELECT COUNT(*) FROM trial_records", in: ".rung/evidence.db") == 6)
            #expect(try await folder.count(Self.interactions, in: ".rung/evidence.db") == 2_000)
            try await folder.expectSound(".rung/evidence.db")
        }
    }

    @Test func aReceiverTakesInRequestsDuringAnImport() async throws {
        try await Folder.with { folder in
            try folder.writeCalls(4_000, prefix: "a", to: "a.jsonl")
            let receiver = try await Receiver.start(in: folder, "--allow-unsigned")
            let imported = try Rung.start("import", "evidence", "a.jsonl", "--evidence", "evidence.db", in: folder)
            var acknowledged = 0
            for number in 0..<20 {
                let answer = try await receiver.post("/v1/traces", Spans.trace(number))
                #expect([200, 503].contains(answer.status))
                if answer.status == 200 { acknowledged += 1 }
            }
            #expect(try await imported.wait().status == 0)
            #expect(try await receiver.stop().status == 0)
            #expect(acknowledged > 0)
            #expect(try await folder.count(Self.interactions, in: "evidence.db") == 4_000 + acknowledged)
            try await folder.expectSound("evidence.db")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalDuringAnImportOrAMergeLeavesAllOrNothing(_ signal: Int32) async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "a", to: "a.jsonl")
            try folder.writeCalls(1_500, prefix: "b", to: "b.jsonl")
            try await Rung.run("import", "evidence", "a.jsonl", "--evidence", "e.db", in: folder)
            try await Rung.run("import", "evidence", "b.jsonl", "--evidence", "b.db", in: folder)
            for words in [["import", "evidence", "b.jsonl", "--evidence", "e.db"], ["merge", "b.db", "--into", "e.db"]] {
                let before = try await folder.count(Self.interactions, in: "e.db")
                let program = try Program.start([Rung.path] + words, in: folder.path, environment: [:], stdin: nil, deadline: 120)
                try await Task.sleep(for: .milliseconds(150))
                program.send(signal)
                #expect([0, 128 + signal].contains(try await program.wait().status))
                let after = try await folder.count(Self.interactions, in: "e.db")
                #expect(after == before || after == 1_505)
                try await folder.expectSound("e.db")
                #expect(try await Program.run([Rung.path] + words, in: folder.path).status == 0)
                try await folder.expectSound("e.db")
            }
        }
    }

    @Test func aClockThatGoesBackIsToldAndTheOrderOfEntriesStands() async throws {
        try await Folder.with { folder in
            let key = "\(folder.path)/key"
            try await Rung.run("ledger", "keys", "new", in: folder, environment: ["RUNG_SIGNING_KEY_FILE": key])
            let clocks = ["2026-09-30T12:00:00Z", "2026-09-29T12:00:00Z", "2199-01-01T00:00:00Z", "2026-10-01T12:00:00Z"]
            var talk: [String] = []
            for (number, clock) in clocks.enumerated() {
                try folder.writeCalls(5 + number, prefix: "a", to: "a.jsonl")
                let output = try await Rung.run(
                    "import", "evidence", "a.jsonl", "--evidence", "e.db", in: folder,
                    environment: ["RUNG_CLOCK": clock, "RUNG_SIGNING_KEY_FILE": key])
                #expect(output.status == 0, "\(output.stderr)")
                talk.append(output.stderr)
                try await folder.expectSound("e.db")
            }
            func note(_ time: String) -> String {
                "note: the last entry of the ledger is of \(time), which is later than now: a clock is or was wrong\n  entries keep their order"
            }
            #expect(!talk[0].contains("later than now") && !talk[2].contains("later than now"))
            #expect(talk[1].contains(note("2026-09-30T12:00:00Z")))
            #expect(talk[3].contains(note("2199-01-01T00:00:00Z")))
            let times = try await folder.rows(
                "SELECT strftime('%Y-%m-%d', at, 'unixepoch') FROM ledger_entries ORDER BY sequence", in: "e.db")
            #expect(times == "2026-09-30\n2026-09-29\n2199-01-01\n2026-10-01")
            #expect(try await folder.count("SELECT COUNT(*) FROM ledger_checkpoints", in: "e.db") == 4)
        }
    }
}
