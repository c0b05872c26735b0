internal import RungCore

/// Chooses the next step towards a stage, as if the steps before it had been done.
struct RoadmapPlanner {
    private let criteria: [CriterionID: Criterion]
    private let findings: [CriterionID: Finding]
    private let heldBack: Set<CriterionID>
    private let all: [Finding]
    /// Steps that were chosen already; they count as full, on evidence that is strong enough.
    private var done: Set<CriterionID> = []
    /// Criteria that need stronger evidence, whether they are full or not.
    private var weak: Set<CriterionID> = []

    /// A step, and what it is for.
    struct Choice {
        /// What is to be mended.
        let criterion: Criterion
        /// How it stands now.
        let finding: Finding
        /// What it is to the stage that is aimed at.
        let role: Role
        /// Criteria that wait for it, sorted.
        let unlocks: [CriterionID]
        /// Whether it needs stronger evidence, whatever else it needs.
        let isWeak: Bool
    }

    /// What a criterion is to a stage.
    enum Role {
        /// The stage cannot be had without it.
        case key
        /// It is one of those of which 80 % must be full.
        case other
        /// It only has to be there for another one.
        case prerequisiteOnly
    }

    init(_ rubric: Rubric, _ assessed: AssessedFindings) {
        criteria = Dictionary(rubric.criteria.map { ($0.id, $0) }) { first, _ in first }
        findings = Dictionary(assessed.all.map { ($0.criterion, $0) }) { first, _ in first }
        heldBack = assessed.heldBack
        all = assessed.all
    }

    /// The first step of the plan that removes most blockers for its effort; nil when nothing blocks the stage any more.
    mutating func nextStep(towards stage: StageDescription) -> Choice? {
        let gaps = StageGaps(stage: stage.number, all)
        weak = Set(weak(of: gaps).map(\.criterion))
        let blockers = blockers(of: stage, gaps)
        let plans = blockers.map { Plan(for: $0, self, blockers) }.filter { !$0.steps.isEmpty }
        guard let best = plans.min(by: Plan.isBetter), let next = best.steps.first, let criterion = criteria[next],
            let finding = findings[next]
        else { return nil }
        let role: Role =
            gaps.key.contains { $0.criterion == next } || weak.contains(next)
            ? .key : gaps.other.contains { $0.criterion == next } ? .other : .prerequisiteOnly
        let unlocks = isMet(next) ? [] : waiting(for: next, among: blockers)
        done.insert(next)
        return Choice(criterion: criterion, finding: finding, role: role, unlocks: unlocks, isWeak: weak.contains(next))
    }

    /// Key criteria that are not full yet, and the others as long as fewer than 80 % would be full.
    ///
    /// Of a stage that is not complete nobody knows how many are needed, so all its gaps count.
    private func blockers(of stage: StageDescription, _ gaps: StageGaps) -> [Finding] {
        let key = gaps.key.filter { !isResolved($0.criterion, done) }
        let other = gaps.other.filter { !isResolved($0.criterion, done) }
        let fullInTheEnd = gaps.applicable - other.count
        let missing = !stage.isComplete || fullInTheEnd < gaps.required ? key + other : key
        let known = Set(missing.map(\.criterion))
        return missing + weak(of: gaps).filter { !known.contains($0.criterion) }
    }

    /// Key criteria whose evidence is too weak, as long as too many are.
    private func weak(of gaps: StageGaps) -> [Finding] {
        let weak = gaps.weak.filter { !done.contains($0.criterion) }
        return gaps.keyCount - weak.count < gaps.strongNeeded ? weak : []
    }

    /// The criteria that have this one among their prerequisites: blockers, and what blockers wait for in turn.
    private func waiting(for prerequisite: CriterionID, among blockers: [Finding]) -> [CriterionID] {
        let open = Set(blockers.flatMap { closure(of: $0.criterion) + [$0.criterion] })
        return open.filter { criteria[$0]?.prerequisites.contains(prerequisite) == true }.sorted()
    }

    // MARK: - As if the steps before had been done

    /// Whether the criterion leaves those that need it alone.
    private func isMet(_ id: CriterionID) -> Bool {
        guard let finding = findings[id] else { return true }
        return done.contains(id) || FindingRule.isMet(finding.band)
    }

    /// Whether a gap is closed once `done` is: mended, or only held back by prerequisites that are mended now.
    fileprivate func isResolved(_ id: CriterionID, _ done: Set<CriterionID>) -> Bool {
        guard done.contains(id) || heldBack.contains(id) && !weak.contains(id) else { return false }
        return (criteria[id]?.prerequisites ?? []).allSatisfy { done.contains($0) || isMet($0) }
    }

    /// What has to be mended for the criterion, prerequisites first; itself last, unless it only waits for them.
    fileprivate func closure(of id: CriterionID) -> [CriterionID] {
        var steps: [CriterionID] = []
        var seen: Set<CriterionID> = []
        visit(id, &steps, &seen)
        return heldBack.contains(id) && !weak.contains(id) ? steps.filter { $0 != id } : steps
    }

    private func visit(_ id: CriterionID, _ steps: inout [CriterionID], _ seen: inout Set<CriterionID>) {
        guard seen.insert(id).inserted, !done.contains(id), let criterion = criteria[id] else { return }
        for prerequisite in criterion.prerequisites.sorted() where !isMet(prerequisite) { visit(prerequisite, &steps, &seen) }
        steps.append(id)
    }

    /// All that has to be done for one blocker.
    private struct Plan {
        let steps: [CriterionID]
        /// Blockers that are gone once it is done, at least 1.
        let removed: Double
        /// Points.
        let effort: Double
        let isKey: Bool
        let blocker: CriterionID

        init(for finding: Finding, _ planner: RoadmapPlanner, _ blockers: [Finding]) {
            let steps = planner.closure(of: finding.criterion)
            let after = planner.done.union(steps)
            self.steps = steps
            removed = Double(blockers.count { planner.isResolved($0.criterion, after) })
            effort = steps.reduce(0) { $0 + (planner.criteria[$1]?.remediation.effort.points ?? 0) }
            isKey = finding.isKey
            blocker = finding.criterion
        }

        /// More blockers for the effort, then key before others, then less effort, then the id.
        static func isBetter(_ a: Plan, than b: Plan) -> Bool {
            let (x, y) = (a.removed * b.effort, b.removed * a.effort)
            if x != y { return x > y }
            if a.isKey != b.isKey { return a.isKey }
            if a.effort != b.effort { return a.effort < b.effort }
            return a.blocker < b.blocker
        }
    }
}
