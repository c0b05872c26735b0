import Foundation
import RungCore
import RungImport
import RungText
import Testing

/// Real recordings with known answers, read where they are: 27 airline tasks, four runs each.
@Suite(.enabled(if: TauBenchCorpus.file != nil, "set RUNG_CORPORA to the folder with tau-bench/ to test on real recordings"))
struct TauBenchCorpusTests {
    private func written() throws -> (report: ImportReport, scenarios: [Node], suite: Node) {
        let folder = try TemporaryFolder()
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        let file = try #require(TauBenchCorpus.file)
        let report = try importer.run(file: file, into: .folder(folder.path, overwrite: false))
        let lines = try folder.text("scenarios.jsonl").split(separator: "\n")
        return (report, try lines.map { try JSONReader.read(String($0)) }, try YAMLReader.read(folder.text("suite.yaml")))
    }

    @Test func `counts cases, trials, tool calls and runs with reused ids`() throws {
        let report = try written().report
        #expect(report.cases == 27)
        #expect(report.trials == 108)
        #expect(report.toolCalls == 655)
        #expect(report.reusedIDs == 30)
        #expect(report.agents == ["gpt-4o-airline"])
    }

    @Test func `lists what is not carried over`() throws {
        let findings = try written().report.findings
        #expect(
            findings.map { "\($0.key) \($0.count)" } == [
                "info.reward_info 105", "info.source 108", "info.task.actions 4", "info.task.outputs 8", "info.user_cost 105",
            ])
    }

    @Test func `every task keeps its four runs and their successes`() throws {
        let scenarios = try written().scenarios
        let successes = scenarios.map { scenario in
            scenario["recorded"]?.array?.count { $0["outcome"]?["reward"]?.double == 1 } ?? -1
        }
        #expect(
            scenarios.compactMap { $0["id"]?.string }
                == [
                    0, 1, 3, 9, 12, 13, 14, 16, 17, 18, 20, 21, 23, 25, 26, 29, 30, 31, 32, 33, 38, 40, 42, 44, 45, 47, 48,
                ].map { "task-\($0)" })
        #expect(successes == [0, 1, 0, 0, 4, 2, 0, 1, 1, 4, 4, 3, 0, 0, 2, 1, 2, 2, 0, 0, 4, 3, 4, 2, 2, 1, 4])
        #expect(scenarios.allSatisfy { $0["recorded"]?.array?.count == 4 })
    }

    @Test func `every message, call and result is there`() throws {
        let events = try written().scenarios.flatMap { $0["recorded"]?.array ?? [] }.flatMap { $0["events"]?.array ?? [] }
        var counts: [String: Int] = [:]
        for event in events { counts[event["role"]?.string ?? event["type"]?.string ?? "", default: 0] += 1 }
        #expect(counts == ["system": 108, "user": 832, "assistant": 772, "tool-call": 655, "tool-result": 655])
        #expect(events.count { $0["error"]?.bool == true } == 53)
    }

    @Test func `the suite asks for all four trials`() throws {
        let suite = try written().suite
        #expect(suite["trials"]?.int == 4)
        #expect(suite["require"]?.string == "all")
        #expect(suite["id"]?.string == "tau-bench-gpt-4o-airline")
    }
}

private enum TauBenchCorpus {
    /// The recordings, where the environment says so.
    static var file: String? {
        guard let root = ProcessInfo.processInfo.environment["RUNG_CORPORA"] else { return nil }
        let path = root + "/tau-bench/gpt-4o-airline.public.jsonl"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
