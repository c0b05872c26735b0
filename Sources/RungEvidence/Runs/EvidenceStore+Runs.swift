public import RungCore
public import RungCrypto

/// Runs as they were recorded. A run is named by its id, by a prefix that only one run has, or by `latest`.
extension EvidenceStore {
    /// The runs, newest first.
    ///
    /// - Parameter limit: how many at most.
    public func runs(limit: Int = .max) throws(EvidenceError) -> [RunDetail] {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let reader = try RecordReader(
                .runStart, where: "record IN (SELECT MIN(record) FROM run_start_records GROUP BY id)", order: "record DESC",
                connection, codes)
            var runs: [RunDetail] = []
            while runs.count < limit, let record = try reader.next() {
                guard let id = record["id"].text, let code = try codes.existingCode(of: id) else { continue }
                runs.append(try Self.detail(StoredRun(record, code, connection, codes), connection, codes))
            }
            return runs
        }
    }

    /// One run with its summary.
    ///
    /// - Throws: `EvidenceError` (unknown run) when no run or several runs have this name.
    public func run(_ name: RunID) throws(EvidenceError) -> RunDetail {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            return try Self.detail(Self.find(name, connection, codes), connection, codes)
        }
    }

    /// The header of a run as it was before its first trial.
    public func runHeader(of name: RunID) throws(EvidenceError) -> RunHeader { try run(name).header }

    /// The newest run of this plan, or of this part of it, that is not complete; nil when there is none to resume.
    public func latestIncompleteRun(planDigest: Digest, slice: ShardSlice? = nil) throws(EvidenceError) -> RunID? {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let reader = try RecordReader(.runStart, where: "plan_digest = ?", order: "record DESC", connection, codes)
            reader.parameters.bind(1, planDigest)
            while let record = try reader.next() {
                guard let id = record["id"].text, let run = try StoredRun.find(id, connection, codes) else { continue }
                guard run.header.shard?.slice == slice else { continue }
                if try !run.isComplete(connection, codes) { return run.header.id }
            }
            return nil
        }
    }

    /// The newest whole run of this plan that this store vouches for; nil when there is none.
    public func latestCompleteRun(planDigest: Digest) throws(EvidenceError) -> RunID? {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let reader = try RecordReader(.runStart, where: "plan_digest = ?", order: "record DESC", connection, codes)
            reader.parameters.bind(1, planDigest)
            while let record = try reader.next() {
                guard let id = record["id"].text, let run = try StoredRun.find(id, connection, codes) else { continue }
                guard run.header.shard == nil, run.isVouchedFor, try run.isComplete(connection, codes) else { continue }
                return run.header.id
            }
            return nil
        }
    }

    /// The finished trials of an interrupted run.
    public func finishedTrials(of name: RunID) throws(EvidenceError) -> any FinishedTrials {
        let run = try read { try Self.find(name, $0, CodeBook($0, .readOnly)) }
        do {
            return try FinishedTrialTable(of: [run], database.reader())
        } catch {
            throw database.translated(error)
        }
    }

    /// Calls `body` for each case of a run in the order of the plan; nothing is kept in memory.
    ///
    /// - Parameter verdicts: only cases with one of these; nil for all.
    public func forEachCase(
        of name: RunID, verdicts: Set<Verdict>? = nil, _ body: (RecordedCase) throws -> Void
    ) throws(EvidenceError) {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let run = try Self.find(name, connection, codes)
            let subjects = try RunSubjects.all(ofRun: run.record, connection, codes)
            let reader = try RecordReader(.caseResult, where: run.cases.condition, order: "case_index", connection, codes)
            while let record = try reader.next() {
                guard let found = RecordedCase(record, subjects) else {
                    throw EvidenceError(.damaged, "a case of run \(run.header.id) cannot be read")
                }
                if verdicts?.contains(found.verdict) ?? true { try body(found) }
            }
        }
    }

    /// The verdicts of a run, to compare a new one with.
    ///
    /// - Throws: `EvidenceError` (part of run) for a part of a run, which would leave most cases uncompared.
    public func baseline(of name: RunID) throws(EvidenceError) -> Baseline {
        if let shard = try runHeader(of: name).shard {
            throw EvidenceError(
                .partOfRun, "run \(name) is shard \(shard.slice) of a run and cannot be a baseline",
                suggestion: "merge the shards with `rung merge` and name the merged run")
        }
        var verdicts: [CaseKey: Verdict] = [:]
        try forEachCase(of: name) { verdicts[$0.key] = $0.verdict }
        return Baseline(name: name.rawValue, verdicts: verdicts)
    }

    /// Cases that did not pass and were not skipped: failed, errored, unscored, quarantined.
    public func unsuccessfulCases(of name: RunID) throws(EvidenceError) -> Set<CaseKey> {
        var keys: Set<CaseKey> = []
        try forEachCase(of: name, verdicts: [.failed, .errored, .unscored, .quarantined]) { keys.insert($0.key) }
        return keys
    }

    // MARK: - Finding

    static func detail(_ run: StoredRun, _ connection: OpaquePointer, _ codes: CodeBook) throws -> RunDetail {
        let trials = try EvidenceDatabase.integer(
            "SELECT COUNT(*) FROM trial_records WHERE record > \(run.record) AND run = \(run.record)", on: connection)
        let cases = try EvidenceDatabase.integer(
            "SELECT COUNT(*) FROM case_result_records WHERE \(run.cases.condition)", on: connection)
        let counted =
            run.header.mergedFrom.isEmpty
            ? trials
            : try EvidenceDatabase.integer("SELECT SUM(trials) FROM case_result_records WHERE \(run.cases.condition)", on: connection)
        return RunDetail(
            header: run.header, summary: try run.summary(connection, codes), storedTrials: Int(counted ?? 0),
            storedCases: Int(cases ?? 0), isVouchedFor: run.isVouchedFor)
    }

    static func find(_ name: RunID, _ connection: OpaquePointer, _ codes: CodeBook) throws -> StoredRun {
        let ids = try candidates(name.rawValue, connection)
        guard let id = ids.first else {
            throw EvidenceError(
                .unknownRun, "there is no run \"\(name)\"", suggestion: "`rung runs list` shows the runs that the evidence holds")
        }
        guard ids.count == 1, let run = try StoredRun.find(id, connection, codes) else {
            throw EvidenceError(
                .unknownRun, "\(ids.count) runs begin with \"\(name)\"", suggestion: "they are \(ids.joined(separator: ", "))")
        }
        return run
    }

    /// The exact id, else all that begin with it, at most ten.
    private static func candidates(_ name: String, _ connection: OpaquePointer) throws -> [String] {
        func ids(_ sql: String) throws -> [String] {
            let select = try SQLStatement(sql, on: connection)
            if select.parameter("?1") > 0 { select.bind(1, name) }
            var ids: [String] = []
            try select.forEach { ids.append($0.text(0)) }
            return ids
        }
        let from = "FROM record_codes WHERE code IN (SELECT id FROM run_start_records)"
        if name == "latest" {
            return try ids("SELECT text FROM record_codes JOIN run_start_records ON id = code ORDER BY record DESC LIMIT 1")
        }
        let exact = try ids("SELECT text \(from) AND text = ?1")
        if !exact.isEmpty || name.isEmpty { return exact }
        return try ids("SELECT text \(from) AND substr(text, 1, length(?1)) = ?1 ORDER BY text LIMIT 10")
    }
}
