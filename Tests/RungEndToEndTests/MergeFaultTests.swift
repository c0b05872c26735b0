import Foundation
import Testing

@Suite(.serialized) struct MergeFaultTests {
    /// What must be the same before and after a merge that did not happen.
    private static let counts = """
        SELECT (SELECT COUNT(*) FROM merged_entries), (SELECT COUNT(*) FROM merge_records), (SELECT COUNT(*) FROM trial_records),
          (SELECT COUNT(*) FROM run_start_records), (SELECT size FROM ledger_head), (SELECT COUNT(*) FROM ledger_entries)
        """

    /// Bundles of some size, so that a kill falls into the work.
    private static func withShards(_ body: (Folder) async throws -> Void) async throws {
        let agent = #"[ $case = c03 ] && answer no || answer "ok""#
        try await Folder.withBench(.init(agent: agent, cases: 40, suite: "concurrency: 4\ntrials: 3")) { folder in
            try await folder.makeShards(2)
            // Something is there already.
            try await Rung.run("test", "--filter", "c01", "--evidence", "hub.db", in: folder)
            try await body(folder)
        }
    }

    @Test func aKilledMergeLeavesAllOrNothing() async throws {
        try await Self.withShards { folder in
            let before = try await folder.rows(Self.counts, in: "hub.db")
            var state: UInt64 = 5
            for _ in 1...6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let merge = try Rung.start("merge", "--into", "hub.db", "s1.rungbundle", "s2.rungbundle", in: folder)
                try await Task.sleep(for: .milliseconds(Int(state >> 33) % 250))
                merge.send(SIGKILL)
                _ = try await merge.wait()
                let after = try await folder.rows(Self.counts, in: "hub.db")
                #expect(try await folder.rows("PRAGMA integrity_check", in: "hub.db") == "ok")
                let columns = after.split(separator: "|").compactMap { Int($0) }
                let old = before.split(separator: "|").compactMap { Int($0) }
                // Both bundles or none; the merged run whole or not at all.
                #expect(after == before || columns[1] == old[1] + 2)
                #expect([old[2], old[2] + 120].contains(columns[2]))
                let open =
                    "SELECT COUNT(*) FROM merged_run_records m WHERE NOT EXISTS (SELECT 1 FROM run_end_records e JOIN run_start_records s ON s.id = e.run WHERE s.record = m.run)"
                #expect(try await folder.rows(open, in: "hub.db") == "0")
            }
            let merged = try await folder.merge(Folder.bundles(1...2), ["--json", "r.json"])
            #expect(merged.status == 1)
            #expect(try folder.results("r.json").run.trials == 120)
            #expect(try await folder.rows("SELECT COUNT(*) FROM merged_run_records", in: "hub.db") == "1")
        }
    }

    @Test func aBundleThatWasChangedIsRefusedByName() async throws {
        try await Self.withShards { folder in
            let before = try await folder.rows(Self.counts, in: "hub.db")
            _ = try await folder.rows("UPDATE trial_records SET verdict = verdict + 1 WHERE case_index = 2", in: "s2.rungbundle")
            let merged = try await folder.merge(Folder.bundles(1...2))
            #expect(merged.status == 4)
            #expect(merged.stderr.hasPrefix("error: the ledger of s2.rungbundle is broken, nothing was merged: ledger entry "))
            #expect(try await folder.rows(Self.counts, in: "hub.db") == before)
        }
    }

    @Test func whatIsNoBundleIsToldAndNothingIsMerged() async throws {
        try await Self.withShards { folder in
            let before = try await folder.rows(Self.counts, in: "hub.db")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/s2.rungbundle"))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: "\(folder.path)/half.rungbundle"))
            try folder.write("not a database at all, but a text that somebody has named so", to: "text.rungbundle")
            try folder.write("", to: "folder.rungbundle/file")
            for (name, status) in [("half", 4), ("text", 4), ("folder", 4), ("missing", 3)] as [(String, Int32)] {
                let merged = try await folder.merge(["s1.rungbundle", "\(name).rungbundle"])
                #expect(merged.status == status, "\(name): \(merged.stderr)")
                #expect(merged.stderr.contains("\(name).rungbundle"))
                #expect(try await folder.rows(Self.counts, in: "hub.db") == before)
            }
        }
    }

    @Test func aBundleMustNotReplaceAFileAndHoldsOneRunOnlyWhenAsked() async throws {
        try await Folder.withBench { folder in
            try await Rung.run("test", "--evidence", "a.db", in: folder)
            let first = try await Rung.run("export", "bundle", "--evidence", "a.db", "--out", "a.rungbundle", "--run", "latest", in: folder)
            #expect(first.status == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/a.rungbundle")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(!folder.files.contains { $0.contains(".tmp") || $0.hasPrefix("a.rungbundle-") })
            let second = try await Rung.run("export", "bundle", "--evidence", "a.db", "--out", "a.rungbundle", in: folder)
            #expect(second.status == 4)
            #expect(second.stderr.hasPrefix("error: a.rungbundle exists already"))
            try await Rung.run("test", "--evidence", "a.db", in: folder)
            let both = try await Rung.run("export", "bundle", "--evidence", "a.db", "--out", "b.rungbundle", "--run", "latest", in: folder)
            #expect(both.status == 4)
            #expect(both.stderr.contains("a part of a ledger cannot be proved without the rest"))
            #expect(!folder.has("b.rungbundle"))
        }
    }
}
