import Foundation
import Testing

@Suite(.serialized) struct DemoTests {
    @Test(.enabled(if: Repository.has("scripts/demo.sh") && Repository.has("fixtures/sample"), "the demo is not there"))
    func theDemoTellsItsStoryAndSaysWhereEverythingLies() async throws {
        try await Folder.with { folder in
            for name in ["fixtures/sample", "scripts/demo.sh"] {
                let target = "\(folder.path)/\(name)"
                try FileManager.default.createDirectory(
                    atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: "\(Repository.root)/\(name)", toPath: target)
            }
            let demo = try await Program.run(["/bin/bash", "scripts/demo.sh", Rung.path], in: folder.path)
            #expect(demo.status == 0)
            #expect(demo.stderr.contains("gate: fail"))
            #expect(demo.stderr.contains("variance-explainer-v2: fail"))
            #expect(demo.stdout.contains("Where everything lies, below "))
            for name in ["junit.xml", "summary.md", "results.json", "assessment.md", "assessment.json", ".rung/evidence.db"] {
                #expect(demo.stdout.contains("  \(name) "))
                #expect(folder.has("demo/\(name)"))
            }
            #expect(demo.stdout.contains(": stage "))
            let results = try folder.results("demo/results.json")
            let red = Set(results.cases.filter { $0.verdict == "failed" || $0.verdict == "errored" }.map(\.agent))
            #expect(red == ["variance-explainer"])
            #expect(results.gate.decision == "fail")
            #expect(results.run.status == "complete")
        }
    }
}
