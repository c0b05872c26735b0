internal import RungCore
internal import RungText

/// One task with its runs, sorted by trial.
struct TauBenchTask {
    var id: Int
    var userID: String
    var instruction: String
    /// Expected calls as the `tool-calls` grader takes them: `{name, arguments}`.
    var actions: [JSONValue]
    /// Where the first of its runs stands in the file.
    var position: SourcePosition
    var runs: [TauBenchRun]
}

/// One run of a task.
struct TauBenchRun {
    var trial: Int
    /// 0…1; 1 is success.
    var reward: Double
    var trajectory: TauBenchTrajectory
}

/// Which run a record is, known even when the rest of it is wrong.
struct TauBenchIdentity: Hashable {
    var task: Int
    var trial: Int
}

/// Reads the runs of a file and groups them by task.
struct TauBenchReader {
    let file: String
    private(set) var findings = ImportFindings()
    private var byTask: [Int: TauBenchTask] = [:]
    /// Where each run stands; also of runs that are wrong elsewhere.
    private var seen: [TauBenchIdentity: SourcePosition] = [:]
    /// Whether some run could not be told from others, so that counting trials says nothing.
    private var hasUnidentifiedRuns = false

    init(file: String) { self.file = file }

    /// Takes one run; what is wrong with it becomes diagnostics.
    mutating func read(_ node: Node, into diagnostics: inout Diagnostics) {
        guard let record = ForeignRecord(node, path: "", file: file, into: &diagnostics) else {
            hasUnidentifiedRuns = true
            return
        }
        let identity = identity(of: record, into: &diagnostics)
        let reward = record.required("reward", "a number", into: &diagnostics) { $0.double }
        let info = record.required("info", "an object with the task", into: &diagnostics) { $0.members == nil ? nil : $0 }
        let task = info.flatMap { self.task(in: $0, into: &diagnostics) }
        let messages = record.required("traj", "a list of messages", into: &diagnostics) { $0.array }
        let trajectory = messages.flatMap { messages in
            TauBenchTrajectory(messages, file: file, findings: &findings, into: &diagnostics)
        }
        record.noteUnknown(except: ["task_id", "trial", "reward", "info", "traj"], in: &findings)
        guard let identity, let reward, var task, let trajectory else { return }
        task.id = identity.task
        task.position = node.position
        add(TauBenchRun(trial: identity.trial, reward: reward, trajectory: trajectory), of: task, into: &diagnostics)
    }

    /// The tasks, sorted by id; throws every problem of the file.
    func tasks(after diagnostics: Diagnostics) throws -> [TauBenchTask] {
        var diagnostics = diagnostics
        if seen.isEmpty, diagnostics.isEmpty {
            diagnostics.append(Diagnostic(file, .start, "the file holds no runs", suggestion: "expected at least one run"))
        }
        if !hasUnidentifiedRuns { checkTrialCounts(into: &diagnostics) }
        try diagnostics.throwIfAny()
        return byTask.values.sorted { $0.id < $1.id }.map { task in
            var task = task
            task.runs.sort { $0.trial < $1.trial }
            return task
        }
    }

    // MARK: - Parts of a run

    private mutating func identity(of record: ForeignRecord, into diagnostics: inout Diagnostics) -> TauBenchIdentity? {
        func index(_ node: Node) -> Int? { node.int.flatMap { $0 >= 0 ? $0 : nil } }
        let task = record.required("task_id", "a whole number from 0", into: &diagnostics, index)
        let trial = record.required("trial", "a whole number from 0", into: &diagnostics, index)
        guard let task, let trial else {
            hasUnidentifiedRuns = true
            return nil
        }
        let identity = TauBenchIdentity(task: task, trial: trial)
        guard let first = seen[identity] else {
            seen[identity] = record.node.position
            return identity
        }
        diagnostics.append(
            Diagnostic(
                file, record.node["trial"]?.position, "task \(task) has a second trial \(trial)",
                suggestion: "the first one is at \(first); remove one of them"))
        return nil
    }

    private mutating func task(in info: Node, into diagnostics: inout Diagnostics) -> TauBenchTask? {
        guard let record = ForeignRecord(info, path: "info", file: file, into: &diagnostics) else { return nil }
        record.noteUnknown(except: ["task"], in: &findings)
        let node = record.required("task", "an object with the instruction", into: &diagnostics) { $0.members == nil ? nil : $0 }
        guard let node, let task = ForeignRecord(node, path: "info.task", file: file, into: &diagnostics) else { return nil }
        let userID = task.required("user_id", "text", into: &diagnostics) { $0.string }
        let instruction = task.required("instruction", "text", into: &diagnostics) { $0.string }
        let list = task.required("actions", "a list of calls", into: &diagnostics) { $0.array }
        let actions = list?.compactMap { action(in: $0, into: &diagnostics) }
        task.noteUnknown(except: ["user_id", "instruction", "actions"], in: &findings)
        guard let userID, let instruction, let actions, actions.count == list?.count else { return nil }
        return TauBenchTask(
            id: 0, userID: userID, instruction: instruction, actions: actions, position: node.position, runs: [])
    }

    private mutating func action(in node: Node, into diagnostics: inout Diagnostics) -> JSONValue? {
        guard let record = ForeignRecord(node, path: "info.task.actions[]", file: file, into: &diagnostics) else { return nil }
        let name = record.required("name", "text", into: &diagnostics) { $0.string }
        let arguments = record.required("kwargs", "an object", into: &diagnostics) { $0.members == nil ? nil : $0.json }
        record.noteUnknown(except: ["name", "kwargs"], in: &findings)
        guard let name, let arguments else { return nil }
        return ["name": .string(name), "arguments": arguments]
    }

    // MARK: - Runs against each other

    private mutating func add(_ run: TauBenchRun, of task: TauBenchTask, into diagnostics: inout Diagnostics) {
        let known = byTask[task.id] ?? task
        let isSame = known.userID == task.userID && known.instruction == task.instruction && known.actions == task.actions
        guard isSame else {
            diagnostics.append(
                Diagnostic(
                    file, task.position, "task \(task.id) differs from the task \(task.id) at \(known.position)",
                    suggestion: "user_id, instruction and actions are the same in all runs of a task"))
            return
        }
        byTask[task.id] = known
        byTask[task.id]?.runs.append(run)
    }

    /// Every task must have as many trials as most tasks have; of two counts equally common, as the larger.
    private func checkTrialCounts(into diagnostics: inout Diagnostics) {
        var trials: [Int: Set<Int>] = [:]
        var firsts: [Int: SourcePosition] = [:]
        for (identity, position) in seen {
            trials[identity.task, default: []].insert(identity.trial)
            firsts[identity.task] = min(position, firsts[identity.task] ?? position)
        }
        let frequency = trials.values.reduce(into: [Int: Int]()) { $0[$1.count, default: 0] += 1 }
        guard frequency.count > 1, let usual = frequency.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return }
        let all = trials.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
        for (task, own) in trials.sorted(by: { $0.key < $1.key }) where own.count != usual {
            let missing = all.subtracting(own).sorted().map(String.init).joined(separator: ", ")
            diagnostics.append(
                Diagnostic(
                    file, firsts[task], "task \(task) has \(ImportReport.counted(own.count, "trial")), other tasks have \(usual)",
                    suggestion: own.count < usual ? "missing: trial \(missing)" : "remove the trials that the others do not have"))
        }
    }
}
