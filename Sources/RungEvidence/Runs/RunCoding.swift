import RungCore
import RungCrypto
import RungText

/// Headers of runs as JSON, and back.
enum RunCoding {
    /// The record of a run's start.
    static func draft(_ header: RunHeader) -> RecordDraft {
        var draft = RecordDraft(.runStart)
        draft["id"] = .text(header.id.rawValue)
        draft["startedAt"] = .time(header.startedAt)
        draft["seed"] = .integer(Int64(bitPattern: header.seed))
        draft["planDigest"] = .digest(header.planDigest)
        draft["suites"] = .json(.array(header.suites.map(json)))
        draft["cases"] = .integer(header.cases)
        draft["trials"] = .integer(header.trials)
        draft["resumedTrials"] = .integer(header.resumedTrials)
        draft["filter"] = .text(header.filter)
        draft["baseline"] = .text(header.baseline)
        return draft
    }

    /// The header that `draft` was made from; nil when a value makes no sense.
    static func header(_ record: StoredRecord) -> RunHeader? {
        guard let id = record["id"].text, let startedAt = record["startedAt"].time, let seed = record["seed"].integer,
            case .digest(let planDigest) = record["planDigest"], let suites = record["suites"].text.flatMap(suites),
            let cases = record["cases"].integer, let trials = record["trials"].integer
        else { return nil }
        return RunHeader(
            id: RunID(id), startedAt: startedAt, seed: UInt64(bitPattern: seed), planDigest: planDigest, suites: suites,
            cases: Int(cases), trials: Int(trials), resumedTrials: Int(record["resumedTrials"].integer ?? 0),
            filter: record["filter"].text, baseline: record["baseline"].text)
    }

    private static func suites(_ text: String) -> [SuiteHeader]? {
        guard let items = (try? JSONReader.read(text))?.array else { return nil }
        let suites = items.compactMap(suite)
        return suites.count == items.count ? suites : nil
    }

    // MARK: - Suites

    private static func json(_ suite: SuiteHeader) -> JSONValue {
        [
            "id": .string(suite.id.rawValue), "kind": .string(suite.kind.rawValue),
            "title": suite.title.map { .string($0) } ?? .null, "digest": .string(suite.digest.description),
            "gate": json(suite.gate), "requirement": .string(suite.requirement.description),
            "subjects": .array(suite.subjects.map(json)), "cases": .int(suite.cases),
            "cassettes": suite.cassettes.map(json) ?? .null,
        ]
    }

    private static func json(_ cassettes: SuiteCassettes) -> JSONValue {
        [
            "count": .int(cassettes.count), "oldestAt": cassettes.oldestAt.map { .string($0.description) } ?? .null,
            "stale": .int(cassettes.stale), "otherPrompt": .int(cassettes.otherPrompt),
        ]
    }

    private static func cassettes(_ node: Node) -> SuiteCassettes? {
        guard let count = node["count"]?.int else { return nil }
        return SuiteCassettes(
            count: count, oldestAt: node["oldestAt"]?.string.flatMap { Timestamp($0) }, stale: node["stale"]?.int ?? 0,
            otherPrompt: node["otherPrompt"]?.int ?? 0)
    }

    private static func suite(_ node: Node) -> SuiteHeader? {
        guard let id = node["id"]?.string, let kind = node["kind"]?.string.flatMap(Suite.Kind.init(rawValue:)),
            let digest = node["digest"]?.string.flatMap({ Digest($0) }), let gate = node["gate"].flatMap(gate),
            let requirement = node["requirement"]?.string.flatMap(requirement),
            let subjects = node["subjects"]?.array, let cases = node["cases"]?.int
        else { return nil }
        return SuiteHeader(
            id: SuiteID(id), kind: kind, title: node["title"]?.string, digest: digest, gate: gate, requirement: requirement,
            subjects: subjects.compactMap(subject), cases: cases, cassettes: node["cassettes"].flatMap(cassettes))
    }

    private static func json(_ subject: RunSubject) -> JSONValue {
        [
            "agent": .string(subject.agent.rawValue),
            "configuration": subject.configuration.map { .string($0.description) } ?? .null,
            "promptVersion": subject.promptVersion.map { .string($0.description) } ?? .null,
        ]
    }

    private static func subject(_ node: Node) -> RunSubject? {
        guard let agent = node["agent"]?.string else { return nil }
        return RunSubject(
            agent: AgentID(agent), promptVersion: node["promptVersion"]?.string.flatMap { Digest($0) },
            configuration: node["configuration"]?.string.flatMap { Digest($0) })
    }

    private static func json(_ gate: GatePolicy) -> JSONValue {
        [
            "critical": .array(gate.critical.map { .string($0.rawValue) }),
            "excluded": .array(gate.excluded.map { .string($0.rawValue) }),
            "minimumPassRate": .double(gate.minimumPassRate), "newlyFailing": .string(gate.newlyFailing.rawValue),
        ]
    }

    private static func gate(_ node: Node) -> GatePolicy? {
        guard let rate = node["minimumPassRate"]?.double, let critical = node["critical"]?.strings,
            let excluded = node["excluded"]?.strings,
            let newlyFailing = node["newlyFailing"]?.string.flatMap(GatePolicy.NewlyFailing.init(rawValue:))
        else { return nil }
        return GatePolicy(
            minimumPassRate: rate, critical: critical.map { CaseID($0) }, newlyFailing: newlyFailing,
            excluded: excluded.compactMap(Verdict.init(rawValue:)))
    }

    /// `all`, `any` or `2-of-k`.
    private static func requirement(_ text: String) -> TrialRequirement? {
        switch text {
        case "all": .all
        case "any": .any
        default: text.hasSuffix("-of-k") ? Int(text.dropLast(5)).map { .atLeast($0) } : nil
        }
    }
}
