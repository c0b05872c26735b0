import RungCore

/// A run as the store knows it: its first header and where its records begin.
struct StoredRun {
    /// Record number of the first start; every other record of the run comes later.
    var record: Int64
    /// The code of the run's id.
    var code: Int64
    var header: RunHeader
    /// False for a run of another store that nobody vouches for.
    var isVouchedFor: Bool

    /// The run with exactly this id; nil when none was started here.
    static func find(_ id: String, _ connection: OpaquePointer, _ codes: CodeBook) throws -> StoredRun? {
        guard let code = try codes.existingCode(of: id) else { return nil }
        let reader = try RecordReader(.runStart, where: "id = ?", connection, codes)
        reader.parameters.bind(1, code)
        defer { reader.parameters.reset() }
        guard let record = try reader.next() else { return nil }
        return try StoredRun(record, code, connection, codes)
    }

    init(_ record: StoredRecord, _ code: Int64, _ connection: OpaquePointer, _ codes: CodeBook) throws {
        guard var header = RunCoding.header(record) else {
            throw EvidenceError(
                .damaged, "the header of a run cannot be read", suggestion: "`rung ledger verify` names the first broken entry")
        }
        let shards = try RecordReader(.shard, where: "run = \(record.record)", connection, codes)
        let merged = try RecordReader(.mergedRun, where: "run = \(record.record)", connection, codes)
        header.shard = try shards.next().flatMap(ShardCoding.shard)
        header.mergedFrom = try merged.next().map(ShardCoding.mergedFrom) ?? []
        shards.parameters.reset()
        merged.parameters.reset()
        self.record = record.record
        isVouchedFor = record.isVouchedFor && record.origin == .recorded
        self.code = code
        self.header = header
    }

    /// The latest summary; nil while the run has not ended.
    func summary(_ connection: OpaquePointer, _ codes: CodeBook) throws -> RunSummary? {
        let reader = try RecordReader(.runEnd, where: "run = ?", order: "record DESC", connection, codes)
        reader.parameters.bind(1, code)
        defer { reader.parameters.reset() }
        return try reader.next().flatMap { SummaryCoding.summary($0, of: header) }
    }

    /// Whether every planned trial was made.
    func isComplete(_ connection: OpaquePointer, _ codes: CodeBook) throws -> Bool {
        try summary(connection, codes)?.status == .complete
    }

    /// Its cases, each as it was stored last.
    var cases: StoredCases { StoredCases(first: record, runs: [record]) }
}

/// Which rows of the table of cases belong to a run, or to the parts of one. One that went on after an interruption has stored some cases twice;
/// the last row counts.
struct StoredCases {
    /// Record number of the first start; all cases come later.
    var first: Int64
    /// Record numbers of the runs' first starts.
    var runs: [Int64]
    /// SQL over the columns of `case_result_records`; it holds nothing but numbers.
    var condition: String {
        """
        record IN (SELECT MAX(record) FROM case_result_records
        WHERE record > \(first) AND subject IN (SELECT record FROM run_subject_records WHERE run IN (\(list))) GROUP BY case_index)
        """
    }

    private var list: String { runs.map(String.init).joined(separator: ", ") }
}
