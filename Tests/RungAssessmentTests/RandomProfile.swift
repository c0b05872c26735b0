import RungCore

@testable import RungAssessment

/// A random rubric with what evidence says to each of its criteria.
struct RandomProfile {
    /// One to eight criteria of stages 2 to 5, some of which need earlier ones.
    var rubric: Rubric
    /// One for every criterion.
    var outcomes: [CriterionID: MeasureOutcome] = [:]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var criteria: [Criterion] = []
        for index in 0..<Int.random(in: 1...8, using: &random) {
            let earlier = criteria.map(\.id).shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
            criteria.append(Self.criterion(index, Array(earlier), &random))
        }
        rubric = sampleRubric(criteria, completeTo: Int.random(in: 1...5, using: &random))
        for criterion in rubric.criteria { outcomes[criterion.id] = Self.outcome(for: criterion, &random) }
    }

    private static func criterion(_ index: Int, _ needs: [CriterionID], _ random: inout SeededGenerator) -> Criterion {
        let isValue = Int.random(in: 0..<5, using: &random) == 0
        return sampleCriterion(
            CriterionID("C-\(index)"), stage: Int.random(in: 2...4, using: &random),
            isKey: Bool.random(using: &random), prerequisites: needs,
            effort: [.small, .medium, .large].randomElement(using: &random) ?? .small
        ) {
            $0.minimumPopulation = Int.random(in: 1...4, using: &random)
            $0.partial = [0.25, 0.5, 0.6].randomElement(using: &random) ?? 0.5
            $0.full = [0.7, 0.8, 1].randomElement(using: &random) ?? 0.8
            $0.population = isValue || Bool.random(using: &random) ? .census : .sample
            $0.detector = Int.random(in: 0..<3, using: &random) == 0 ? "detector" : nil
            guard isValue else { return }
            $0.aggregate = Bool.random(using: &random) ? .median : .max
            $0.better = .down
            ($0.full, $0.partial, $0.zero) = (10, 30, 60)
        }
    }

    private static func outcome(for criterion: Criterion, _ random: inout SeededGenerator) -> MeasureOutcome {
        let rows = rows(for: criterion.measure, &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .failed(MeasureFailure("broken"))
        case 1 where criterion.measure.detector != nil:
            return .answered(MeasureAnswer(rows: [], windows: 4, detectorRan: Bool.random(using: &random)))
        case 1, 2: return .answered(MeasureAnswer(rows: [], previous: rows, basis: basis(&random)))
        case 3, 4: return perfect(criterion)
        default: return .answered(MeasureAnswer(rows: rows, basis: basis(&random)))
        }
    }

    /// Mostly records that somebody vouches for.
    private static func basis(_ random: inout SeededGenerator) -> EvidenceBasis {
        let classes: [EvidenceClass] = [.a, .a, .b, .b, .b, .c, .d]
        return EvidenceBasis([
            .init(kind: "interaction", evidenceClass: classes.randomElement(using: &random) ?? .a, records: 3),
            .init(kind: "release", evidenceClass: .a, records: 1),
        ])
    }

    private static func rows(for measure: Criterion.Measure, _ random: inout SeededGenerator) -> [MeasureRow] {
        (0..<Int.random(in: 0...4, using: &random)).map { index in
            if measure.aggregate != .share { return row("e\(index)", Double(Int.random(in: 0...70, using: &random))) }
            let total = Int.random(in: 0...6, using: &random)
            return row("e\(index)", Int.random(in: 0...total, using: &random), total)
        }
    }

    /// An outcome that is full for every criterion made here, samples included.
    static func perfect(_ criterion: Criterion) -> MeasureOutcome {
        let isShare = criterion.measure.aggregate == .share
        let basis = EvidenceBasis([.init(kind: "interaction", evidenceClass: .a, records: 500)])
        return .answered(MeasureAnswer(rows: isShare ? [row("e0", 500, 500)] : (0..<5).map { row("e\($0)", 1) }, basis: basis))
    }

    /// What the rules make of it.
    var findings: AssessedFindings { FindingRule.findings(for: rubric, outcomes: outcomes) }

    /// The stage that is earned.
    func stage(_ findings: AssessedFindings) -> Int {
        StageRule.stage(from: StageRule.results(for: rubric, findings: findings.all))
    }

    /// Makes the evidence of one criterion a little or a lot better; false when it cannot be better.
    mutating func improve(_ index: Int, _ random: inout SeededGenerator) -> Bool {
        let criterion = rubric.criteria[index]
        guard case .answered(var answer)? = outcomes[criterion.id] else {
            outcomes[criterion.id] = Self.perfect(criterion)
            return true
        }
        let isUnknown = answer.rows.isEmpty && answer.previous.isEmpty
        if isUnknown || Int.random(in: 0..<4, using: &random) == 0 {
            outcomes[criterion.id] = Self.perfect(criterion)
            return answer.detectorRan != true
        }
        if answer.rows.isEmpty { swap(&answer.rows, &answer.previous) }
        guard let changed = answer.rows.indices.randomElement(using: &random) else { return false }
        switch answer.rows[changed].amount {
        case .share(let satisfied, let total):
            answer.rows[changed].amount = .share(satisfied: Int.random(in: satisfied...total, using: &random), total: total)
        case .value(let value): answer.rows[changed].amount = .value(Double.random(in: 0...value, using: &random))
        }
        outcomes[criterion.id] = .answered(answer)
        return true
    }
}
