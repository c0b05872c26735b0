public import RungCore
import RungCrypto
import RungText

extension ResultsFile {
    /// Reads a results file as one side of a comparison; memory grows only with the trials.
    ///
    /// - Throws: `InvalidInput` with position and way out when it is not JSON, no results file, of another version, or has a case twice.
    public static func values(path: String, compared: ComparedValue) throws -> RunValues {
        var reading = ValuesReading(path: path, compared: compared)
        try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"]) { try reading.take($0) }
        return try reading.finish()
    }
}

/// The cases found so far.
private struct ValuesReading {
    private let path: String
    private let compared: ComparedValue
    private var run: RunValues
    private var suite: String?
    private var hasVersion = false
    private var seen: [CaseKey: SourcePosition] = [:]
    /// Names of graders, for a name that none of them has.
    private var graders: Set<String> = []
    private var isGradeKnown = false

    init(path: String, compared: ComparedValue) {
        self.path = path
        self.compared = compared
        run = RunValues(name: path)
    }

    mutating func take(_ item: JSONDocumentScanner.Item) throws {
        switch item {
        case .member("formatVersion", _, let value):
            hasVersion = true
            guard value.int == ResultsFile.formatVersion else {
                throw InvalidInput(
                    path, value.position, "results file of another format version; this version of rung reads \(ResultsFile.formatVersion)",
                    suggestion: "make the run again with this version of rung")
            }
        case .member("run", _, let value):
            suite = value["suite"]?.string
            if let shard = value["shard"], shard.members != nil {
                throw InvalidInput(
                    path, shard.position, "the file is of a shard of a run, which leaves most cases uncompared",
                    suggestion: "merge the shards with `rung merge` and compare the merged run")
            }
            run.filter = value["filter"]?.string
            if let status = value["status"]?.string, status != "complete" {
                run.gap = "\(path) is of a run that is \(status): \(value["statusReason"]?.string ?? "not every case was tried")"
            }
        case .member: break
        case .element(_, _, let value): try add(value)
        }
    }

    func finish() throws -> RunValues {
        guard hasVersion else {
            throw InvalidInput(
                path, .start, "not a results file: it has no \"formatVersion\"",
                suggestion: "give a file that `rung test --json PATH` wrote, or the id of a run")
        }
        if case .grade(let name) = compared, !isGradeKnown, !run.cases.isEmpty {
            throw InvalidInput(
                path, nil, "no grader is called \"\(name)\"", suggestion: NearestWord.suggestion(for: name, among: graders.sorted()))
        }
        return run
    }

    private mutating func add(_ value: Node) throws {
        guard let id = value["id"]?.string, let agent = value["agent"]?.string, let suite = value["suite"]?.string ?? suite,
            let verdict = value["verdict"]?.string.flatMap(Verdict.init), let trials = value["trials"]?.array
        else {
            throw InvalidInput(
                path, value.position, "not a results file: a case lacks id, agent, verdict or trials",
                suggestion: "give a file that `rung test --json PATH` wrote")
        }
        let key = CaseKey(suite: SuiteID(suite), id: CaseID(id), agent: AgentID(agent))
        if let first = seen.updateValue(value.position, forKey: key) {
            throw InvalidInput(
                path, value.position, "case \(id) of \(agent) stands here twice, first at \(first)",
                suggestion: "compare runs that try each case with one prompt version")
        }
        let compared = compared
        let taken = trials.filter { trial in
            guard let verdict = trial["verdict"]?.string.flatMap(Verdict.init) else { return true }
            return compared.takes(verdict) { name in trial["grades"]?.array?.contains { $0["name"]?.string == name } ?? false }
        }
        for trial in trials { note(trial) }
        var slices: [String: String] = [:]
        for member in value["slices"]?.members ?? [] { slices[member.key] = member.value.string }
        run.cases.append(
            RunValues.Case(
                key: key, verdict: verdict, digest: value["digest"]?.string.flatMap { Digest($0) },
                isCritical: value["critical"]?.bool ?? false, slices: slices,
                trials: try taken.enumerated().map { try trial($0.element, $0.offset) }))
    }

    /// Remembers what graders are called.
    private mutating func note(_ trial: Node) {
        guard case .grade(let wanted) = compared, !isGradeKnown else { return }
        for grade in trial["grades"]?.array ?? [] { if let name = grade["name"]?.string { graders.insert(name) } }
        isGradeKnown = graders.contains(wanted)
    }

    private func trial(_ node: Node, _ offset: Int) throws -> TrialValue {
        guard let verdict = node["verdict"]?.string.flatMap(Verdict.init) else {
            throw InvalidInput(path, node.position, "not a results file: a trial has no verdict")
        }
        var grades: [String: (verdict: Verdict?, score: Double?)] = [:]
        if case .grade(let wanted) = compared {
            for grade in node["grades"]?.array ?? [] {
                guard let name = grade["name"]?.string else { continue }
                guard name == wanted else { continue }
                grades[name] = (grade["verdict"]?.string.flatMap(Verdict.init), grade["value"]?.double)
            }
        }
        return TrialValue(
            trial: String(node["index"]?.int ?? offset), value: compared.value(of: verdict) { grades[$0] },
            digest: node["transcriptDigest"]?.string)
    }
}
