import Foundation
import Testing

/// What `rung runs show --format json` says, as far as these tests look into it.
private struct ShownRun: Decodable {
    struct Stored: Decodable { var cases: Int, trials: Int }
    struct Case: Decodable { var id: String }
    var status: String
    var resumable: Bool
    var stored: Stored
    var cases: [Case]
}

/// What was known to be finished at one moment.
private struct Snapshot {
    /// Ids of trials.
    var finished: Set<String>
    /// How many trials had been begun until then.
    var begun: Int
}

/// Numbers that look random and are the same every time (SplitMix64).
private struct SeededMoments {
    var state: UInt64

    /// From 0 to `limit`.
    mutating func next(upTo limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit + 1))
    }
}

@Suite(.serialized) struct KilledRunTests {
    /// Notes the beginning and the end of each trial; the answer of one case is wrong, so that grades differ.
    static let agent =
        #"echo "$key" >>begun.log; end; [ $case = c17 ] && answer no || answer ok"#

    /// Three runs of 60 trials, each killed at four seeded moments: some trials after its start, and a while.
    @Test(arguments: [11, 12, 13] as [UInt64])
    func aKilledRunLosesNoFinishedTrialAndRepeatsNone(_ seed: UInt64) async throws {
        var moments = SeededMoments(state: seed)
        try await Folder.withBench(.init(agent: Self.agent, cases: 60, suite: "concurrency: 4\nseed: 3")) { folder in
            var resume: [String] = []
            var snapshots: [Snapshot] = []
            var stored = 0
            for _ in 1...4 {
                let target = folder.lines("ended.log").count + moments.next(upTo: 8) + 1
                try folder.allow(target)
                let run = try Program.start(
                    [Rung.path, "test"] + resume, in: folder.path, environment: [:], stdin: nil, deadline: 120)
                try await folder.waitForLines(target, in: "ended.log")
                try await Task.sleep(for: .milliseconds(moments.next(upTo: 40)))
                run.send(SIGKILL)
                let killed = try await run.wait()
                #expect(killed.status == 137)
                let begun = folder.lines("begun.log").count
                let shown = try await Self.show(folder)
                #expect(shown.resumable)
                #expect(shown.stored.trials >= stored)
                stored = shown.stored.trials
                snapshots.append(Snapshot(finished: Set(shown.cases.map { "\($0.id)#0" }), begun: begun))
                resume = ["--resume", "latest"]
            }
            try folder.allow(1_000)
            let begun = folder.lines("begun.log").count
            let ended = try await Program.run([Rung.path, "test", "--json", "resumed.json"] + resume, in: folder.path)
            #expect(ended.status == 1)
            let resumed = try folder.results("resumed.json")
            snapshots.append(Snapshot(finished: Self.kept(resumed), begun: begun))
            #expect(resumed.run.resumedTrials == stored)
            #expect(Self.kept(resumed).count == stored)
            let log = folder.lines("begun.log")
            for snapshot in snapshots { #expect(snapshot.finished.isDisjoint(with: log.dropFirst(snapshot.begun))) }
            #expect(Set(folder.lines("ended.log")).count == 60)
            #expect(try await Self.show(folder).status == "complete")

            try await Rung.run("test", "--json", "whole.json", in: folder)
            let whole = try folder.results("whole.json")
            #expect(whole.run.resumedTrials == 0)
            #expect(Self.essence(resumed) == Self.essence(whole))
        }
    }

    private static func show(_ folder: Folder) async throws -> ShownRun {
        let output = try await Rung.run("runs", "show", "latest", "--all", "--format", "json", in: folder)
        guard output.status == 0 else { throw Program.Failure(description: "runs show: \(output.stderr.prefix(300))") }
        return try JSONDecoder().decode(ShownRun.self, from: Data(output.stdout.utf8))
    }

    private static func kept(_ results: Results) -> Set<String> {
        Set(results.cases.flatMap { entry in entry.trials.filter(\.resumed).map { "\(entry.id)#\($0.index)" } })
    }

    /// Ids, verdicts, seeds and grades, in order.
    private static func essence(_ results: Results) -> [String] {
        results.cases.map { entry in
            let trials = entry.trials.map { "\($0.index) \($0.verdict) \($0.seed) \($0.grades)" }
            return "\(entry.id) \(entry.verdict) \(trials)"
        } + [results.gate.decision] + results.gate.reasons
    }
}
