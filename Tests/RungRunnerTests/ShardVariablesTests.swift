import RungCore
import RungText
import Testing

@testable import RungRunner

@Suite("Reading the shard from the environment")
struct ShardVariablesTests {
    static let readable: [(variables: [String: String], count: Int?, slice: String)] = [
        (["RUNG_SHARD_INDEX": "0", "RUNG_SHARDS": "4"], nil, "1/4"),
        (["RUNG_SHARD_INDEX": "3"], 4, "4/4"),
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5"], nil, "2/5"),
        (["JOB_COMPLETION_INDEX": "0", "RUNG_SHARDS": "16"], nil, "1/16"),
        (["JOB_COMPLETION_INDEX": "15"], 16, "16/16"),
        (Self.slurm(7, "1", "16", "16", "1"), nil, "7/16"),
        (Self.slurm(0, "0", "9", "10", "1"), nil, "1/10"),
        (Self.slurm(10, "4", "16", "7", "2"), nil, "4/7"),
        (Self.slurm(3, "3", "3", "1", "1"), 1, "1/1"),
        // What the workflow sets goes before what a scheduler sets.
        (["RUNG_SHARD_INDEX": "1", "RUNG_SHARDS": "2", "CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "9"], nil, "2/2"),
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3", "JOB_COMPLETION_INDEX": "1"], 3, "2/3"),
    ]

    static func slurm(_ task: Int, _ first: String, _ last: String, _ count: String, _ step: String) -> [String: String] {
        [
            "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": first, "SLURM_ARRAY_TASK_MAX": last,
            "SLURM_ARRAY_TASK_COUNT": count, "SLURM_ARRAY_TASK_STEP": step,
        ]
    }

    @Test("every system's variables are read as it means them", arguments: readable)
    func read(row: (variables: [String: String], count: Int?, slice: String)) throws {
        #expect(try ShardVariables { row.variables[$0] }.slice(count: row.count).description == row.slice)
    }

    static let wrong: [(variables: [String: String], count: Int?, message: String)] = [
        ([:], 4, "--shard auto: error: no variable tells which shard this is"),
        (["RUNG_SHARD_INDEX": "4", "RUNG_SHARDS": "4"], nil, "--shard auto: error: RUNG_SHARD_INDEX is 4, which is none of 4 shards"),
        (["RUNG_SHARD_INDEX": "one"], 4, "RUNG_SHARD_INDEX: error: must be a whole number from 0 to 1000000, found \"one\""),
        (
            ["JOB_COMPLETION_INDEX": "4"], nil,
            "--shard auto: error: JOB_COMPLETION_INDEX says which shard this is, nothing says how many there are"
        ),
        (slurm(7, "1", "7", "3", "1"), nil, "--shard auto: error: the Slurm array has gaps: 3 tasks from 1 to 7"),
        (slurm(2, "1", "4", "4", "1"), 8, "--shard auto: error: 8 shards were asked for, the Slurm array has 4 tasks"),
        (
            ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4", "JOB_COMPLETION_INDEX": "2", "RUNG_SHARDS": "4"], nil,
            "--shard auto: error: the variables disagree: JOB_COMPLETION_INDEX says 3/4, CI_NODE_INDEX says 2/4"
        ),
    ]

    @Test("what cannot be understood is refused with a way out", arguments: wrong)
    func refuse(row: (variables: [String: String], count: Int?, message: String)) throws {
        let error = try #require(throws: InvalidInput.self) { try ShardVariables { row.variables[$0] }.slice(count: row.count) }
        #expect(error.description.hasPrefix(row.message))
    }

    @Test("the run key is that of the whole run, not of one attempt at it")
    func runKey() {
        func key(_ variables: [String: String]) -> String? { ShardVariables { variables[$0] }.runKey }
        #expect(key([:]) == nil)
        #expect(key(["GITHUB_RUN_ID": "77", "GITHUB_RUN_ATTEMPT": "2"]) == "github:77")
        #expect(key(["CI_PIPELINE_ID": "5"]) == "gitlab:5")
        #expect(key(["SLURM_ARRAY_JOB_ID": "9", "SLURM_JOB_ID": "12"]) == "slurm:9")
        #expect(key(["RUNG_RUN_KEY": "mine", "GITHUB_RUN_ID": "77"]) == "mine")
    }
}
