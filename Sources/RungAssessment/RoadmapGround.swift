internal import RungCore

/// What plans are made on: the findings and how they hang together, as positions in lists that are sorted by id.
struct RoadmapGround {
    let criteria: [Criterion]
    /// How each criterion stands now.
    let findings: [Finding]
    /// Of each criterion, those that have a finding.
    let prerequisites: [[Int]]
    /// Criteria that would be full but for a prerequisite.
    let isHeldBack: [Bool]
    /// In the order of the rubric.
    let dimensions: [DimensionLayout]
    private let isMetNow: [Bool]
    /// The credit of each before its prerequisites are looked at.
    private let alone: [Double]
    /// Dimensions whose score changes when the criterion does: its own, and those of the criteria that need it.
    private let dimensionsTouched: [[Int]]

    init(_ rubric: Rubric, _ assessed: AssessedFindings) {
        let known = Dictionary(assessed.all.map { ($0.criterion, $0) }) { first, _ in first }
        let declared = Dictionary(rubric.criteria.map { ($0.id, $0) }) { first, _ in first }
        let criteria = declared.values.filter { known[$0.id] != nil }.sorted { $0.id < $1.id }
        let findings = criteria.compactMap { known[$0.id] }
        let positions = Dictionary(uniqueKeysWithValues: criteria.indices.map { (criteria[$0].id, $0) })
        let prerequisites = criteria.map { $0.prerequisites.compactMap { positions[$0] }.sorted() }
        var touched: [Set<Int>] = criteria.indices.map { _ in [] }
        for (position, finding) in findings.enumerated() {
            guard let dimension = rubric.dimensions.firstIndex(where: { $0.code == finding.dimension }) else { continue }
            for touching in prerequisites[position] + [position] { touched[touching].insert(dimension) }
        }
        self.criteria = criteria
        self.findings = findings
        self.prerequisites = prerequisites
        isHeldBack = findings.map { assessed.heldBack.contains($0.criterion) }
        dimensions = rubric.dimensions.map { DimensionLayout($0.code, findings) }
        isMetNow = findings.map { FindingRule.isMet($0.band) }
        alone = findings.map { assessed.alone[$0.criterion] ?? (assessed.heldBack.contains($0.criterion) ? 1 : $0.credit) }
        dimensionsTouched = touched.map { $0.sorted() }
    }

    /// Whether the criterion leaves those that need it alone, once `done` is done.
    func isMet(_ position: Int, _ done: [Bool]) -> Bool { done[position] || isMetNow[position] }

    /// The credit of a criterion once `done` is done.
    func credit(_ position: Int, _ done: [Bool]) -> Double {
        let credit = done[position] ? 1 : alone[position]
        guard credit > FindingRule.prerequisiteLimit else { return credit }
        let isFree = prerequisites[position].allSatisfy { isMet($0, done) }
        return isFree ? credit : FindingRule.prerequisiteLimit
    }

    /// Dimensions whose scores these steps may change, in order.
    func touched(by steps: [Int]) -> [Int] {
        guard steps.count != 1 else { return dimensionsTouched[steps[0]] }
        return Set(steps.flatMap { dimensionsTouched[$0] }).sorted()
    }

    /// The findings as they would be once `done` is done, on evidence that is strong enough.
    func findings(after done: [Bool]) -> [Finding] {
        findings.indices.map { position in
            var finding = findings[position]
            guard done[position] || [.full, .partial, .none].contains(finding.band) else { return finding }
            finding.credit = credit(position, done)
            finding.band = CreditScale.band(of: finding.credit)
            if done[position] { finding.basis = EvidenceBasis() }
            return finding
        }
    }

    /// What a stage lacks now, as positions.
    struct Gaps {
        let stage: Int
        let isComplete: Bool
        let key: [Int]
        let other: [Int]
        let weak: [Int]
        let applicable: Int
        let required: Int
        let keyCount: Int
        let strongNeeded: Int
    }

    /// What the stage lacks now.
    func gaps(of stage: StageDescription) -> Gaps {
        let gaps = StageGaps(stage: stage.number, findings)
        let positions = Dictionary(uniqueKeysWithValues: findings.indices.map { (findings[$0].criterion, $0) })
        func found(_ findings: [Finding]) -> [Int] { findings.compactMap { positions[$0.criterion] } }
        return Gaps(
            stage: stage.number, isComplete: stage.isComplete, key: found(gaps.key), other: found(gaps.other),
            weak: found(gaps.weak), applicable: gaps.applicable, required: gaps.required, keyCount: gaps.keyCount,
            strongNeeded: gaps.strongNeeded)
    }
}
