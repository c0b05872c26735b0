import Foundation
import Testing

/// What `rung merge --format json` says, as far as these tests look into it.
struct MergeResult: Decodable {
    struct Bundle: Decodable { var entries: Int, knownEntries: Int }
    struct Run: Decodable { var id: String, known: Bool, mergedFrom: [String], gate: Gate }
    struct Gate: Decodable { var decision: String, reasons: [String] }
    var bundles: [Bundle]
    var run: Run?
    var missing: [String]
}

extension Folder {
    /// Makes all shards of a run at once, each a process with an evidence file of its own, and their bundles.
    func makeShards(_ count: Int, key: String = "ci-7", only: Set<Int>? = nil, options: [String] = [], status: Int32 = 0) async throws {
        let wanted = (1...count).filter { only?.contains($0) ?? true }
        let runs = try wanted.map { index in
            try Program.start(
                [Rung.path, "test", "--shard", "\(index)/\(count)", "--run-key", key, "--evidence", "s\(index).db"] + options,
                in: path, environment: [:], stdin: nil, deadline: 300)
        }
        for run in runs {
            let output = try await run.wait()
            #expect(output.status == status)
            #expect(output.stderr.contains("gate decided when the shards are merged"))
        }
        for index in wanted { try await exportShard(index) }
    }

    /// Writes the bundle of a shard anew.
    func exportShard(_ index: Int) async throws {
        try? FileManager.default.removeItem(atPath: "\(path)/s\(index).rungbundle")
        let output = try await Rung.run("export", "bundle", "--evidence", "s\(index).db", "--out", "s\(index).rungbundle", in: self)
        #expect(output.status == 0, "\(output.stderr)")
    }

    /// Merges bundles into `hub.db`.
    func merge(_ bundles: [String], _ options: [String] = [], environment: [String: String] = [:]) async throws -> Output {
        try await Program.run(
            [Rung.path, "merge", "--into", "hub.db"] + bundles + options, in: path, environment: environment, stdin: nil, deadline: 300)
    }

    /// `s1.rungbundle` and so on.
    static func bundles(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "s\($0).rungbundle" } }
}

@Suite(.serialized) struct ShardTests {
    /// Every seventh case answers wrongly; the second trial of every fifth does.
    static let agent = #"case $key in c07#*|c14#*|c10#1) answer no;; *) answer ok;; esac"#
    static let suite = "concurrency: 2\nseed: 3\ntrials: 2\nrequire: any\ngate:\n  minimum-pass-rate: 0.9\n"

    @Test func fourShardsAtOnceMakeTogetherTheRunThatOneProcessMakes() async throws {
        try await Folder.withBench(.init(agent: Self.agent, cases: 22, suite: Self.suite)) { folder in
            let whole = try await Rung.run("test", "--json", "whole.json", "--junit", "whole.xml", in: folder)
            try await folder.makeShards(4)
            let merged = try await folder.merge(
                Folder.bundles(1...4), ["--json", "merged.json", "--junit", "merged.xml", "--markdown", "merged.md"])
            #expect(merged.status == whole.status)
            #expect(Masked.text(try folder.read("merged.json")) == Masked.text(try folder.read("whole.json")))
            #expect(Self.masked(try folder.read("merged.xml")) == Self.masked(try folder.read("whole.xml")))
            #expect(try folder.read("merged.md").hasPrefix("## Gate"))
            let results = try folder.results("merged.json")
            #expect(results.run.cases == 22 && results.run.trials == 44)
            // The run is in the evidence, and a baseline like any other.
            let shown = try await Rung.run("runs", "show", "latest", "--evidence", "hub.db", in: folder)
            #expect(shown.stdout.contains("trials     44 of 44"))
            let again = try await Rung.run("test", "--baseline", "merged.json", in: folder)
            #expect(again.status == whole.status)
        }
    }

    /// Times in JUnit are masked too.
    private static func masked(_ xml: String) -> String {
        var text = Masked.text(xml)
        for pattern in [#" time="[^"]*""#, #" timestamp="[^"]*""#, #"name="run.seconds" value="[^"]*""#] {
            text = text.replacingOccurrences(of: pattern, with: " TIME", options: .regularExpression)
        }
        return text
    }

    @Test func whileShardsAreMissingThereIsNoRunAndTheStatusIsTwo() async throws {
        try await Folder.withBench(.init(cases: 9)) { folder in
            try await folder.makeShards(3, only: [1, 3])
            let early = try await folder.merge(["s1.rungbundle", "s3.rungbundle"], ["--json", "r.json"])
            #expect(early.status == 2)
            #expect(early.stderr.contains("run ci-7 is not whole:\n  - shard 2/3 is missing"))
            #expect(!folder.has("r.json"))
            try await folder.makeShards(3, only: [2])
            let late = try await folder.merge(["s2.rungbundle"], ["--json", "r.json"])
            #expect(late.status == 0)
            #expect(try folder.results("r.json").run.cases == 9)
        }
    }

    @Test func mergingTwiceAddsNothingAndTellsTheSame() async throws {
        try await Folder.withBench(.init(agent: Self.agent, cases: 12, suite: Self.suite)) { folder in
            try await folder.makeShards(2)
            let first = try await folder.merge(Folder.bundles(1...2), ["--json", "first.json"])
            let rows = try await folder.storedRows("hub.db")
            let second = try await folder.merge(Folder.bundles(1...2), ["--json", "second.json", "--format", "json"])
            #expect(first.status == second.status)
            #expect(try folder.read("first.json") == folder.read("second.json"))
            #expect(try await folder.storedRows("hub.db") == rows)
            let result = try JSONDecoder().decode(MergeResult.self, from: Data(second.stdout.utf8))
            #expect(result.bundles.allSatisfy { $0.entries == 0 && $0.knownEntries > 0 })
            #expect(result.run?.known == true)
            #expect(result.run?.mergedFrom.count == 2)
        }
    }

