import RungCore

/// The suites and subjects of a run, each stored once as a record that cases name.
struct RunSubjects {
    private let run: Int64
    private let origin: RecordOrigin
    private var records: [Key: Int64] = [:]
    /// Cases come suite by suite, so the last one is mostly the next one.
    private var last: (key: Key, record: Int64)?

    struct Key: Hashable {
        var suite: SuiteID
        var subject: RunSubject
    }

    /// - Parameter run: record number of the run's first start.
    init(run: Int64, _ origin: RecordOrigin) {
        self.run = run
        self.origin = origin
    }

    /// Reads what an earlier process has stored.
    mutating func load(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        let reader = try RecordReader(.runSubject, where: "run = \(run)", connection, codes)
        while let record = try reader.next() { records[StoredSubject(record).key] = record.record }
    }

    /// The record of a suite and subject; appends it when it is new.
    mutating func record(_ suite: SuiteID, _ subject: RunSubject, _ appender: RecordAppender) throws -> Int64 {
        if let last, last.key.suite == suite, last.key.subject == subject { return last.record }
        let key = Key(suite: suite, subject: subject)
        let record = try records[key] ?? append(key, appender)
        records[key] = record
        last = (key, record)
        return record
    }

    private func append(_ key: Key, _ appender: RecordAppender) throws -> Int64 {
        var draft = RecordDraft(.runSubject)
        draft["run"] = .integer(run)
        draft["suiteId"] = .text(key.suite.rawValue)
        draft["agentId"] = .text(key.subject.agent.rawValue)
        draft["promptVersionId"] = .word(key.subject.promptVersion)
        draft["configDigest"] = .word(key.subject.configuration)
        return try appender.append(draft, origin)
    }

    /// All subjects of a run by record number.
    static func all(ofRun run: Int64, _ connection: OpaquePointer, _ codes: CodeBook) throws -> [Int64: StoredSubject] {
        let reader = try RecordReader(.runSubject, where: "run = \(run)", connection, codes)
        var subjects: [Int64: StoredSubject] = [:]
        while let record = try reader.next() { subjects[record.record] = StoredSubject(record) }
        return subjects
    }
}
