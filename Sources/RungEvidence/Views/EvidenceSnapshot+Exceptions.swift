public import RungCore
public import RungText

extension EvidenceSnapshot {
    /// Waivers and statements of applicability that are in force at a moment: approved by a person, still there at the time,
    /// who is not the one who asked for them. A statement that anybody could have written counts for nothing.
    public func exceptions(asOf time: Timestamp) throws(MeasureFailure) -> CriterionExceptions {
        let window = EvidenceWindow(asOf: time, days: 1)
        let waivers = try connection(for: window).query(Self.waiversInForce, window) { statement in
            var waivers: [CriterionException] = []
            try statement.forEach { row in
                waivers.append(
                    CriterionException(
                        id: row.text(0), criterion: CriterionID(row.text(1)), approver: row.text(2), reason: row.optionalText(3),
                        expiresAt: row.optionalText(4).flatMap { Timestamp($0) }))
            }
            return waivers
        }
        return CriterionExceptions(waivers: waivers, notes: try notes(in: window))
    }

    private static let waiversInForce = """
        SELECT w.waiver_id, w.scope, w.approver_id, w.reason, w.expires_at
        FROM waivers w JOIN principals p ON p.principal_id = w.approver_id
        WHERE p.kind = 'person' AND (p.left_at IS NULL OR p.left_at > w.granted_at) AND w.approver_id <> w.requested_by
          AND w.scope IS NOT NULL AND w.closed_at IS NULL AND (w.expires_at IS NULL OR w.expires_at > :as_of)
        ORDER BY w.waiver_id
        """

    private func notes(in window: EvidenceWindow) throws(MeasureFailure) -> [CriterionException] {
        let people = try connection(for: window).query("SELECT principal_id, left_at FROM principals WHERE kind = 'person'", window) {
            statement in
            var people: [String: Timestamp] = [:]
            try statement.forEach { row in
                people[row.text(0)] = row.optionalText(1).flatMap { Timestamp($0) } ?? Timestamp(seconds: .max)
            }
            return people
        }
        let (records, now) = (records, window.asOf)
        do {
            return try store.read { connection in
                let reader = try RecordReader(
                    .applicabilityNote,
                    where: "origin <> 1 AND record < \(records) AND granted_at < \(now.seconds) AND expires_at > \(now.seconds)",
                    connection, CodeBook(connection, .readOnly))
                var notes: [CriterionException] = []
                while let record = try reader.next() {
                    guard let approver = record["approverId"].text, approver != record["requestedBy"].text,
                        let granted = record["grantedAt"].time, let left = people[approver], left > granted,
                        let id = record["id"].text, let criterion = record["criterion"].text
                    else { continue }
                    notes.append(
                        CriterionException(
                            id: id, criterion: CriterionID(criterion), approver: approver, reason: record["reason"].text,
                            expiresAt: record["expiresAt"].time))
                }
                return notes.sorted { $0.id < $1.id }
            }
        } catch {
            throw MeasureFailure("the evidence cannot be read: \(error.message)")
        }
    }
}
