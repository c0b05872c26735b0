import RungCore
import RungCrypto
import RungText

/// Writes the pieces of a results file; keys come in the order of `ResultsFile.shape`.
enum ResultsWriter {
    /// Everything before the first case: run, gate, and the suites when there are several.
    static func head(of summary: RunSummary, _ counts: [SuiteID: VerdictCounts]) -> [UInt8] {
        var head = "{\"formatVersion\":\(ResultsFile.formatVersion),\n"
        head += "\"run\":" + text { write(summary, summary.header, counts, into: &$0) } + ",\n"
        head += "\"gate\":" + text { write(summary.gate, into: &$0) } + ",\n"
        if summary.header.suites.count > 1 {
            let suites = summary.suites.map { suite in
                text { write(suite, counts[suite.header.id] ?? VerdictCounts(), into: &$0) }
            }
            head += "\"suites\":[\n" + suites.joined(separator: ",\n") + "\n],\n"
        }
        return Array((head + "\"cases\":[").utf8)
    }

    private static func text(_ write: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        write(&json)
        return json.text
    }

    /// One case on one line.
    static func write(_ result: CaseResult, into json: inout JSONText) {
        json.beginObject()
        json.member("id", result.id.rawValue)
        json.member("suite", result.suite.rawValue)
        json.member("agent", result.subject.agent.rawValue)
        json.member("promptVersion", result.subject.promptVersion?.description)
        json.member("configuration", result.subject.configuration?.description)
        json.member("verdict", result.verdict.rawValue)
        if let title = result.title { json.member("title", title) }
        if let note = result.note { json.member("note", note) }
        json.key("critical")
        json.bool(result.isCritical)
        if !result.slices.isEmpty {
            json.key("slices")
            json.beginObject()
            for slice in result.slices.sorted(by: { $0.key < $1.key }) {
                json.key(slice.key)
                json.string(slice.value)
            }
            json.endObject()
        }
        if let intent = result.intent { json.member("intent", intent) }
        json.member("digest", result.digest.description)
        json.member("file", result.location.file)
        json.member("line", result.location.line)
        json.key("trials")
        json.beginArray()
        for trial in result.trials { write(trial, into: &json) }
        json.endArray()
        json.endObject()
    }

    private static func write(_ trial: TrialResult, into json: inout JSONText) {
        json.beginObject()
        json.member("index", trial.index)
        json.member("verdict", trial.verdict.rawValue)
        json.key("grades")
        json.beginArray()
        for grade in trial.grades { write(grade, into: &json) }
        json.endArray()
        write(trial.usage, into: &json)
        json.member("latencyMs", trial.latencyMs.map { ($0 * 1_000).rounded() / 1_000 })
        json.key("error")
        if let fault = trial.fault { write(fault, into: &json) } else { json.null() }
        json.member("seed", String(trial.seed))
        json.member("transcriptDigest", trial.transcriptDigest?.description)
        json.key("retried")
        json.beginArray()
        for fault in trial.retried { write(fault, into: &json) }
        json.endArray()
        json.key("resumed")
        json.bool(trial.isResumed)
        json.endObject()
    }

    private static func write(_ grade: Grade, into json: inout JSONText) {
        json.beginObject()
        json.member("name", grade.name)
        json.member("kind", grade.kind)
        json.member("version", grade.version)
        json.member("role", grade.role.rawValue)
        json.member("verdict", grade.verdict?.rawValue)
        switch grade.judgement.value {
        case .score(let score): json.member("value", score)
        case .label(let label): json.member("value", label)
        case .holds, .abstained, .broken: break
        }
        json.member("reason", grade.judgement.reason)
        if let expected = grade.judgement.expected { json.member("expected", expected) }
        if let actual = grade.judgement.actual { json.member("actual", actual) }
        if let diff = grade.judgement.diff { json.member("diff", diff) }
        json.endObject()
    }

    private static func write(_ fault: TrialFault, into json: inout JSONText) {
        json.beginObject()
        json.member("kind", fault.kind.rawValue)
        json.member("reason", fault.reason)
        json.endObject()
    }

    private static func write(_ usage: Usage, into json: inout JSONText) {
        json.key("usage")
        json.beginObject()
        json.member("inputTokens", usage.inputTokens)
        json.member("outputTokens", usage.outputTokens)
        json.member("cost", usage.cost)
        if let tokens = usage.replayedTokens { json.member("replayedTokens", tokens) }
        json.endObject()
    }

    // MARK: - Run and suites

