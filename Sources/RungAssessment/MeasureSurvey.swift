internal import RungCore
internal import RungText

/// Asks the evidence for what the rules need: the window, and where that is too thin the look-back or the window before.
struct MeasureSurvey {
    /// What is asked.
    let evidence: any EvidenceReading
    /// Midnight; nothing at or later than this is seen.
    let asOf: Timestamp

    /// How many windows events are looked back for.
    static let maximumWindows = 4

    /// The outcome for one criterion; a query that fails spoils this outcome alone.
    func outcome(for criterion: Criterion) -> MeasureOutcome {
        do throws(MeasureFailure) {
            return .answered(try answer(for: criterion.measure))
        } catch {
            return .failed(error)
        }
    }

    /// What a symptom came to; a query that fails is said in the result.
    func result(for symptom: Symptom) -> SymptomResult {
        let window = EvidenceWindow(asOf: asOf, days: symptom.windowDays)
        do throws(MeasureFailure) {
            return try SymptomRule.result(for: symptom, rows: try evidence.rows(of: symptom.sql, in: window))
        } catch {
            return SymptomRule.failed(symptom, error)
        }
    }

    private func answer(for measure: Criterion.Measure) throws(MeasureFailure) -> MeasureAnswer {
        let window = EvidenceWindow(asOf: asOf, days: measure.windowDays)
        var (answer, read) = try answer(for: measure, in: window)
        if !answer.previous.isEmpty { read = window.previous }
        answer.basis = try evidence.basis(of: measure.sql, in: read)
        if let detector = measure.detector, answer.detectorRan == true {
            answer.detectorClass = try evidence.basis(of: detector, in: window).worst
        }
        if let predicate = measure.applicability, answer.detectorRan != true,
            answer.previous.isEmpty, try PooledMeasure(answer.rows, measure).total == 0
        {
            answer.isApplicable = try evidence.flag(of: predicate, in: window)
        }
        return answer
    }

    /// The answer without what it rests on, and the window that its rows span.
    private func answer(
        for measure: Criterion.Measure, in window: EvidenceWindow
    ) throws(MeasureFailure) -> (MeasureAnswer, EvidenceWindow) {
        let minimum = max(1, measure.minimumPopulation)
        var answer = MeasureAnswer(rows: try evidence.rows(of: measure.sql, in: window))
        var population = try PooledMeasure(answer.rows, measure).total
        guard population < minimum else { return (answer, window) }
        guard let detector = measure.detector else {
            if population == 0 { answer.previous = try evidence.rows(of: measure.sql, in: window.previous) }
            return (answer, window)
        }
        while population < minimum, answer.windows < Self.maximumWindows {
            answer.windows += 1
            answer.rows = try evidence.rows(of: measure.sql, in: window.extended(by: answer.windows))
            population = try PooledMeasure(answer.rows, measure).total
        }
        if population < minimum { answer.detectorRan = try evidence.flag(of: detector, in: window) }
        return (answer, window.extended(by: answer.windows))
    }
}
