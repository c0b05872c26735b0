import RungCore
import RungCrypto
import RungText

@testable import RungAssessment

/// A criterion of stage 2 on a census of agents: partial at 0.5, full at 0.8, at least two agents.
func sampleCriterion(
    _ id: CriterionID = "REG-201", stage: Int = 2, isKey: Bool = true, title: String = "Agents are known",
    prerequisites: [CriterionID] = [], effort: Criterion.Effort = .small, levelUp: String? = nil, command: String? = nil,
    _ adjust: (inout Criterion.Measure) -> Void = { _ in }
) -> Criterion {
    var measure = Criterion.Measure(
        sql: "sql of \(id)", windowDays: 30, partial: 0.5, full: 0.8, better: .up, zero: nil, aggregate: .share,
        minimumPopulation: 2, population: .census, detector: nil, unit: "agents")
    adjust(&measure)
    return Criterion(
        id: id, stage: stage, dimension: "REG", isKey: isKey, title: title, question: "?", why: "", measureText: "",
        measure: measure,
        remediation: Criterion.Remediation(text: "Mend \(id).", effort: effort, levelUp: levelUp, command: command),
        prerequisites: prerequisites, lines: [])
}

/// A rubric of five stages, of which those up to `completeTo` are complete.
func sampleRubric(_ criteria: [Criterion], completeTo: Int = 5, symptoms: [Symptom] = []) -> Rubric {
    let names = ["Clever Bot", "Agent Zoo", "Agent Factory", "Learning Mesh", "Intelligent Enterprise"]
    let stages = names.enumerated().map { index, name in
        StageDescription(
            number: index + 1, name: name, summary: "", keyRisk: nil, keyShift: nil, deficits: [], capabilities: [],
            levelUp: [.init(id: "L\(index + 1)\(index + 2).1", text: "Climb to \(index + 2).")],
            isComplete: index + 1 <= completeTo)
    }
    return Rubric(
        id: "sample", version: "1.2.3", title: "Sample", digest: SHA256Hasher.digest(of: "sample"), stages: stages,
        dimensions: [Rubric.Dimension(code: "REG", title: "Registry")], criteria: criteria, symptoms: symptoms)
}

/// One row of a share.
func row(_ entity: String, _ satisfied: Int, _ total: Int) -> MeasureRow {
    MeasureRow(entity: entity, amount: .share(satisfied: satisfied, total: total))
}

/// One row of a value.
func row(_ entity: String, _ value: Double) -> MeasureRow { MeasureRow(entity: entity, amount: .value(value)) }

/// An answer of one row per unit: the first `satisfied` of `total` are as they should be.
func answer(_ satisfied: Int, of total: Int) -> MeasureOutcome { .answered(MeasureAnswer(rows: [row("a", satisfied, total)])) }

/// A finding as the rules would give it, for tests of what comes after.
func sampleFinding(_ id: CriterionID, stage: Int = 2, isKey: Bool = true, _ band: Band) -> Finding {
    let credit: Double = band == .full ? 1 : band == .partial ? 0.6 : 0
    return Finding(
        criterion: id, stage: stage, dimension: "REG", isKey: isKey, title: "Title of \(id)", band: band, credit: credit,
        value: nil, satisfied: 0, total: 0, failing: [], reasons: ["reason of \(id)"])
}

/// Evidence that answers by query and first day of the window; everything else is empty.
struct SampleEvidence: EvidenceReading {
    /// What is there, by query.
    var rows: [String: @Sendable (EvidenceWindow) -> [MeasureRow]] = [:]
    /// What detectors say, by query.
    var flags: [String: Bool] = [:]
    /// Queries that fail, with the reason.
    var failures: [String: String] = [:]
    /// What the answers rest on, by query; nothing for others.
    var bases: [String: @Sendable (EvidenceWindow) -> EvidenceBasis] = [:]

    /// What people have agreed on.
    var exceptions = CriterionExceptions()

    /// A fixed head.
    var head: LedgerHead { LedgerHead(size: 7, root: SHA256Hasher.digest(of: "root")) }

    func rows(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> [MeasureRow] {
        if let reason = failures[sql] { throw MeasureFailure(reason) }
        return rows[sql]?(window) ?? []
    }

    func flag(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> Bool {
        if let reason = failures[sql] { throw MeasureFailure(reason) }
        return flags[sql] ?? false
    }

    func basis(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> EvidenceBasis {
        bases[sql]?(window) ?? EvidenceBasis()
    }

    func exceptions(asOf time: Timestamp) throws(MeasureFailure) -> CriterionExceptions { exceptions }

    /// Who runs what.
    var survey = TeamSurvey()

    /// Why teams cannot be read; nil when they can.
    var teamsFailure: String?

    func teams(accountableFor entities: Set<String>, asOf time: Timestamp) throws(MeasureFailure) -> TeamSurvey {
        if let teamsFailure { throw MeasureFailure(teamsFailure) }
        var known = survey
        known.owners = survey.owners.filter { entities.contains($0.key) }
        return known
    }
}

/// SplitMix64 (S. Vigna, public domain): the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
