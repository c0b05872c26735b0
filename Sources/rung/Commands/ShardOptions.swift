import ArgumentParser
import RungCore
import RungRunner

/// Which part of the plan is made here.
struct ShardOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make only this part of the cases, such as 3/16; auto reads it from Slurm, Kubernetes, GitLab or RUNG_SHARD_INDEX.",
            valueName: "part|auto"))
    var shard: String?

    @Option(help: ArgumentHelp("How many parts there are, for --shard auto where no variable tells it.", valueName: "n"))
    var shards: Int?

    @Option(help: ArgumentHelp("What the parts of one run share; default the id of the CI run.", valueName: "key"))
    var runKey: String?

    func validate() throws {
        if shard == nil {
            if shards != nil { throw ValidationError("--shards needs --shard auto") }
            if runKey != nil { throw ValidationError("--run-key needs --shard") }
        }
        if let shards, !(1...ShardSlice.countLimit).contains(shards) {
            throw ValidationError("--shards must be from 1 to \(ShardSlice.countLimit)")
        }
        if let runKey, runKey.isEmpty || runKey.utf8.count > 200 { throw ValidationError("--run-key must have 1 to 200 bytes") }
        if let shard, shard != "auto" {
            _ = try Self.slice(shard)
            if shards != nil { throw ValidationError("--shards is for --shard auto; \(shard) says how many there are") }
        }
    }

    /// The part; nil for the whole run.
    func choice() throws -> ShardChoice? {
        guard let shard else { return nil }
        let variables = ShardVariables(Terminal.environment)
        let slice = try shard == "auto" ? variables.slice(count: shards) : Self.slice(shard)
        return ShardChoice(slice: slice, runKey: runKey ?? variables.runKey)
    }

    private static func slice(_ text: String) throws -> ShardSlice {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], let slice = ShardSlice(index: index, of: count) else {
            throw ValidationError(
                "--shard must be a part such as 3/16, from 1/n to n/n with at most \(ShardSlice.countLimit) parts, or auto; "
                    + "found \"\(text)\"")
        }
        return slice
    }
}

/// The part of the plan that is made here, and what the parts call their run.
struct ShardChoice: Sendable {
    var slice: ShardSlice
    /// Nil where nothing names the run; the digest of the plan does then.
    var runKey: String?
}
