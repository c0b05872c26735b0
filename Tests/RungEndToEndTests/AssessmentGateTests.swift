import Foundation
import Testing

/// `rung assess` in pipelines: recorded assessments, gates, what has changed since.
struct AssessmentGateTests {
    /// A store with evidence of September 2026, and the clock of a day after it.
    private static func withEvidence(_ body: (Folder, _ clock: [String: String]) async throws -> Void) async throws {
        try await Folder.with { folder in
            let calls = (1...9).map {
                #"{"kind":"interaction","id":"i\#($0)","agentId":"faq","at":"2026-09-0\#($0)T09:00:00Z","environment":"production","outcome":"accepted"}"#
            }
            try folder.write(calls.joined(separator: "\n") + "\n", to: "calls.jsonl")
            let clock = ["RUNG_CLOCK": "2026-09-30T12:00:00Z", "RUNG_ACTOR": "ana"]
            let source = try await Rung.run(
                "source", "add", "gw", "--type", "gateway", "--evidence", "e.db", in: folder, environment: clock)
            #expect(source.status == 0)
            try folder.write(source.stdout, to: "token")
            let imported = try await Rung.run(
                "import", "evidence", "calls.jsonl", "--source", "gw", "--token-file", "token", "--evidence", "e.db", in: folder,
                environment: clock)
            #expect(imported.status == 0, "\(imported.stderr)")
            try await body(folder, clock)
        }
    }

    @Test func anAssessmentIsRecordedAndHeldAgainstTheNextOne() async throws {
        try await Self.withEvidence { folder, clock in
            func assess(_ words: String...) async throws -> Output {
                try await Program.run(
                    [Rung.path, "assess", "--evidence", "e.db", "--as-of", "2026-09-30"] + words, in: folder.path, environment: clock)
            }
            let unknown = try await assess("--since", "last")
            #expect(unknown.status == 3)
            #expect(unknown.stderr.contains("no assessment was recorded yet\n  record one with --record, or name a day"))

            let first = try await assess("--record", "--no-regression", "--json", "a.json")
            #expect(first.status == 0)
            #expect(first.stdout.contains("no assessment was recorded before"))
            #expect(first.stderr.contains("recorded: assessment-2026-09-30-"))
            let digest = try await Program.run(["/usr/bin/sha256sum", "a.json"], in: folder.path).stdout.prefix(64)
            #expect(first.stderr.contains("(sha256:\(digest))"))

            let second = try await assess("--since", "last", "--no-regression", "--require", "stage>=1", "--json", "b.json")
            #expect(second.status == 0)
            #expect(second.stdout.contains("stage 1 as on 2026-09-30; the eight scores together ±0.00\n"))
            let report = try #require(JSONSerialization.jsonObject(with: Data(folder.read("b.json").utf8)) as? [String: Any])
            #expect((report["trend"] as? [String: Any])?["stage"] as? Int == 1)

            // Somebody with another opinion of the past.
            let boast = try await Python.run(
                """
                import sqlite3
                base = sqlite3.connect("e.db")
                base.execute("UPDATE assessment_records SET stage = 4")
                base.commit()
                """, in: folder)
            #expect(boast.status == 0)
            #expect(try await Rung.run("ledger", "verify", "--evidence", "e.db", in: folder).status != 0)
        }
    }

    @Test func evidenceThatIsTooOldDoesNotPass() async throws {
        try await Self.withEvidence { folder, clock in
            func assess(_ words: String...) async throws -> Output {
                try await Program.run(
                    [Rung.path, "assess", "--evidence", "e.db", "--as-of", "2026-09-30"] + words, in: folder.path, environment: clock)
            }
            #expect(try await assess("--max-age", "30d").status == 0)
            let old = try await assess("--max-age", "7d")
            #expect(old.status == 2)
            #expect(
                old.stderr.hasSuffix(
                    "gate: inconclusive\n  - the newest evidence is of 2026-09-09, 21 days before 2026-09-30, 7d are allowed\n"))
            #expect(try await assess("--max-age", "7d", "--require", "stage>=2").status == 1)
            for words in [["--max-age", "week"], ["--since", "never"], ["--what-if", "OBS-201=full", "--no-regression"]] {
                #expect(try await Program.run([Rung.path, "assess", "--evidence", "e.db"] + words, in: folder.path).status == 64)
            }
        }
    }

    @Test func whatFallsBehindDoesNotBecomeTheMark() async throws {
        try await Folder.with { folder in
            let made = try await Program.run(
                [(Rung.path as NSString).deletingLastPathComponent + "/golden-organization", "--stage", "2", "--into", "."], in: folder.path
            )
            #expect(made.status == 0, "\(made.stderr)")
            func assess(_ day: String, _ words: String...) async throws -> Output {
                try await Program.run(
                    [Rung.path, "assess", "--evidence", "evidence.db", "--as-of", day, "--record"] + words, in: folder.path,
                    environment: ["RUNG_CLOCK": "\(day)T12:00:00Z", "RUNG_ACTOR": "ana"])
            }
            let good = try await assess("2026-10-01", "--require", "stage>=2", "--no-regression")
            #expect(good.status == 0, "\(good.stderr)")
            // Nothing is told any more: first the stage is at risk, then it is lost.
            for _ in 1...2 {
                let behind = try await assess("2027-03-01", "--no-regression")
                #expect(behind.status == 1)
                #expect(behind.stderr.contains("not recorded: it would become the mark"))
                #expect(behind.stderr.contains("stage 1 is earned, assessment-2026-10-01-"))
            }
            #expect(try await assess("2027-03-01").status == 0)
            #expect(try await assess("2027-03-01", "--no-regression").status == 0)
        }
    }

    @Test func theSameBytesComeFromABundleElsewhere() async throws {
        try await Self.withEvidence { folder, clock in
            let out = try await Rung.run(
                "assess", "--evidence", "e.db", "--as-of", "2026-09-30", "--ledger-size", "2", "--json", "here.json", in: folder,
                environment: clock)
            #expect(out.status == 0)
            let bundle = try await Rung.run("export", "bundle", "--out", "b.db", "--evidence", "e.db", in: folder, environment: clock)
            #expect(bundle.status == 0, "\(bundle.stderr)")
            try FileManager.default.createDirectory(atPath: folder.path + "/elsewhere", withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: folder.path + "/b.db", toPath: folder.path + "/elsewhere/b.db")
            let there = try await Rung.run(
                "assess", "--evidence", "elsewhere/b.db", "--as-of", "2026-09-30", "--ledger-size", "2", "--json", "there.json", in: folder,
                environment: ["RUNG_CLOCK": "2027-01-05T08:00:00Z"])
            #expect(there.status == 0)
            #expect(try folder.read("there.json") == folder.read("here.json"))
        }
    }
}
