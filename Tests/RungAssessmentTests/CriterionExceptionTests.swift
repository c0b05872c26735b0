import RungCore
import RungText
import Testing

@testable import RungAssessment

@Suite struct CriterionExceptionTests {
    private static let criterion = sampleCriterion("REG-304") { $0.applicability = "SELECT applicable" }

    private static func note(_ id: CriterionID) -> CriterionException {
        CriterionException(id: "na-1", criterion: id, approver: "bo", reason: "one agent", expiresAt: Timestamp("2026-12-31"))
    }

    private static func finding(applicable: Bool, note: CriterionID?, rows: [MeasureRow] = []) throws -> Finding {
        let evidence = SampleEvidence(
            rows: ["sql of REG-304": { _ in rows }], flags: ["SELECT applicable": applicable],
            exceptions: CriterionExceptions(notes: note.map { [Self.note($0)] } ?? []))
        let assessment = Assessor.assess(
            rubric: sampleRubric([criterion]), evidence: evidence, asOf: try #require(Timestamp("2026-10-01")), integrity: .verified,
            notes: [])
        return try #require(assessment.findings.first)
    }

    @Test func `a criterion does not apply when somebody approved that and the evidence agrees`() throws {
        let finding = try Self.finding(applicable: false, note: "REG-304")
        #expect(finding.band == .notApplicable && finding.high == 0)
        #expect(finding.reasons.last == "not applicable until 2026-12-31, approved by bo (na-1): one agent")
    }

    @Test func `neither the note nor the evidence is enough alone`() throws {
        let alone = try Self.finding(applicable: false, note: nil)
        #expect(alone.band == .insufficient && alone.high == 1)
        #expect(alone.reasons.last?.hasPrefix("it may rightly not apply: record an applicabilityNote") == true)
        let denied = try Self.finding(applicable: true, note: "REG-304")
        #expect(denied.band == .insufficient)
        #expect(denied.reasons.last == "na-1 says that it does not apply, but the evidence holds what it asks about")
        #expect(try Self.finding(applicable: false, note: "REG-305").band == .insufficient)
    }

    @Test func `a note does not hide a population that is there`() throws {
        #expect(try Self.finding(applicable: false, note: "REG-304", rows: [row("a", 0, 4)]).band == .none)
        #expect(try Self.finding(applicable: false, note: "REG-304", rows: [row("a", 1, 1)]).band == .insufficient)
    }

    // MARK: - Waivers

    private static func stage(waived: Set<CriterionID>, isKey: Bool, of count: Int) -> StageResult? {
        let ids = (0..<count).map { CriterionID("K-\($0)") }
        let rubric = sampleRubric(ids.map { sampleCriterion($0, isKey: isKey) })
        return StageRule.results(for: rubric, findings: ids.map { sampleFinding($0, isKey: isKey, .full) }, waived: waived).first
    }

    @Test func `no key criterion is waived, and one in ten of the others at most`() {
        #expect(Self.stage(waived: [], isKey: true, of: 10)?.status == .met)
        let key = Self.stage(waived: ["K-3"], isKey: true, of: 10)
        #expect(key?.status == .notMet)
        #expect(key?.reasons == ["key criterion K-3 (Title of K-3) is waived; a waiver is no pass"])
        #expect(Self.stage(waived: ["K-3", "X-1"], isKey: false, of: 10)?.status == .met)
        let many = Self.stage(waived: ["K-3", "K-4"], isKey: false, of: 10)
        #expect(many?.status == .notMet)
        #expect(many?.reasons == ["2 of the 10 criteria are waived (K-3, K-4), one in ten may be"])
    }

    @Test func `waivers that name a criterion are told`() throws {
        let evidence = SampleEvidence(exceptions: CriterionExceptions(waivers: [Self.note("REG-304"), Self.note("the policy")]))
        let assessment = Assessor.assess(
            rubric: sampleRubric([Self.criterion]), evidence: evidence, asOf: try #require(Timestamp("2026-10-01")),
            integrity: .verified, notes: [])
        #expect(assessment.waivers == [Self.note("REG-304")])
    }
}
