public import RungCore
public import RungText

/// Which part of a run this machine is to make, and what the parts call their run, read from the variables of schedulers and
/// CI systems. A pure function of what it is given.
public struct ShardVariables {
    private let variable: (String) -> String?

    /// - Parameter variable: the value of an environment variable; nil when it is not set.
    public init(_ variable: @escaping (String) -> String?) { self.variable = variable }

    /// What the parts of one run share: `RUNG_RUN_KEY`, else the id that the CI system or scheduler gives the whole run; nil
    /// when there is none.
    ///
    /// The number of the attempt is not a part of it: when some of the parts are made again, the others keep the run together.
    public var runKey: String? {
        if let key = variable("RUNG_RUN_KEY") { return key }
        let names = [("github", "GITHUB_RUN_ID"), ("gitlab", "CI_PIPELINE_ID"), ("slurm", "SLURM_ARRAY_JOB_ID")]
        return names.lazy.compactMap { name, key in variable(key).map { "\(name):\($0)" } }.first
    }

    /// The part to make.
    ///
    /// - Parameter count: how many parts there are, when the user said it.
    /// - Throws: `InvalidInput` when no variable tells it, when several disagree, or when one makes no sense.
    public func slice(count: Int?) throws(InvalidInput) -> ShardSlice {
        let told = try number("RUNG_SHARDS")
        let count = count ?? told
        if let index = try number("RUNG_SHARD_INDEX") { return try slice("RUNG_SHARD_INDEX", index + 1, count) }
        var found: [(name: String, slice: ShardSlice)] = []
        if let slice = try slurm(count) { found.append(("SLURM_ARRAY_TASK_ID", slice)) }
        if let index = try number("JOB_COMPLETION_INDEX") {
            found.append(("JOB_COMPLETION_INDEX", try slice("JOB_COMPLETION_INDEX", index + 1, count)))
        }
        if let index = try number("CI_NODE_INDEX") {
            let total = try number("CI_NODE_TOTAL")
            found.append(("CI_NODE_INDEX", try slice("CI_NODE_INDEX", index, count ?? total)))
        }
        guard let first = found.first else {
            throw wrong(
                "no variable tells which shard this is",
                "give it as in --shard 3/16, or set RUNG_SHARD_INDEX (from 0) and RUNG_SHARDS")
        }
        guard found.allSatisfy({ $0.slice == first.slice }) else {
            let list = found.map { "\($0.name) says \($0.slice)" }.joined(separator: ", ")
            throw wrong("the variables disagree: \(list)", "give the shard as in --shard 3/16")
        }
        return first.slice
    }

    /// Array tasks need not begin at 0 nor be one apart.
    private func slurm(_ count: Int?) throws(InvalidInput) -> ShardSlice? {
        guard let task = try number("SLURM_ARRAY_TASK_ID") else { return nil }
        let first = try number("SLURM_ARRAY_TASK_MIN") ?? 0
        let step = max(1, try number("SLURM_ARRAY_TASK_STEP") ?? 1)
        let tasks = try number("SLURM_ARRAY_TASK_COUNT")
        let last = try number("SLURM_ARRAY_TASK_MAX") ?? (first + step * ((tasks ?? count ?? 1) - 1))
        let regular = (last - first) / step + 1
        guard (last - first) % step == 0, (task - first) % step == 0, tasks == nil || tasks == regular else {
            throw wrong(
                "the Slurm array has gaps: \(tasks ?? 0) tasks from \(first) to \(last)",
                "use an array without gaps, such as --array=1-16, or give the shard as in --shard 3/16")
        }
        guard count == nil || count == regular else {
            throw wrong("\(count ?? 0) shards were asked for, the Slurm array has \(regular) tasks", "leave --shards and RUNG_SHARDS out")
        }
        return try slice("SLURM_ARRAY_TASK_ID", (task - first) / step + 1, regular)
    }

    private func slice(_ name: String, _ index: Int, _ count: Int?) throws(InvalidInput) -> ShardSlice {
        guard let count else {
            throw wrong("\(name) says which shard this is, nothing says how many there are", "add --shards N or set RUNG_SHARDS")
        }
        guard let slice = ShardSlice(index: index, of: count) else {
            throw wrong("\(name) is \(variable(name) ?? ""), which is none of \(count) shards", "check the variable, or use --shard 3/16")
        }
        return slice
    }

    private func number(_ name: String) throws(InvalidInput) -> Int? {
        guard let text = variable(name) else { return nil }
        guard let number = Int(text), number >= 0, number <= 1_000_000 else {
            throw InvalidInput(name, nil, "must be a whole number from 0 to 1000000, found \"\(text)\"", suggestion: nil)
        }
        return number
    }

    private func wrong(_ message: String, _ suggestion: String) -> InvalidInput {
        InvalidInput("--shard auto", nil, message, suggestion: suggestion)
    }
}
