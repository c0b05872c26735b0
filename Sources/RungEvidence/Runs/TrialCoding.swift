import RungCore
import RungText

/// Trials and cases as records. Values stand in the order of the fields of their kinds.
enum TrialCoding {
    /// The values of a trial; `buffer` is reused for its grades.
    static func values(_ trial: TrialResult, run: String, _ buffer: inout JSONText) -> [FieldValue] {
        [
            .integer(Int64(trial.caseIndex)),
            .real(trial.usage.cost),
            .text(trial.fault.map { GradeCoding.encode($0) }),
            trial.grades.isEmpty ? .null : .text(GradeCoding.encode(trial.grades, into: &buffer)),
            .integer(Int64(trial.index)),
            .integer(trial.usage.inputTokens),
            .real(trial.latencyMs),
            .integer(trial.usage.outputTokens),
            trial.retried.isEmpty ? .null : .text(GradeCoding.encode(trial.retried)),
            .text(run),
            .integer(Int64(bitPattern: trial.seed)),
            .digest(trial.transcriptDigest),
            .text(trial.verdict.rawValue),
        ]
    }

    /// The trial that the values were made from, as a resumed one; nil when a value makes no sense.
    static func trial(_ record: StoredRecord) -> TrialResult? {
        let values = record.values
        guard let caseIndex = values[0].integer, let index = values[4].integer, let seed = values[10].integer,
            let verdict = values[12].text.flatMap(Verdict.init(rawValue:)),
            let grades = values[3].text.map(GradeCoding.decode) ?? [],
            let retried = values[8].text.map(GradeCoding.faults) ?? []
        else { return nil }
        var trial = TrialResult(
            caseIndex: Int(caseIndex), index: Int(index), verdict: verdict, grades: grades,
            usage: Usage(inputTokens: values[5].integer.map { Int($0) }, outputTokens: values[7].integer.map { Int($0) }, cost: values[1].real),
            latencyMs: values[6].real, fault: values[2].text.flatMap(GradeCoding.fault), retried: retried,
            seed: UInt64(bitPattern: seed), isResumed: true)
        if case .digest(let digest) = values[11] { trial.transcriptDigest = digest }
        return trial
    }

    /// The values of a case.
    static func values(_ result: CaseResult, run: String) -> [FieldValue] {
        let first = result.trials.first?.verdict
        return [
            .text(result.subject.agent.rawValue),
            .integer(Int64(result.index)),
            .word(result.subject.configuration),
            .flag(result.isCritical),
            .digest(result.digest),
            .text(result.id.rawValue),
            .text(result.intent),
            .text(result.note),
            .word(result.subject.promptVersion),
            .text(run),
            .text(result.suite.rawValue),
            .integer(Int64(result.trials.count)),
            .flag(result.trials.contains { $0.verdict != first }),
            .text(result.verdict.rawValue),
        ]
    }
}
