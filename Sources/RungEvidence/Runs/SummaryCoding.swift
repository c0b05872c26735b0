import RungCore
import RungText

/// Summaries of runs as JSON, and back.
enum SummaryCoding {
    /// The record of a run's end.
    static func draft(_ summary: RunSummary) -> RecordDraft {
        var draft = RecordDraft(.runEnd)
        draft["run"] = .text(summary.header.id.rawValue)
        draft["status"] = .text(summary.status.word)
        if case .incomplete(let reason) = summary.status { draft["reason"] = .text(reason) }
        draft["finishedAt"] = .time(summary.finishedAt)
        draft["durationMs"] = .real(summary.durationMs)
        draft["gate"] = .json(json(summary.gate))
        draft["total"] = .json(json(summary.total))
        let suites = summary.suites.map { suite -> JSONValue in
            ["id": .string(suite.header.id.rawValue), "tally": json(suite.tally), "gate": json(suite.gate)]
        }
        draft["suites"] = .json(.array(suites))
        return draft
    }

    /// The summary that `draft` was made from; nil when a value makes no sense.
    static func summary(_ record: StoredRecord, of header: RunHeader) -> RunSummary? {
        guard let finishedAt = record["finishedAt"].time, let duration = record["durationMs"].real,
            let gate = node(record["gate"]).flatMap(gate), let total = node(record["total"]).flatMap(tally),
            let suites = node(record["suites"])?.array
        else { return nil }
        let status: RunStatus =
            record["status"].text == RunStatus.complete.word ? .complete : .incomplete(record["reason"].text ?? "")
        return RunSummary(
            header: header, status: status, finishedAt: finishedAt, durationMs: duration,
            suites: suites.compactMap { suite($0, of: header) }, total: total, gate: gate)
    }

    private static func suite(_ node: Node, of header: RunHeader) -> SuiteSummary? {
        guard let id = node["id"]?.string, let suite = header.suites.first(where: { $0.id.rawValue == id }),
            let tally = node["tally"].flatMap(tally), let gate = node["gate"].flatMap(gate)
        else { return nil }
        return SuiteSummary(header: suite, tally: tally, gate: gate)
    }

    private static func node(_ value: FieldValue) -> Node? { value.text.flatMap { try? JSONReader.read($0) } }

    // MARK: - Decisions

    private static func json(_ gate: GateDecision) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("decision", .string(gate.decision.rawValue)), .init("reasons", .array(gate.reasons.map { .string($0) })),
            .init("newlyFailing", .array(gate.newlyFailing.map(json))), .init("newlyPassing", .array(gate.newlyPassing.map(json))),
        ]
        if let comparison = gate.comparison { members.append(.init("comparison", comparison)) }
        return .object(members)
    }

    private static func gate(_ node: Node) -> GateDecision? {
        guard let decision = node["decision"]?.string.flatMap(GateDecision.Decision.init(rawValue:)) else { return nil }
        var gate = GateDecision(
            decision, node["reasons"]?.strings ?? [], newlyFailing: node["newlyFailing"]?.array?.compactMap(key) ?? [],
            newlyPassing: node["newlyPassing"]?.array?.compactMap(key) ?? [])
        gate.comparison = node["comparison"]?.json
        return gate
    }

    private static func json(_ key: CaseKey) -> JSONValue {
        [.string(key.suite.rawValue), .string(key.id.rawValue), .string(key.agent.rawValue)]
    }

    private static func key(_ node: Node) -> CaseKey? {
        let words = node.strings
        guard words.count == 3 else { return nil }
        return CaseKey(suite: SuiteID(words[0]), id: CaseID(words[1]), agent: AgentID(words[2]))
    }

    // MARK: - Tallies

    private static func json(_ tally: Tally) -> JSONValue {
        let verdicts = Verdict.allCases.map { JSONValue.Member($0.rawValue, .int(tally.verdicts[$0])) }
        return [
            "verdicts": .object(verdicts), "trials": .int(tally.trials), "erroredTrials": .int(tally.erroredTrials),
            "counted": .int(tally.counted), "passRate": tally.passRate.map(json) ?? .null,
            "passAtK": .array(tally.passAtK.map { .double($0) }), "passHatK": .array(tally.passHatK.map { .double($0) }),
            "inputTokens": tally.usage.inputTokens.map { .int($0) } ?? .null,
            "outputTokens": tally.usage.outputTokens.map { .int($0) } ?? .null,
            "cost": tally.usage.cost.map { .double($0) } ?? .null,
            "replayedTokens": tally.usage.replayedTokens.map { .int($0) } ?? .null, "unstable": .int(tally.unstable),
            "repeated": .int(tally.repeated), "retries": .int(tally.retries),
        ]
    }

    private static func tally(_ node: Node) -> Tally? {
        guard let verdicts = node["verdicts"], let trials = node["trials"]?.int else { return nil }
        var tally = Tally(trials: trials)
        for verdict in Verdict.allCases { tally.verdicts[verdict] = verdicts[verdict.rawValue]?.int ?? 0 }
        tally.erroredTrials = node["erroredTrials"]?.int ?? 0
        tally.counted = node["counted"]?.int ?? 0
        tally.passRate = node["passRate"].flatMap(passRate)
        tally.passAtK = node["passAtK"]?.array?.compactMap(\.double) ?? []
        tally.passHatK = node["passHatK"]?.array?.compactMap(\.double) ?? []
        tally.usage = Usage(
            inputTokens: node["inputTokens"]?.int, outputTokens: node["outputTokens"]?.int, cost: node["cost"]?.double)
        tally.usage.replayedTokens = node["replayedTokens"]?.int
        tally.unstable = node["unstable"]?.int ?? 0
        tally.repeated = node["repeated"]?.int ?? 0
        tally.retries = node["retries"]?.int ?? 0
        return tally
    }

    private static func json(_ rate: PassRate) -> JSONValue {
        [
            "estimate": .double(rate.estimate), "low": .double(rate.low), "high": .double(rate.high),
            "method": .string(rate.method), "n": .int(rate.n), "effectiveN": rate.effectiveN.map { .double($0) } ?? .null,
        ]
    }

    private static func passRate(_ node: Node) -> PassRate? {
        guard let estimate = node["estimate"]?.double, let low = node["low"]?.double, let high = node["high"]?.double,
            let method = node["method"]?.string, let n = node["n"]?.int
        else { return nil }
        return PassRate(estimate: estimate, low: low, high: high, method: method, n: n, effectiveN: node["effectiveN"]?.double)
    }
}
