public import RungCore
import RungCrypto
import RungText

extension EvidenceStore {
    /// A recorded run as one side of a comparison.
    ///
    /// - Throws: `EvidenceError` for an unknown run, for a part of a run, and where a case was tried with several prompt versions.
    public func values(of name: RunID, compared: ComparedValue) throws(EvidenceError) -> RunValues {
        let detail = try run(name)
        if let shard = detail.header.shard {
            throw EvidenceError(
                .partOfRun, "run \(name) is shard \(shard.slice) of a run and cannot be compared",
                suggestion: "merge the shards with `rung merge` and name the merged run")
        }
        var values = RunValues(name: detail.header.id.rawValue)
        values.filter = detail.header.filter
        switch detail.summary?.status {
        case .complete?: break
        case .incomplete(let reason)?: values.gap = "run \(detail.header.id) is incomplete: \(reason)"
        case nil: values.gap = "run \(detail.header.id) has not ended"
        }
        var cases: [RecordedCase] = []
        try forEachCase(of: detail.header.id) { cases.append($0) }
        let trials = try finishedTrials(of: detail.header.id)
        var seen: Set<CaseKey> = []
        var graders: Set<String> = []
        for item in cases {
            guard seen.insert(item.key).inserted else {
                throw EvidenceError(
                    .partOfRun, "run \(detail.header.id) tries case \(item.key.id) of \(item.key.agent) more than once",
                    suggestion: "compare runs that try each case with one prompt version")
            }
            let results: [TrialResult]
            do { results = try trials.results(ofCase: item.index) } catch {
                throw (error as? EvidenceError) ?? EvidenceError(.damaged, "the trials of run \(detail.header.id) cannot be read")
            }
            values.cases.append(
                RunValues.Case(
                    key: item.key, verdict: item.verdict, digest: item.digest, isCritical: item.isCritical,
                    trials: results.filter { compared.takes($0) }.map { Self.value(of: $0, compared) }))
            if case .grade = compared { for result in results { graders.formUnion(result.grades.map(\.name)) } }
        }
        if case .grade(let wanted) = compared, !graders.contains(wanted), !cases.isEmpty {
            throw EvidenceError(
                .unknownRun, "no grader of run \(detail.header.id) is called \"\(wanted)\"",
                suggestion: NearestWord.suggestion(for: wanted, among: graders.sorted()))
        }
        return values
    }

    private static func value(of trial: TrialResult, _ compared: ComparedValue) -> TrialValue {
        TrialValue(trial: String(trial.index), value: compared.value(of: trial), digest: trial.transcriptDigest?.description)
    }
}
