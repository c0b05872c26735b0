public import RungCore
import RungCrypto
public import RungText

extension EvidenceStore {
    /// Keeps an assessment, unless the same one is kept already.
    ///
    /// - Returns: whether anything was appended.
    @discardableResult
    public func recordAssessment(_ assessment: RecordedAssessment) throws -> Bool {
        try append(actor: assessment.author.rawValue, reason: "assessment") { appender in
            let draft = Self.draft(assessment)
            let known = try RecordLookup(.assessment, appender.writer).stored(like: draft)
            guard !known.contains(where: { $0.origin == .recorded }) else { return false }
            try appender.append(draft, .recorded)
            return true
        }
    }

    /// The assessment that the program itself has kept last, of the ones up to a moment; nil when there is none.
    public func lastAssessment(asOf time: Timestamp) throws -> RecordedAssessment? {
        try read { connection in
            let reader = try RecordReader(
                .assessment, where: "origin = 0 AND as_of <= \(time.seconds)", order: "as_of DESC, record DESC LIMIT 1", connection,
                CodeBook(connection, .readOnly))
            guard let record = try reader.next() else { return nil }
            return Self.assessment(record)
        }
    }

    /// Midnight of the newest day with records before a moment; assessments do not count, or making them would keep evidence
    /// young. Nil without any.
    public func newestDay(asOf time: Timestamp, entries: Int) throws -> Timestamp? {
        try read { connection in
            let sql = """
                SELECT day FROM class_days
                WHERE kind <> 'assessment' AND day < \(ClassTally.day(time.midnight.seconds)) AND ledger_index < \(entries)
                ORDER BY day DESC LIMIT 1
                """
            return try EvidenceDatabase.integer(sql, on: connection).map { Timestamp(seconds: $0 * 86_400) }
        }
    }

    private static func draft(_ assessment: RecordedAssessment) -> RecordDraft {
        var draft = RecordDraft(.assessment)
        draft["id"] = .text(assessment.id)
        draft["at"] = .time(assessment.at)
        draft["asOf"] = .time(assessment.asOf)
        draft["authorId"] = .text(assessment.author.rawValue)
        draft["digest"] = .word(assessment.digest)
        draft["ledgerRoot"] = .word(assessment.ledger.root)
        draft["ledgerSize"] = .integer(assessment.ledger.size)
        draft["rubricDigest"] = .word(assessment.rubricDigest)
        let scores = assessment.scores.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .double($0.value)) }
        draft["scores"] = .json(.object(scores))
        draft["stage"] = .integer(assessment.stage)
        return draft
    }

    private static func assessment(_ record: StoredRecord) -> RecordedAssessment? {
        guard let id = record["id"].text, let at = record["at"].time, let asOf = record["asOf"].time,
            let digest = record["digest"].text.flatMap({ Digest($0) }),
            let root = record["ledgerRoot"].text.flatMap({ Digest($0) }), let size = record["ledgerSize"].integer,
            let rubric = record["rubricDigest"].text.flatMap({ Digest($0) }), let stage = record["stage"].integer
        else { return nil }
        let scores = record["scores"].text.flatMap { try? JSONReader.read($0) }?.members ?? []
        return RecordedAssessment(
            id: id, at: at, asOf: asOf, author: PrincipalID(record["authorId"].text ?? ""), digest: digest,
            ledger: LedgerHead(size: Int(size), root: root), rubricDigest: rubric, stage: Int(stage),
            scores: Dictionary(scores.compactMap { member in member.value.double.map { (member.key, $0) } }) { first, _ in first })
    }
}
