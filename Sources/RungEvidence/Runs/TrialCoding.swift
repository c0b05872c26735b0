import RungCore
import RungText

/// Trials and cases as records. Values stand in the order of the fields of their kinds.
enum TrialCoding {
    /// How a trial's grades are stored.
    enum Grades {
        case none
        case text(String)
        /// Record number of a list that other trials share.
        case shared(Int64)
    }

    /// The values of a trial of the run that started with record `run`.
    static func values(_ trial: TrialResult, run: Int64, _ grades: Grades) -> [FieldValue] {
        var list = FieldValue.null
        var text = FieldValue.null
        switch grades {
        case .none: break
        case .text(let grades): text = .text(grades)
        case .shared(let record): list = .integer(record)
        }
        return [
            .integer(Int64(trial.caseIndex)),
            trial.fault.map { .text(GradeCoding.encode($0)) } ?? .null,
            list,
            text,
            .integer(Int64(trial.index)),
            trial.retried.isEmpty ? .null : .text(GradeCoding.encode(trial.retried)),
            .integer(run),
            .integer(Int64(bitPattern: trial.seed)),
            .digest(trial.transcriptDigest),
            usage(trial.usage, latencyMs: trial.latencyMs),
            .text(trial.verdict.rawValue),
        ]
    }

    /// The trial that the values were made from, as a resumed one; nil when a value makes no sense.
    static func trial(_ record: StoredRecord, sharedGrades: (Int64) throws -> [Grade]?) rethrows -> TrialResult? {
        let values = record.values
        guard let caseIndex = values[0].integer, let index = values[4].integer, let seed = values[7].integer,
            let verdict = values[10].text.flatMap(Verdict.init(rawValue:)),
            let retried = values[5].text.map(GradeCoding.faults) ?? [],
            let own = values[3].text.map(GradeCoding.decode) ?? [],
            let grades = try values[2].integer.map(sharedGrades) ?? own
        else { return nil }
        let usage = values[9].text.flatMap { try? JSONReader.read($0) }
        var trial = TrialResult(
            caseIndex: Int(caseIndex), index: Int(index), verdict: verdict, grades: grades,
            usage: Usage(
                inputTokens: usage?["inputTokens"]?.int, outputTokens: usage?["outputTokens"]?.int, cost: usage?["cost"]?.double),
            latencyMs: usage?["latencyMs"]?.double, fault: values[1].text.flatMap(GradeCoding.fault), retried: retried,
            seed: UInt64(bitPattern: seed), isResumed: true)
        trial.usage.replayedTokens = usage?["replayedTokens"]?.int
        if case .digest(let digest) = values[8] { trial.transcriptDigest = digest }
        return trial
    }

    /// The values of a case whose suite and subject are the record `subject`.
    static func values(_ result: CaseResult, subject: Int64) -> [FieldValue] {
        [
            .integer(Int64(result.index)),
            result.isCritical ? .integer(1) : .null,
            .digest(result.digest),
            .text(result.id.rawValue),
            .text(result.intent),
            .text(result.note),
            .integer(subject),
            .integer(Int64(result.trials.count)),
            result.isUnstable ? .integer(1) : .null,
            .text(result.verdict.rawValue),
        ]
    }

    private static func usage(_ usage: Usage, latencyMs: Double?) -> FieldValue {
        var members: [JSONValue.Member] = []
        if let cost = usage.cost { members.append(.init("cost", .double(cost))) }
        if let tokens = usage.inputTokens { members.append(.init("inputTokens", .int(tokens))) }
        if let latencyMs { members.append(.init("latencyMs", .double(latencyMs))) }
        if let tokens = usage.outputTokens { members.append(.init("outputTokens", .int(tokens))) }
        if let tokens = usage.replayedTokens { members.append(.init("replayedTokens", .int(tokens))) }
        return members.isEmpty ? .null : .text(JSONText.compact(.object(members)))
    }
}
