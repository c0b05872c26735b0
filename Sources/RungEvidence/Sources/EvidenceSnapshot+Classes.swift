public import RungCore
import RungText

extension EvidenceSnapshot {
    /// The records that a query over this window rests on, counted by kind and class; those of every view it names.
    public func basis(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> EvidenceBasis {
        let kinds = ViewBasis.kinds(namedIn: sql)
        guard !kinds.isEmpty else { return EvidenceBasis() }
        do {
            let survey = try classSurvey ?? ClassSurvey(store.database.reader(), records: records, entries: head.size, trust: trust)
            classSurvey = survey
            return try survey.basis(of: kinds, in: window) { try attestations(asOf: window)[$0] }
        } catch let failure as MeasureFailure {
            throw failure
        } catch {
            throw MeasureFailure("the evidence cannot be read: \(store.database.translated(error).message)")
        }
    }

    private func attestations(asOf window: EvidenceWindow) throws -> AttestationList {
        if let known = attestationLists[window.asOf] { return known }
        let people = try people(in: window)
        let list = try store.read { connection in
            try AttestationList(
                people: people, before: records, asOf: window.asOf, connection, CodeBook(connection, .readOnly))
        }
        attestationLists[window.asOf] = list
        return list
    }

    /// Persons of the view `principals` whom the registry or a registered source knows.
    private func people(in window: EvidenceWindow) throws -> [String: AttestationList.Person] {
        let records = records
        let known = try store.read { connection in
            var known: Set<String> = []
            try SQLStatement("SELECT DISTINCT id FROM principal_records WHERE origin <> 1 AND record < \(records)", on: connection)
                .forEach { known.insert($0.text(0)) }
            return known
        }
        guard !known.isEmpty else { return [:] }
        let sql = "SELECT principal_id, left_at FROM principals WHERE kind = 'person'"
        return try connection(for: window).query(sql, window) { statement in
            var people: [String: AttestationList.Person] = [:]
            try statement.forEach { row in
                guard known.contains(row.text(0)) else { return }
                people[row.text(0)] = .init(leftAt: row.optionalText(1).flatMap { Timestamp($0) })
            }
            return people
        }
    }
}
