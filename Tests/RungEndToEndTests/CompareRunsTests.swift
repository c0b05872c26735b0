import Foundation
import Testing

/// `rung compare` over two runs of a suite.
@Suite struct CompareRunsTests {
    private func json(_ output: Output) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.stdout.utf8)) as? [String: Any])
    }

    /// Fails the cases whose names stand in `bad`.
    private static let agent = #"if grep -q "^$case$" bad; then answer no; else answer ok; fi"#

    @Test func `runs are compared from results files and from the evidence, with the same numbers`() async throws {
        try await Folder.withBench(.init(agent: Self.agent, cases: 60)) { folder in
            try folder.write("c07\n", to: "bad")
            let before = try await Rung.run("test", "s", "--json", "a.json", in: folder, deadline: 300)
            #expect(before.status == 1)
            try folder.write((1...60).filter { $0 % 3 == 0 }.map { Folder.name($0) + "\n" }.joined(), to: "bad")
            _ = try await Rung.run("test", "s", "--json", "b.json", in: folder, deadline: 300)
            let files = try await Rung.run("compare", "a.json", "b.json", "--slice", "parity", "--format", "json", in: folder)
            #expect(files.status == 1, "\(files.stderr)")
            let values = try json(files)
            #expect(values["decision"] as? String == "fail" && values["n"] as? Int == 60 && values["method"] as? String == "tango")
            #expect((values["mcnemar"] as? [String: Any])?["b"] as? Int == 20 && (values["mcnemar"] as? [String: Any])?["c"] as? Int == 1)
            #expect((values["slices"] as? [[String: Any]])?.count == 2)

            let runs = try folder.results("a.json").run.id
            let stored = try await Rung.run("compare", runs, "latest", "--format", "json", in: folder)
            #expect(stored.status == 1, "\(stored.stderr)")
            let same = try json(stored)
            for key in ["n", "estimate", "low", "high", "pValue"] { #expect("\(same[key] ?? 0)" == "\(values[key] ?? 1)", "\(key)") }

            let unchanged = try await Rung.run("compare", "a.json", "a.json", in: folder)
            #expect(unchanged.status == 0 && unchanged.stdout.hasPrefix("unchanged"), "\(unchanged.stdout)")
        }
    }

    @Test func `a scenario that changed is named, and a wrong name has a way out`() async throws {
        try await Folder.withBench(.init(cases: 20)) { folder in
            _ = try await Rung.run("test", "s", "--json", "a.json", in: folder, deadline: 300)
            try folder.edit("scenarios/s.jsonl", #""id":"c03","input":"say ok""#, #""id":"c03","input":"say ok!""#)
            _ = try await Rung.run("test", "s", "--json", "b.json", in: folder, deadline: 300)
            let output = try await Rung.run("compare", "a.json", "b.json", "--margin", "0.2", in: folder)
            #expect(output.stdout.contains("c03  changed in between"), "\(output.stdout)")
            for (words, expected) in [
                (["a.json", "b.json", "--slice", "party"], "a.json: error: no case has a slice \"party\"\n  did you mean \"parity\"?"),
                (["a.json", "b.json", "--grade", "equls"], "a.json: error: no grader is called \"equls\""),
                (["gone.json", "b.json"], "gone.json"), (["a.json", "nobody"], "there is no run \"nobody\""),
                (["a.json", "latest", "--cluster", "parity"], "do not tell the slices"), (["suites/s.yaml", "b.json"], "not valid JSON"),
            ] {
                let wrong = try await Program.run([Rung.path, "compare"] + words, in: folder.path)
                #expect(wrong.status == 3, "\(words): \(wrong.stderr)")
                #expect(wrong.stderr.contains(expected), "\(words): \(wrong.stderr)")
            }
            for words in [["a.json"], ["a.json", "b.json", "--csv", "x", "y"], ["--csv", "x", "y", "--grade", "g"], []] {
                let wrong = try await Program.run([Rung.path, "compare"] + words, in: folder.path)
                #expect(wrong.status == 64, "\(words): \(wrong.stderr)")
            }
        }
    }
}
