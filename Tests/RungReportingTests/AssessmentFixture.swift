import RungCore
import RungCrypto
import RungText

/// A small organization at stage 2 with something of everything.
enum AssessmentFixture {
    static let assessment = Assessment(
        asOf: RunFixture.startedAt.midnight, rubricVersion: "1.0.0", rubricDigest: RunFixture.digest("rubric"),
        ledger: LedgerHead(size: 12_345, root: RunFixture.digest("root")), stage: 2, stageName: "Zoo", voidReason: nil,
        stages: [
            StageResult(number: 2, name: "Zoo", status: .met, full: 5, applicable: 5, reasons: []),
            StageResult(
                number: 3, name: "Operating team", status: .notMet, full: 1, applicable: 3,
                reasons: ["key criterion REG-301 is partial", "1 of 3 applicable criteria is full; 80 % are needed"]),
            StageResult(number: 4, name: "Learning", status: .notAssessed, full: 0, applicable: 0, reasons: []),
        ],
        symptoms: [
            SymptomResult(id: "unowned", title: "Agents without an owner", shown: 2, total: 5, entities: ["faq", "router"], failure: nil),
            SymptomResult(id: "overlap", title: "Agents that overlap", shown: 0, total: 0, entities: [], failure: "no such view: overlaps"),
        ],
        findings: [
            finding("OBS-201", 2, "OBS", .full, 1, 1, 20, 20),
            Finding(
                criterion: "REG-301", stage: 3, dimension: "REG", isKey: true, title: "One complete registry", band: .partial,
                credit: 0.6, value: 0.6, satisfied: 3, total: 5,
                failing: [FailingEntity(entity: "faq", satisfied: 0, total: 1), FailingEntity(entity: "router", satisfied: 1, total: 3)],
                reasons: ["60.0 % of the units satisfy it, which is below the 95.0 % that full asks for"],
                basis: EvidenceBasis([
                    .init(kind: "interaction", evidenceClass: .d, records: 2), .init(kind: "agent", evidenceClass: .a, records: 3),
                    .init(kind: "interaction", evidenceClass: .b, records: 40),
                ])),
            Finding(
                criterion: "GOV-302", stage: 3, dimension: "GOV", isKey: false, title: "Reviews | are *quick*", band: .insufficient,
                credit: 0, value: 12.5, satisfied: 0, total: 2, failing: [], reasons: ["2 reviews; at least 5 are needed"]),
            Finding(
                criterion: "VAL-301", stage: 3, dimension: "VAL", isKey: false, title: "Value is measured", band: .none,
                credit: 0, value: nil, satisfied: 0, total: 0, failing: [], reasons: []),
        ],
        roadmap: [
            RoadmapStep(
                order: 1, criterion: "REG-301", stage: 3, target: 3, dimension: "REG", headline: "Set up one registry for all agents",
                action: "Register every agent that logs show, with owner and purpose.", command: "rung init --registry",
                effort: .medium, isKey: true, failing: [FailingEntity(entity: "router", satisfied: 1, total: 3)], needed: 2,
                unit: "agents", owners: ["rita", "bob"], due: RunFixture.startedAt.midnight.adding(days: 10), gain: 1.25,
                stageAfter: 2, reason: "it blocks stage 3"),
            RoadmapStep(
                order: 2, criterion: "VAL-301", stage: 3, target: 3, dimension: "VAL", headline: "Value is measured",
                action: "Value is measured", command: nil, effort: .small, isKey: false, failing: [], needed: nil,
                unit: "agents", stageAfter: 3, reason: "it is one of the 80 %"),
        ], notes: ["1,200 of 1,300 records were imported"])

    /// Two teams of which one lags behind.
    static let teams = [
        TeamResult(
            name: "sales", agents: 2, calls: 30, share: 0.25, exposure: 0.5, tier: .high, stage: 2, isBinding: true,
            gaps: [assessment.findings[1]]),
        TeamResult(name: nil, agents: 1, calls: 90, share: 0.75, exposure: 0.5, tier: nil, stage: 3, isBinding: true, gaps: []),
    ]

    private static func finding(
        _ id: CriterionID, _ stage: Int, _ dimension: String, _ band: Band, _ credit: Double, _ value: Double, _ satisfied: Int,
        _ total: Int
    ) -> Finding {
        Finding(
            criterion: id, stage: stage, dimension: dimension, isKey: true, title: "Prompts are logged", band: band,
            credit: credit, value: value, satisfied: satisfied, total: total, failing: [], reasons: ["100.0 % of the units satisfy it"])
    }

    static var void: Assessment {
        var assessment = assessment
        assessment.stage = nil
        assessment.stageName = nil
        assessment.voidReason = "the ledger does not verify at entry 17"
        return assessment
    }
}