    @Test func aShardThatWasMadeAgainCountsLastAndIsTold() async throws {
        let agent = #"[ -e good ] && answer ok || answer no"#
        try await Folder.withBench(.init(agent: agent, cases: 6)) { folder in
            try await folder.makeShards(2)
            #expect(try await folder.merge(Folder.bundles(1...2)).status == 1)
            try folder.write("", to: "good")
            try await folder.makeShards(2)
            let merged = try await folder.merge(Folder.bundles(1...2), ["--json", "r.json"])
            #expect(merged.status == 0)
            let reasons = try folder.results("r.json").gate.reasons
            #expect(reasons.contains { $0.hasPrefix("shard 1/2 was made 2 times: r-") && $0.contains("passed 0 of 3 cases") })
        }
    }

    @Test func onlyTheMergedRunCanPassTheGate() async throws {
        try await Folder.withBench(.init(cases: 4)) { folder in
            try await folder.makeShards(2, options: ["--json", "part.json"])
            let part = try folder.results("part.json")
            #expect(part.gate.decision == "inconclusive")
            #expect(part.gate.reasons == ["decided when the shards are merged"])
            #expect(try await folder.merge(Folder.bundles(1...2)).status == 0)
            let runs = try await folder.rows("SELECT suite_id, passed, trials FROM runs", in: "hub.db")
            #expect(runs == "s|1|4")
            #expect(try await folder.rows("SELECT COUNT(*) FROM runs", in: "s1.db") == "0")
            let baseline = try await Rung.run("test", "--evidence", "s1.db", "--baseline", "latest", in: folder)
            #expect(baseline.status == 3)
            #expect(baseline.stderr.contains("is shard 1/2 of a run and cannot be a baseline"))
        }
    }

    @Test func anAgentThatIsGoneMakesTheShardAnInfrastructureFailure() async throws {
        try await Folder.withBench(.init(agent: "exit 3", cases: 4)) { folder in
            let output = try await Rung.run("test", "--shard", "1/2", in: folder)
            #expect(output.status == 4)
        }
    }

    @Test func anInterruptedShardIsResumedAndThenCounts() async throws {
        try await Folder.withBench(.init(agent: "end; answer ok", cases: 8, suite: "concurrency: 1")) { folder in
            try folder.allow(2)
            let run = try Rung.start("test", "--shard", "1/2", "--run-key", "k", "--evidence", "s1.db", in: folder)
            try await folder.waitForLines(2, in: "ended.log")
            run.send(SIGINT)
            try folder.allow(1_000)
            #expect(try await run.wait().status == 2)
            try await folder.exportShard(1)
            #expect(try await folder.merge(["s1.rungbundle"]).stderr.contains("shard 1/2 is incomplete: "))
            let other = try await Rung.run(
                "test", "--shard", "2/2", "--run-key", "k", "--evidence", "s1.db", "--resume", "latest", in: folder)
            #expect(other.status == 3)
            let resumed = try await Rung.run(
                "test", "--shard", "1/2", "--run-key", "k", "--evidence", "s1.db", "--resume", "latest", in: folder)
            #expect(resumed.status == 0)
            try await folder.makeShards(2, key: "k", only: [2])
            try await folder.exportShard(1)
            let merged = try await folder.merge(Folder.bundles(1...2), ["--json", "r.json"])
            #expect(merged.status == 0)
            #expect(try folder.results("r.json").run.trials == 8)
        }
    }

    @Test func theShardIsReadFromTheVariablesOfSchedulers() async throws {
        try await Folder.withBench(.init(cases: 6)) { folder in
            let slurm = [
                "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "5", "SLURM_ARRAY_TASK_STEP": "2",
                "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_JOB_ID": "99",
            ]
            let output = try await Rung.run("test", "--shard", "auto", in: folder, environment: slurm)
            #expect(output.status == 0)
            #expect(output.stderr.contains("shard 3/3"))
            let shown = try await Rung.run("runs", "show", "latest", in: folder)
            #expect(shown.stdout.contains("shard      3/3 of run slurm:99"))
            let none = try await Rung.run("test", "--shard", "auto", in: folder)
            #expect(none.status == 3)
            #expect(none.stderr.contains("--shard auto: error: no variable tells which shard this is"))
        }
    }

    @Test(arguments: [
        (["test", "--shard", "0/4"], "Error: --shard must be a part such as 3/16"),
        (["test", "--shard", "5/4"], "Error: --shard must be a part such as 3/16"),
        (["test", "--shard", "1/4", "--shards", "4"], "Error: --shards is for --shard auto; 1/4 says how many there are"),
        (["test", "--shards", "4"], "Error: --shards needs --shard auto"),
        (["test", "--shard", "1/4", "--baseline", "x"], "Error: --baseline belongs to `rung merge`"),
        (["export", "bundle", "--out", "x.txt"], "Error: --out must end in .rungbundle or .db"),
    ])
    func wrongUsageIsTold(arguments: [String], message: String) async throws {
        try await Folder.with { folder in
            let output = try await Program.run([Rung.path] + arguments, in: folder.path)
            #expect(output.status == 64)
            #expect(output.stderr.hasPrefix(message))
        }
    }
}
