import Foundation
import Testing

/// Suites of kind efficacy: two versions of a prompt over the same cases, and a gate that is neither flaky nor blind.
@Suite struct EfficacySuiteTests {
    /// Answers by the rules that stand in the prompt: `skip N` answers wrongly each N-th case.
    private static let agent = #"""
        skip=${request#*skip }; skip=${skip%% *}
        label=${request#*\"label\":\"}; label=${label%%\"*}
        number=${case#c}; number=${number#0}
        echo "$label $case" >>asked.log
        [ "$case$label" != "$(cat broken 2>/dev/null)" ] || exit 3
        if [ "$skip" -gt 0 ] && [ $((number % skip)) -eq 0 ]; then answer no; else answer ok; fi
        """#

    /// A workspace with versions `v1` and `v2` of one prompt, and a suite that compares them.
    private static func with(
        _ cases: Int = 60, skip: (v1: Int, v2: Int), compare: String = "margin: 0.05", suite: String = "boundary: live",
        _ body: (Folder) async throws -> Void
    ) async throws {
        let compared = "kind: efficacy\ncompare: { prompt: p, baseline: v1, candidate: v2, \(compare) }\nconcurrency: 8\n\(suite)"
        try await Folder.withBench(.init(agent: agent, cases: cases, suite: compared)) { folder in
            try folder.edit("agents/a.yaml", "transport:", "prompts: [{ id: p, version: v1 }]\ntransport:")
            for (label, skip) in [("v1", skip.v1), ("v2", skip.v2)] {
                try folder.write("---\nformat: 1\nvariables: []\n---\nPlease skip \(skip) of them.\n", to: "prompts/p/\(label).md")
            }
            try await body(folder)
        }
    }

    private func gate(_ folder: Folder, _ name: String = "results.json") throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(try folder.read(name).utf8)) as? [String: Any]
        return try #require(object?["gate"] as? [String: Any])
    }

    @Test func `a candidate that is worse fails, in every report, with the numbers behind it`() async throws {
        try await Self.with(skip: (20, 3), compare: "margin: 0.05, slice: parity") { folder in
            let run = try await Rung.run(
                "test", "s", "--json", "results.json", "--junit", "junit.xml", "--markdown", "summary.md", in: folder, deadline: 300)
            #expect(run.status == 1, "\(run.stderr)")
            let sentence = "v2 is worse by 28.3 points, 95 % interval"
            #expect(run.stderr.contains(sentence), "\(run.stderr)")
            #expect(try folder.read("junit.xml").contains(sentence) && folder.read("summary.md").contains(sentence))
            let gate = try gate(folder)
            #expect(gate["decision"] as? String == "fail")
            let comparison = try #require(gate["comparison"] as? [String: Any])
            #expect(comparison["n"] as? Int == 60 && comparison["method"] as? String == "tango")
            #expect((comparison["mcnemar"] as? [String: Any])?["b"] as? Int == 19)
            #expect((comparison["slices"] as? [Any])?.count == 2)
            #expect((comparison["baseline"] as? String)?.hasPrefix("p/v1 (r-") == true)
            // The decision and its numbers are in the evidence.
            let stored = try await folder.rows(
                "SELECT COUNT(*) FROM run_end_records WHERE CAST(suites AS TEXT) LIKE '%tango%'", in: ".rung/evidence.db")
            #expect(stored == "1")
            #expect(folder.lines("asked.log").count == 120)
        }
    }

    @Test func `a candidate that is as good passes; the baseline is not run again while nothing of it changed`() async throws {
        try await Self.with(skip: (20, 20)) { folder in
            let first = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(first.status == 0 && first.stderr.contains("baseline: run r-"), "\(first.stderr)")
            #expect(folder.lines("asked.log").count == 120)
            try folder.edit("prompts/p/v2.md", "skip 20", "skip 3")
            let second = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(second.status == 1 && second.stderr.contains("of the same plan is used again"), "\(second.stderr)")
            #expect(folder.lines("asked.log").count == 180)
            #expect(folder.lines("asked.log").suffix(60).allSatisfy { $0.hasPrefix("v2 ") })
            // A baseline that changed is run again; one that became what the candidate was is that run.
            try folder.edit("prompts/p/v1.md", "skip 20", "skip 4")
            let third = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(third.stderr.contains("baseline: run r-") && !third.stderr.contains("used again"), "\(third.stderr)")
            #expect(folder.lines("asked.log").count == 300)
            try folder.edit("prompts/p/v1.md", "skip 4", "skip 3")
            let fourth = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(fourth.status == 0 && fourth.stderr.contains("nothing changed"), "\(fourth.stderr)")
            #expect(folder.lines("asked.log").count == 360)
            let anew = try await Rung.run("test", "s", "--new-baseline", in: folder, deadline: 300)
            #expect(anew.status == 0 && folder.lines("asked.log").count == 480, "\(anew.stderr)")
            // The record of a run says what its gate said: the candidate's passed, the first of them with failing cases.
            let passed = try await folder.rows("SELECT SUM(passed), COUNT(*) FROM run_records", in: ".rung/evidence.db")
            #expect(passed == "3|8", "\(passed)")
        }
    }

    @Test func `a baseline with a trial that errored is not used again`() async throws {
        try await Self.with(skip: (20, 19)) { folder in
            try folder.write("c07v1", to: "broken")
            let first = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(first.status == 2 && first.stderr.contains("1 trial of v1 came to no value"), "\(first.stderr)")
            try folder.write("", to: "broken")
            let second = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(!second.stderr.contains("used again") && !second.stderr.contains("came to no value"), "\(second.stderr)")
            #expect(folder.lines("asked.log").count == 240)
            let third = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(third.stderr.contains("used again") && folder.lines("asked.log").count == 300, "\(third.stderr)")
        }
    }

    @Test func `a baseline that was interrupted goes on where it stopped`() async throws {
        try await Self.with(skip: (20, 19)) { folder in
            let stopped = try await Rung.run("test", "s", "--time-limit", "1ms", in: folder, deadline: 300)
            #expect(stopped.status == 2 && stopped.stderr.contains("the baseline's run is incomplete"), "\(stopped.stderr)")
            let begun = folder.lines("asked.log").count
            #expect(begun < 60)
            let whole = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(whole.stderr.contains("which was interrupted, goes on"), "\(whole.stderr)")
            #expect(folder.lines("asked.log").count == 120, "no trial is made twice")
            #expect(whole.stderr.contains("on 60 cases"), "\(whole.stderr)")
        }
    }

    @Test func `a slice that no case has never lets it pass, and neither does a selection against a whole run`() async throws {
        try await Self.with(skip: (20, 20), compare: "margin: 0.1, cluster: documnet") { folder in
            let run = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(run.status == 2 && run.stderr.contains("no case has a slice \"documnet\""), "\(run.stderr)")
        }
        try await Self.with(skip: (0, 20)) { folder in
            let whole = try await Rung.run("test", "s", "--json", "whole.json", in: folder, deadline: 300)
            #expect(whole.status == 0 || whole.status == 2, "\(whole.stderr)")
            let part = try await Rung.run("test", "s", "--filter", "c0*", "--baseline", "whole.json", in: folder, deadline: 300)
            #expect(part.status == 2 && part.stderr.contains("took only some of the cases"), "\(part.stderr)")
        }
    }

    @Test func `too few cases decide nothing, and say how many would`() async throws {
        try await Self.with(20, skip: (5, 6)) { folder in
            let run = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(run.status == 2, "\(run.stderr)")
            #expect(run.stderr.contains("gate: inconclusive") && run.stderr.contains("would probably decide"), "\(run.stderr)")
        }
    }

    @Test func `another run or a results file may be the baseline, and the command line may name the candidate`() async throws {
        try await Self.with(skip: (0, 3)) { folder in
            let first = try await Rung.run("test", "s", "--json", "before.json", in: folder, deadline: 300)
            #expect(first.status == 1, "\(first.stderr)")
            try folder.write("---\nformat: 1\nvariables: []\n---\nPlease skip 3 of  them.\n", to: "prompts/p/v3.md")
            let named = try await Rung.run("test", "s", "--baseline", "before.json", "--prompt", "p=v3", in: folder, deadline: 300)
            #expect(named.status == 0 && named.stderr.contains("nothing changed"), "\(named.stderr)")
            #expect(folder.lines("asked.log").suffix(60).allSatisfy { $0.hasPrefix("v3 ") })
            let gone = try await Rung.run("test", "s", "--baseline", "r-nobody", in: folder)
            #expect(gone.status == 3, "\(gone.stderr)")
        }
    }

    @Test func `an incomplete side never passes`() async throws {
        try await Self.with(skip: (20, 20)) { folder in
            try folder.write("c07v2", to: "broken")
            let run = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(run.status == 2, "\(run.stderr)")
            #expect(run.stderr.contains("1 trial of v2 came to no value"), "\(run.stderr)")
        }
    }

    @Test(arguments: [
        ("kind: efficacy", "kind: regression", "only suites of kind efficacy compare"),
        ("candidate: v2", "candidate: v9", "prompt \"p\" has no version \"v9\""),
        ("candidate: v2", "candidate: v1", "baseline and candidate are the same version"),
        ("prompt: p,", "prompt: q,", "unknown prompt \"q\""),
        ("concurrency: 8", "gate: { minimum-pass-rate: 0.9 }", "says nothing in an efficacy suite"),
        ("concurrency: 8", "prompts: { p: v1 }", "the suite compares v2 and uses v1"),
        ("margin: 0.05", "margin: 0.05, confidence: 1", "confidence lies between 0.5 and 0.9999"),
        ("margin: 0.05", "margin: -1", "margin"), ("boundary: live", "boundary: model", "cannot tell two prompts apart"),
    ]) func `what cannot be compared is told with its place`(_ old: String, _ new: String, _ message: String) async throws {
        try await Self.with(6, skip: (0, 0)) { folder in
            try folder.edit("suites/s.yaml", old, new)
            let wrong = try await Rung.run("test", "s", in: folder)
            #expect(wrong.status == 3, "\(wrong.stderr)")
            #expect(wrong.stderr.hasPrefix("suites/s.yaml:") && wrong.stderr.contains(message), "\(wrong.stderr)")
            #expect(!folder.has("asked.log"))
        }
    }
}
