import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct MeasureSurveyTests {
    private static let asOf = Timestamp("2026-09-30").map { $0 } ?? Timestamp(seconds: 0)
    private static let events = sampleCriterion("E-1") {
        $0.detector = "detector"
        $0.minimumPopulation = 3
    }

    private func survey(_ evidence: SampleEvidence) -> MeasureSurvey { MeasureSurvey(evidence: evidence, asOf: Self.asOf) }

    /// One unit for each event, given in days before the cut-off; a window sees those inside it.
    private func events(daysAgo: [Int]) -> @Sendable (EvidenceWindow) -> [MeasureRow] {
        { window in
            let seen = daysAgo.filter { day in
                let at = Self.asOf.adding(days: -day)
                return window.start <= at && at < window.asOf
            }
            return seen.map { row("day \($0)", 1, 1) }
        }
    }

    @Test func `a population that is large enough is read once`() {
        let evidence = SampleEvidence(rows: ["sql of REG-201": events(daysAgo: [1, 30, 31])], failures: ["detector": "asked"])
        #expect(
            survey(evidence).outcome(for: sampleCriterion())
                == .answered(MeasureAnswer(rows: [row("day 1", 1, 1), row("day 30", 1, 1)])))
    }

    @Test func `without a population the window before is read`() {
        let evidence = SampleEvidence(rows: ["sql of REG-201": events(daysAgo: [31, 60, 61])])
        #expect(
            survey(evidence).outcome(for: sampleCriterion())
                == .answered(MeasureAnswer(rows: [], previous: [row("day 31", 1, 1), row("day 60", 1, 1)])))
    }

    @Test func `a population that is too small is not mixed with the window before`() {
        let evidence = SampleEvidence(rows: ["sql of REG-201": events(daysAgo: [3, 31])])
        #expect(
            survey(evidence).outcome(for: sampleCriterion()) == .answered(MeasureAnswer(rows: [row("day 3", 1, 1)])))
    }

    @Test(arguments: [([1, 2, 30], 1), ([1, 2, 31], 2), ([1, 31, 90], 3), ([91, 92, 120], 4)])
    func `events are looked back for as far as needed`(daysAgo: [Int], windows: Int) {
        let evidence = SampleEvidence(rows: ["sql of E-1": events(daysAgo: daysAgo)], failures: ["detector": "asked"])
        #expect(
            survey(evidence).outcome(for: Self.events)
                == .answered(MeasureAnswer(rows: daysAgo.map { row("day \($0)", 1, 1) }, windows: windows)))
    }

    @Test(arguments: [true, false])
    func `events that are still too few ask the detector`(ran: Bool) {
        let evidence = SampleEvidence(rows: ["sql of E-1": events(daysAgo: [1, 120, 121])], flags: ["detector": ran])
        #expect(
            survey(evidence).outcome(for: Self.events)
                == .answered(
                    MeasureAnswer(rows: [row("day 1", 1, 1), row("day 120", 1, 1)], windows: 4, detectorRan: ran)))
    }

    @Test(arguments: ["sql of E-1", "detector"])
    func `a query or detector that fails fails the outcome`(sql: String) {
        let evidence = SampleEvidence(failures: [sql: "took too long"])
        #expect(survey(evidence).outcome(for: Self.events) == .failed(MeasureFailure("took too long")))
    }

    @Test func `rows that break the contract fail the outcome`() {
        let evidence = SampleEvidence(rows: ["sql of REG-201": { _ in [row("a", 2, 1)] }])
        #expect(survey(evidence).outcome(for: sampleCriterion()) == .failed(MeasureFailure("2 of 1 came for \"a\"")))
    }

    @Test(arguments: [([1, 2, 3], 30), ([1, 31, 90], 90)])
    func `an answer rests on the records of the windows that it spans`(daysAgo: [Int], days: Int) {
        let evidence = SampleEvidence(rows: ["sql of E-1": events(daysAgo: daysAgo)], bases: ["sql of E-1": Self.days])
        #expect(basis(survey(evidence).outcome(for: Self.events)) == Self.days(EvidenceWindow(asOf: Self.asOf, days: days)))
    }

    @Test func `an answer from the window before rests on the records of that window`() {
        let evidence = SampleEvidence(rows: ["sql of REG-201": events(daysAgo: [31])], bases: ["sql of REG-201": Self.days])
        let before = EvidenceWindow(asOf: Self.asOf, days: 30).previous
        #expect(basis(survey(evidence).outcome(for: sampleCriterion())) == Self.days(before))
    }

    /// One record of class B for each day from the window's end back to its start, and one of class D for each since 1970.
    @Sendable private static func days(_ window: EvidenceWindow) -> EvidenceBasis {
        let days = (window.asOf.seconds - window.start.seconds) / 86_400
        return EvidenceBasis([
            .init(kind: "scan", evidenceClass: .b, records: Int(days)),
            .init(kind: "scan", evidenceClass: .d, records: Int(window.asOf.seconds / 86_400)),
        ])
    }

    private func basis(_ outcome: MeasureOutcome) -> EvidenceBasis? {
        if case .answered(let answer) = outcome { answer.basis } else { nil }
    }

    @Test func `a symptom is read over its window`() {
        let symptom = Symptom(id: "ZOO-1", title: "Agents", measureText: "", sql: "zoo", windowDays: 7, lines: [])
        let evidence = SampleEvidence(rows: ["zoo": events(daysAgo: [7, 8])])
        #expect(survey(evidence).result(for: symptom).entities == ["day 7"])
        #expect(survey(SampleEvidence(failures: ["zoo": "broken"])).result(for: symptom).failure == "broken")
    }

    @Test func `a detector is worth what the records behind it are worth`() throws {
        let criterion = sampleCriterion { $0.detector = "SELECT ran" }
        let weak = EvidenceBasis([.init(kind: "scan", evidenceClass: .d, records: 1)])
        let evidence = SampleEvidence(flags: ["SELECT ran": true], bases: ["SELECT ran": { _ in weak }])
        let survey = MeasureSurvey(evidence: evidence, asOf: try #require(Timestamp("2026-10-01")))
        guard case .answered(let answer) = survey.outcome(for: criterion) else {
            Issue.record("the measure failed")
            return
        }
        #expect(answer.detectorRan == true && answer.detectorClass == .d)
    }
}
