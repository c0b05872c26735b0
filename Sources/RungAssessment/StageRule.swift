public import RungCore

/// Earns stages from findings: nothing good makes up for a key criterion that is missing.
public enum StageRule {
    /// What each stage above 1 came to, in the order of the rubric.
    ///
    /// A stage is met when every key criterion that applies is full, at least 80 % of all that apply are full, and at
    /// least one applies; from stage 3 on somebody must vouch for the evidence of 80 % of the key criteria (class A or B), and
    /// at stage 5 the program itself must have recorded all of it (class A). A stage whose criteria are not all in the rubric
    /// is not assessed.
    public static func results(for rubric: Rubric, findings: [Finding]) -> [StageResult] {
        var results: [StageResult] = []
        for stage in rubric.stages where stage.number > 1 {
            let lower = results.first { $0.status != .met }
            results.append(result(for: stage, StageGaps(stage: stage.number, findings), lower: lower))
        }
        return results
    }

    /// The highest stage that is met together with all stages below it; 1 is the floor.
    public static func stage(from results: [StageResult]) -> Int {
        var stage = 1
        for result in results.sorted(by: { $0.number < $1.number }) {
            guard result.status == .met, result.number == stage + 1 else { break }
            stage = result.number
        }
        return stage
    }

    private static func result(for stage: StageDescription, _ gaps: StageGaps, lower: StageResult?) -> StageResult {
        var reasons: [String] = []
        let status: StageResult.Status
        if !stage.isComplete {
            status = .notAssessed
            reasons.append("the rubric does not hold all criteria of this stage, so it cannot be earned")
        } else if gaps.applicable == 0 {
            status = .notMet
            reasons.append("no criterion of this stage applies, so nothing proves it")
        } else {
            status = gaps.key.isEmpty && gaps.missing == 0 && gaps.unproven == nil ? .met : .notMet
        }
        if let unproven = gaps.unproven { reasons.append(unproven) }
        reasons += gaps.key.map { "key criterion \(text($0))" }
        if gaps.missing > 0 {
            reasons.append(
                "\(gaps.full) of the \(gaps.applicable) criteria that apply are full, \(gaps.required) are needed (80 %)")
            reasons += gaps.other.map { "criterion \(text($0))" }
        }
        if status == .met, let lower { reasons.append("its own criteria are met, but stage \(lower.number) comes first") }
        return StageResult(
            number: stage.number, name: stage.name, status: status, full: gaps.full, applicable: gaps.applicable,
            reasons: reasons)
    }

    private static func text(_ finding: Finding) -> String {
        let band = finding.band == .none ? "not met" : finding.band.rawValue
        return "\(finding.criterion) (\(finding.title)) is \(band): \(finding.reasons.joined(separator: "; "))"
    }
}

/// What a stage lacks.
struct StageGaps: Equatable {
    /// Criteria of the stage that are full.
    let full: Int
    /// Criteria of the stage that apply.
    let applicable: Int
    /// Key criteria that are not full, by id.
    let key: [Finding]
    /// Other criteria that are not full, by id.
    let other: [Finding]
    /// Key criteria that apply whose evidence is weaker than the stage asks for, by id.
    let weak: [Finding]
    /// Key criteria that apply, and how many of them need evidence that is strong enough.
    let keyCount: Int
    let strongNeeded: Int
    /// The weakest class that is strong enough.
    let classNeeded: EvidenceClass

    init(stage: Int, _ findings: [Finding]) {
        let applicable = findings.filter { $0.stage == stage && $0.band != .notApplicable }
        let gaps = applicable.filter { $0.band != .full }.sorted { $0.criterion < $1.criterion }
        self.applicable = applicable.count
        full = applicable.count - gaps.count
        key = gaps.filter(\.isKey)
        other = gaps.filter { !$0.isKey }
        let keys = applicable.filter(\.isKey)
        let classNeeded: EvidenceClass = stage >= 5 ? .a : stage >= 3 ? .b : .d
        self.classNeeded = classNeeded
        keyCount = keys.count
        strongNeeded = stage >= 5 ? keys.count : (keys.count * 4 + 4) / 5
        weak = keys.filter { ($0.evidenceClass ?? .a) > classNeeded }.sorted { $0.criterion < $1.criterion }
    }

    /// Why the evidence of the key criteria is too weak for the stage; nil when it is not.
    var unproven: String? {
        guard keyCount - weak.count < strongNeeded else { return nil }
        let names = weak.map { "\($0.criterion) (\($0.evidenceClass?.rawValue ?? "-"))" }.joined(separator: ", ")
        return "\(keyCount - weak.count) of the \(keyCount) key criteria that apply rest on evidence of class "
            + "\(classNeeded == .a ? "A" : "A or B"), \(strongNeeded) are needed; weaker: \(names)"
    }

    /// How many must be full: 80 % of those that apply, rounded up.
    var required: Int { (applicable * 4 + 4) / 5 }

    /// How many more must become full.
    var missing: Int { max(0, required - full) }
}
