public import RungCore
public import RungText

/// Runs every query of a rubric once, to see that it can be run at all.
public enum RubricQueries {
    /// Queries that fail: whose, which one, and why.
    public static func failures(
        of rubric: Rubric, on evidence: any EvidenceReading, asOf: Timestamp
    ) -> [(id: String, query: String, failure: MeasureFailure)] {
        var failures: [(id: String, query: String, failure: MeasureFailure)] = []
        func run(_ id: String, _ query: String, _ body: () throws(MeasureFailure) -> Void) {
            do throws(MeasureFailure) { try body() } catch { failures.append((id, query, error)) }
        }
        for criterion in rubric.criteria {
            let measure = criterion.measure
            let window = EvidenceWindow(asOf: asOf, days: measure.windowDays)
            run(criterion.id.rawValue, "measure") { () throws(MeasureFailure) in _ = try evidence.rows(of: measure.sql, in: window) }
            if let detector = measure.detector {
                run(criterion.id.rawValue, "detector") { () throws(MeasureFailure) in _ = try evidence.flag(of: detector, in: window) }
            }
            if let applicability = measure.applicability {
                run(criterion.id.rawValue, "applicability") { () throws(MeasureFailure) in
                    _ = try evidence.flag(of: applicability, in: window)
                }
            }
        }
        for symptom in rubric.symptoms {
            let window = EvidenceWindow(asOf: asOf, days: symptom.windowDays)
            run(symptom.id, "query") { () throws(MeasureFailure) in _ = try evidence.rows(of: symptom.sql, in: window) }
        }
        return failures
    }

    /// How many queries there are.
    public static func count(of rubric: Rubric) -> Int {
        rubric.symptoms.count
            + rubric.criteria.reduce(0) {
                $0 + 1 + ($1.measure.detector == nil ? 0 : 1) + ($1.measure.applicability == nil ? 0 : 1)
            }
    }
}
