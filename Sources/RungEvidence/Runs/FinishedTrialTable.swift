import RungCore

/// The finished trials of an interrupted run, or of the parts of one, found by case through a temporary index, so that memory stays flat.
///
/// Trials that were cancelled are not among them: they are made again. A final class because it owns a connection, which
/// lets one thread in at a time.
final class FinishedTrialTable: FinishedTrials {
    let count: Int
    private let database: EvidenceDatabase
    private let reader: ReaderBox

    /// Only touched while the connection is lent, so by one thread at a time.
    private final class ReaderBox: @unchecked Sendable {
        let trials: RecordReader
        let lists: RecordReader
        /// The list that was read last; trials of one suite mostly share one.
        var last: (record: Int64, grades: [Grade])?

        init(trials: RecordReader, lists: RecordReader) {
            self.trials = trials
            self.lists = lists
        }

        func grades(_ record: Int64) throws -> [Grade]? {
            if let last, last.record == record { return last.grades }
            lists.parameters.bind(1, record)
            defer { lists.parameters.reset() }
            guard let grades = try lists.next()?.values[0].text.flatMap(GradeCoding.decode) else { return nil }
            last = (record, grades)
            return grades
        }
    }

    init(of runs: [StoredRun], _ database: EvidenceDatabase) throws {
        let list = runs.map { "\($0.record)" }.joined(separator: ", ")
        let first = runs.map(\.record).min() ?? 0
        self.database = database
        (count, reader) = try database.withConnection { connection in
            try EvidenceDatabase.execute(
                """
                CREATE TEMP TABLE finished AS
                SELECT case_index, trial_index, MAX(record) AS record FROM main.trial_records
                WHERE record > \(first) AND run IN (\(list)) AND (fault IS NULL OR fault NOT LIKE '["cancelled",%')
                GROUP BY case_index, trial_index;
                CREATE INDEX temp.finished_by_case ON finished (case_index, trial_index);
                """, on: connection)
            let count = try EvidenceDatabase.integer("SELECT COUNT(*) FROM finished", on: connection) ?? 0
            let codes = try CodeBook(connection, .readOnly)
            let trials = try RecordReader(
                .trial, where: "record IN (SELECT record FROM finished WHERE case_index = ?)", order: "trial_index",
                connection, codes)
            let lists = try RecordReader(.gradeList, where: "record = ?", connection, codes)
            return (Int(count), ReaderBox(trials: trials, lists: lists))
        }
    }

    func results(ofCase caseIndex: Int) throws -> [TrialResult] {
        try database.perform { _ in
            let reader = self.reader.trials
            reader.parameters.bind(1, Int64(caseIndex))
            defer { reader.parameters.reset() }
            var results: [TrialResult] = []
            while let record = try reader.next() {
                guard let trial = try TrialCoding.trial(record, sharedGrades: self.reader.grades) else {
                    throw EvidenceError(.damaged, "a trial of case \(caseIndex) cannot be read")
                }
                results.append(trial)
            }
            return results
        }
    }
}
