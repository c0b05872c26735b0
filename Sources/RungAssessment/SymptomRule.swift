internal import RungCore

/// Reports how far a symptom shows; it is never scored.
enum SymptomRule {
    /// Pools the rows by sum; entities with at least one unit that shows the symptom are named.
    static func result(for symptom: Symptom, rows: [MeasureRow]) throws(MeasureFailure) -> SymptomResult {
        let pooled = try PooledMeasure(rows, measure(symptom))
        let showing = rows.filter { row in
            if case .share(let shown, _) = row.amount { shown > 0 } else { false }
        }
        return SymptomResult(
            id: symptom.id, title: symptom.title, shown: pooled.satisfied, total: pooled.total,
            entities: showing.map(\.entity).sorted(), failure: nil)
    }

    /// The result of a symptom whose query gave no answer.
    static func failed(_ symptom: Symptom, _ failure: MeasureFailure) -> SymptomResult {
        SymptomResult(id: symptom.id, title: symptom.title, shown: 0, total: 0, entities: [], failure: failure.reason)
    }

    private static func measure(_ symptom: Symptom) -> Criterion.Measure {
        Criterion.Measure(
            sql: symptom.sql, windowDays: symptom.windowDays, partial: 0.5, full: 1, better: .up, zero: nil, aggregate: .share,
            minimumPopulation: 1, population: .census, detector: nil)
    }
}
