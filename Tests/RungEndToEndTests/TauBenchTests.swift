import Foundation
import Testing

/// Recorded trajectories with known figures, where a copy lies on the machine.
private let corpus: String? = ProcessInfo.processInfo.environment["RUNG_CORPORA"].map { $0 + "/tau-bench" }

@Suite(.enabled(if: corpus != nil, "RUNG_CORPORA is not set")) struct TauBenchTests {
    @Test func importedTrajectoriesRunAsTheyAreAndGiveThePublishedFigures() async throws {
        let corpus = try #require(corpus)
        try await Folder.with { folder in
            let imported = try await Rung.run(
                "import", "tau-bench", corpus + "/gpt-4o-airline.public.jsonl", "--into", "airline", in: folder)
            #expect(imported.status == 0)
            #expect(imported.stderr.hasSuffix("next: rung test airline/suite.yaml\n"))
            #expect(folder.files == ["airline/scenarios.jsonl", "airline/suite.yaml"])

            let run = try await Rung.run("test", "airline/suite.yaml", "--json", "results.json", in: folder)
            #expect(run.status == 0)
            let results = try folder.results()
            #expect(results.run.cases == 27)
            #expect(results.run.trials == 108)
            let url = URL(fileURLWithPath: corpus + "/expected.public.json")
            let expected = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: url))
            #expect(results.run.passAtK.count == 4)
            #expect(results.run.passHatK.count == 4)
            for (index, (some, all)) in zip(results.run.passAtK, results.run.passHatK).enumerated() {
                #expect(abs(some - (expected["pass@\(index + 1)"] ?? .nan)) < 1e-9)
                #expect(abs(all - (expected["pass^\(index + 1)"] ?? .nan)) < 1e-9)
            }
            let passed = results.cases.flatMap(\.trials).count { $0.verdict == "passed" }
            #expect(Double(passed) == expected["successes"])
            for trial in results.cases.flatMap(\.trials) {
                #expect(trial.grades.contains { $0.kind == "tool-calls" && $0.role == "report" })
            }
            #expect(run.stderr.contains("0.4352 0.2963 0.2407 0.2222"))
            #expect(run.stderr.contains("0.4352 0.5741 0.6574 0.7037"))

            let again = try await Rung.run(
                "import", "tau-bench", corpus + "/gpt-4o-airline.public.jsonl", "--into", "airline", in: folder)
            #expect(again.status == 3)
        }
    }

    @Test func aRehearsalNeedsNoWorkspaceAndWritesNothing() async throws {
        let corpus = try #require(corpus)
        try await Folder.with { folder in
            let words = ["import", "tau-bench", corpus + "/gpt-4o-airline.public.jsonl", "--dry-run", "--format", "json"]
            let rehearsal = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(rehearsal.status == 0)
            let report = try #require(try JSONSerialization.jsonObject(with: Data(rehearsal.stdout.utf8)) as? [String: Any])
            #expect(report["cases"] as? Int == 27)
            #expect(report["trials"] as? Int == 108)
            #expect(report["reusedIds"] as? Int == 30)
            #expect(folder.files.isEmpty)
        }
    }
}
