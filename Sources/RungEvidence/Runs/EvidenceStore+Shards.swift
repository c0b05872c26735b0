public import RungCore

/// Parts of sharded runs, and the runs that were put together from them.
extension EvidenceStore {
    /// The runs that are parts of larger ones, in the order in which they came.
    public func shardRuns() throws(EvidenceError) -> [RunDetail] {
        try runs(where: "record IN (SELECT run FROM shard_records)")
    }

    /// The runs that were put together from parts, in the order in which they came; killed ones are none.
    public func mergedRuns() throws(EvidenceError) -> [RunDetail] {
        try runs(where: "record IN (SELECT run FROM merged_run_records)").filter { $0.summary != nil }
    }

    private func runs(where condition: String) throws(EvidenceError) -> [RunDetail] {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let reader = try RecordReader(.runStart, where: condition, connection, codes)
            var runs: [RunDetail] = []
            while let record = try reader.next() {
                guard let id = record["id"].text, let code = try codes.existingCode(of: id) else { continue }
                runs.append(try Self.detail(StoredRun(record, code, connection, codes), connection, codes))
            }
            return runs
        }
    }

    /// Calls `body` for each case of the parts with all its trials, in the order of the plan; nothing is kept in memory.
    ///
    /// - Parameter names: ids of parts of one run; the same case is in one of them only.
    public func forEachResult(ofShards names: [RunID], _ body: (CaseResult) throws -> Void) throws(EvidenceError) {
        let runs: [StoredRun] = try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            return try names.map { try Self.find($0, connection, codes) }
        }
        guard let first = runs.map(\.record).min() else { return }
        do {
            let table = try FinishedTrialTable(of: runs, database.reader())
            try read { connection in
                let codes = try CodeBook(connection, .readOnly)
                var subjects: [Int64: StoredSubject] = [:]
                for run in runs { subjects.merge(try RunSubjects.all(ofRun: run.record, connection, codes)) { $1 } }
                let places = try RecordReader(.shardCase, where: "record = ?1 AND case_result = ?1 - 1", connection, codes)
                let cases = StoredCases(first: first, runs: runs.map(\.record))
                let reader = try RecordReader(.caseResult, where: cases.condition, order: "case_index", connection, codes)
                while let record = try reader.next() {
                    places.parameters.bind(1, record.record + 1)
                    let place = try places.next()
                    places.parameters.reset()
                    try body(Self.result(record, place, subjects, table))
                }
            }
        } catch {
            throw database.translated(error)
        }
    }

    private static func result(
        _ record: StoredRecord, _ place: StoredRecord?, _ subjects: [Int64: StoredSubject], _ table: FinishedTrialTable
    ) throws -> CaseResult {
        guard let found = RecordedCase(record, subjects), let digest = found.digest, let place else {
            throw EvidenceError(.damaged, "a case of a shard cannot be read", suggestion: "`rung ledger verify` names what is broken")
        }
        var trials = try table.results(ofCase: found.index)
        // Whether a part went on after an interruption is told by its own header, not by each trial.
        for index in trials.indices { trials[index].isResumed = false }
        guard trials.count == found.trials else {
            throw EvidenceError(
                .damaged, "case \(found.key) has \(trials.count) stored trials and says \(found.trials)",
                suggestion: "`rung ledger verify` names what is broken")
        }
        var result = CaseResult(
            index: found.index, id: found.key.id, title: nil, suite: found.key.suite,
            subject: RunSubject(agent: found.key.agent, promptVersion: found.promptVersion, configuration: found.configuration),
            verdict: found.verdict, note: found.note, trials: trials, isCritical: found.isCritical, slices: [:], intent: found.intent,
            digest: digest, location: SourceLocation(file: "", line: 0))
        ShardCoding.complete(&result, from: place)
        return result
    }
}
