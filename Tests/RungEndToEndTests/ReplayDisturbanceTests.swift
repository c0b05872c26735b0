import Foundation
import Testing

/// Clients that leave in the middle, read slowly, send 10 MiB, hold a thousand connections or write garbage: nobody else notices.
@Suite(
    .serialized, .enabled(if: DisturbanceScripts.canOpenThousands, "the hard limit of open files is below 4096"),
    .enabled(if: Python.isThere, "Python is not installed"))
struct ReplayDisturbanceTests {
    private static func writeCassettes(_ paths: [String], in folder: Folder) async throws {
        let output = try await Program.run(
            ["/usr/bin/env", "python3", "-c", DisturbanceScripts.cassettes] + paths, in: folder.path, deadline: 300)
        #expect(output.status == 0, "\(output.stderr)")
    }

    @Test func `trials of a suite never notice what others do to the server`() async throws {
        let cases = DisturbanceScripts.cases
        let bench = Folder.Bench(
            suite: "boundary: model\nconcurrency: \(cases.count)\ntimeout: 20m", command: "[python3, agent.py]")
        try await Folder.withBench(bench) { folder in
            try folder.write(DisturbanceScripts.agent, to: "agent.py")
            let lines = cases.map { #"{"id":"\#($0)","input":"x","graders":[{"kind":"equals","value":"fine"}]}"# + "\n" }
            try folder.write(lines.joined(), to: "scenarios/s.jsonl")
            try await Self.writeCassettes(cases.map { "cassettes/s/a/\($0).jsonl" }, in: folder)
            let run = try await Rung.run(
                "test", "s", in: folder, environment: ["RUNG_AGENT_LOG": "1"], deadline: 1_500)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(run.stderr.contains("passed \(cases.count)"), "\(run.stderr)")
        }
    }

    @Test func `a server of its own answers all others, and finds nothing to complain of`() async throws {
        try await Folder.with { folder in
            try await Self.writeCassettes(["crowd.jsonl"], in: folder)
            let replay = try await Replay.start("crowd.jsonl", "--repeat", in: folder)
            let crowd = try await Program.run(
                ["/usr/bin/env", "python3", "-c", DisturbanceScripts.crowd], in: folder.path, environment: replay.environment, deadline: 900
            )
            #expect(crowd.status == 0 && crowd.stdout == "fine\n", "\(crowd.stdout) \(crowd.stderr)")
            let stop = try await replay.stop()
            #expect(stop.status == 0, "\(stop.report)")
            #expect(stop.report["answered"] as? Int == 800 + 3 + 1 + 1)
            #expect((stop.report["findings"] as? [Any])?.isEmpty == true)
            #expect((stop.report["unused"] as? [Any])?.isEmpty == true)
        }
    }
}