    private static func write(
        _ summary: RunSummary, _ header: RunHeader, _ counts: [SuiteID: VerdictCounts], into json: inout JSONText
    ) {
        let isSingle = header.suites.count == 1
        json.beginObject()
        json.member("id", header.id.rawValue)
        json.member("suite", header.suites.map(\.id.rawValue).joined(separator: "+"))
        json.member("digest", (isSingle ? header.suites.first?.digest : nil)?.description ?? header.planDigest.description)
        json.key("seed")
        json.raw(String(header.seed))
        json.member("status", summary.status.word)
        if case .incomplete(let reason) = summary.status { json.member("statusReason", reason) }
        var total = VerdictCounts()
        for count in counts.values { total.add(count) }
        write(summary.total, total, SummaryText.denominator(header.suites), into: &json)
        json.member("plannedCases", header.cases)
        json.member("plannedTrials", header.trials)
        json.member("resumedTrials", header.resumedTrials)
        json.member("planDigest", header.planDigest.description)
        json.member("startedAt", header.startedAt.description)
        json.member("finishedAt", summary.finishedAt.description)
        json.member("durationMs", (summary.durationMs * 1_000).rounded() / 1_000)
        write(header.cassettes, into: &json)
        if let shard = header.shard { write(shard, into: &json) }
        json.member("filter", header.filter)
        json.member("baseline", header.baseline)
        json.endObject()
    }

    private static func write(_ shard: RunShard, into json: inout JSONText) {
        json.key("shard")
        json.beginObject()
        json.member("index", shard.slice.index)
        json.member("count", shard.slice.count)
        json.member("runKey", shard.runKey)
        json.endObject()
    }

    private static func write(_ suite: SuiteSummary, _ counts: VerdictCounts, into json: inout JSONText) {
        json.beginObject()
        json.member("suite", suite.header.id.rawValue)
        json.member("digest", suite.header.digest.description)
        write(suite.tally, counts, SummaryText.denominator(suite.header.gate), into: &json)
        write(suite.header.cassettes, into: &json)
        json.key("gate")
        write(suite.gate, into: &json)
        json.endObject()
    }

    private static func write(_ cassettes: SuiteCassettes?, into json: inout JSONText) {
        guard let cassettes else { return }
        json.key("cassettes")
        json.beginObject()
        json.member("count", cassettes.count)
        json.member("oldestAt", cassettes.oldestAt?.description)
        json.member("stale", cassettes.stale)
        json.member("otherPrompt", cassettes.otherPrompt)
        json.endObject()
    }

    private static func write(_ tally: Tally, _ counts: VerdictCounts, _ denominator: String, into json: inout JSONText) {
        json.member("cases", counts.total)
        json.member("trials", tally.trials)
        json.key("verdicts")
        json.beginObject()
        for verdict in Verdict.allCases {
            json.key(verdict.rawValue)
            json.int(counts[verdict])
        }
        json.endObject()
        json.member("counted", tally.counted)
        json.member("denominator", denominator)
        json.key("passRate")
        if let rate = tally.passRate { write(rate, into: &json) } else { json.null() }
        write("passAtK", tally.passAtK, into: &json)
        write("passHatK", tally.passHatK, into: &json)
        write(tally.usage, into: &json)
        json.member("unstable", tally.unstable)
        json.member("retries", tally.retries)
        json.member("erroredTrials", tally.erroredTrials)
    }

    private static func write(_ rate: PassRate, into json: inout JSONText) {
        json.beginObject()
        json.member("estimate", rate.estimate)
        json.member("low", rate.low)
        json.member("high", rate.high)
        json.member("method", rate.method)
        json.member("n", rate.n)
        if let effective = rate.effectiveN { json.member("effectiveN", effective) }
        json.endObject()
    }

    private static func write(_ key: StaticString, _ values: [Double], into json: inout JSONText) {
        json.key(key)
        json.beginArray()
        for value in values { json.double(value) }
        json.endArray()
    }

    private static func write(_ gate: GateDecision, into json: inout JSONText) {
        json.beginObject()
        json.member("decision", gate.decision.rawValue)
        json.key("reasons")
        json.beginArray()
        for reason in gate.reasons { json.string(reason) }
        json.endArray()
        write("newlyFailing", gate.newlyFailing, into: &json)
        write("newlyPassing", gate.newlyPassing, into: &json)
        if let comparison = gate.comparison {
            json.key("comparison")
            json.value(comparison)
        }
        json.endObject()
    }

    private static func write(_ name: StaticString, _ keys: [CaseKey], into json: inout JSONText) {
        json.key(name)
        json.beginArray()
        for key in keys {
            json.beginObject()
            json.member("suite", key.suite.rawValue)
            json.member("id", key.id.rawValue)
            json.member("agent", key.agent.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}
