internal import RungCore

/// Chooses the next step towards a stage, as if the steps before it had been done.
///
/// Criteria are positions in a list that is sorted by id, so that the same findings in any order give the same plan, and a
/// plan for all criteria takes a few milliseconds.
struct RoadmapPlanner {
    private let ground: RoadmapGround
    /// Steps that were chosen already; they count as full, on evidence that is strong enough.
    private var done: [Bool]
    /// Score of each dimension once they are done.
    private var scores: [Double]
    /// Criteria that need stronger evidence, whether they are full or not.
    private var weak: Set<Int> = []
    private var gaps: RoadmapGround.Gaps?

    /// What the whole of the gain may add to one blocker that is removed; it decides between plans that remove as many.
    private static let gainWeight = 0.01

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
        /// By how much it raises the sum of the dimension scores.
        let gain: Double
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
        let ground = RoadmapGround(rubric, assessed)
        let done = [Bool](repeating: false, count: ground.findings.count)
        self.ground = ground
        self.done = done
        scores = ground.dimensions.map { dimension in dimension.score { ground.credit($0, done) } }
    }

    /// The first step of the plan that removes most blockers for its effort; nil when nothing blocks the stage any more.
    mutating func nextStep(towards stage: StageDescription) -> Choice? {
        let gaps = gaps(of: stage)
        weak = Set(weak(of: gaps))
        let blockers = blockers(of: gaps)
        let plans = blockers.map { plan(for: $0, blockers) }.filter { !$0.steps.isEmpty }
        guard let next = plans.min(by: Plan.isBetter)?.steps.first else { return nil }
        let role: Role =
            gaps.key.contains(next) || weak.contains(next) ? .key : gaps.other.contains(next) ? .other : .prerequisiteOnly
        let unlocks = ground.isMet(next, done) ? [] : waiting(for: next, among: blockers)
        return Choice(
            criterion: ground.criteria[next], finding: ground.findings[next], role: role,
            unlocks: unlocks.map { ground.criteria[$0].id }, isWeak: weak.contains(next), gain: finish(next))
    }

    /// The findings as they would be once all steps that were chosen are done.
    var findingsInTheEnd: [Finding] { ground.findings(after: done) }

    /// Takes a criterion as done that somebody else mends; one that is not known is passed over.
    mutating func settle(_ criterion: CriterionID) {
        guard let position = ground.criteria.firstIndex(where: { $0.id == criterion }) else { return }
        _ = finish(position)
    }

    /// Takes the step as done and says what it brings.
    private mutating func finish(_ step: Int) -> Double {
        let before = scores
        done[step] = true
        for dimension in ground.touched(by: [step]) { scores[dimension] = score(dimension, done) }
        return Self.rounded(zip(scores, before).reduce(0) { $0 + ($1.0 - $1.1) })
    }

    /// The order of additions must not decide.
    private static func rounded(_ gain: Double) -> Double { (gain * 1e9).rounded() / 1e9 + 0 }

    private func score(_ dimension: Int, _ done: [Bool]) -> Double {
        ground.dimensions[dimension].score { ground.credit($0, done) }
    }

    // MARK: - What blocks the stage

    private mutating func gaps(of stage: StageDescription) -> RoadmapGround.Gaps {
        if let gaps, gaps.stage == stage.number { return gaps }
        let found = ground.gaps(of: stage)
        gaps = found
        return found
    }

    /// Key criteria that are not full yet, and the others as long as fewer than 80 % would be full.
    ///
    /// Of a stage that is not complete nobody knows how many are needed, so all its gaps count.
    private func blockers(of gaps: RoadmapGround.Gaps) -> [Int] {
        let key = gaps.key.filter { !isResolved($0, done) }
        let other = gaps.other.filter { !isResolved($0, done) }
        let fullInTheEnd = gaps.applicable - other.count
        let missing = !gaps.isComplete || fullInTheEnd < gaps.required ? key + other : key
        return missing + weak(of: gaps).filter { !missing.contains($0) }
    }

    /// Key criteria whose evidence is too weak, as long as too many are.
    private func weak(of gaps: RoadmapGround.Gaps) -> [Int] {
        let weak = gaps.weak.filter { !done[$0] }
        return gaps.keyCount - weak.count < gaps.strongNeeded ? weak : []
    }

    /// The criteria that have this one among their prerequisites: blockers, and what blockers wait for in turn.
    private func waiting(for prerequisite: Int, among blockers: [Int]) -> [Int] {
        let open = Set(blockers.flatMap { closure(of: $0) + [$0] })
        return open.filter { ground.prerequisites[$0].contains(prerequisite) }.sorted()
    }

    // MARK: - As if the steps before had been done

    /// Whether a gap is closed once `done` is: mended, or only held back by prerequisites that are mended now.
    private func isResolved(_ position: Int, _ done: [Bool]) -> Bool {
        guard done[position] || isOnlyHeldBack(position) else { return false }
        return ground.prerequisites[position].allSatisfy { ground.isMet($0, done) }
    }

    private func isOnlyHeldBack(_ position: Int) -> Bool { ground.isHeldBack[position] && !weak.contains(position) }

    /// What has to be mended for the criterion, prerequisites first; itself last, unless it only waits for them.
    private func closure(of position: Int) -> [Int] {
        var steps: [Int] = []
        var seen = done
        visit(position, &steps, &seen)
        if isOnlyHeldBack(position) { steps.removeAll { $0 == position } }
        return steps
    }

    private func visit(_ position: Int, _ steps: inout [Int], _ seen: inout [Bool]) {
        guard !seen[position] else { return }
        seen[position] = true
        for prerequisite in ground.prerequisites[position] where !ground.isMet(prerequisite, done) {
            visit(prerequisite, &steps, &seen)
        }
        steps.append(position)
    }

    // MARK: - Plans

    /// All that has to be done for one blocker.
    private struct Plan {
        let steps: [Int]
        /// Blockers that are gone once it is done, at least 1, and a little for what it raises the scores by.
        let worth: Double
        /// Points.
        let effort: Double
        let isKey: Bool
        let blocker: Int

        /// More worth for the effort, then key before others, then less effort, then the id.
        static func isBetter(_ a: Plan, than b: Plan) -> Bool {
            let (x, y) = (a.worth * b.effort, b.worth * a.effort)
            if x != y { return x > y }
            if a.isKey != b.isKey { return a.isKey }
            if a.effort != b.effort { return a.effort < b.effort }
            return a.blocker < b.blocker
        }
    }

    private func plan(for blocker: Int, _ blockers: [Int]) -> Plan {
        let steps = closure(of: blocker)
        var after = done
        for step in steps { after[step] = true }
        let removed = blockers.reduce(0.0) { $0 + (isResolved($1, after) ? 1 : 0) }
        let gain = ground.touched(by: steps).reduce(0.0) { $0 + (score($1, after) - scores[$1]) }
        return Plan(
            steps: steps, worth: removed + Self.gainWeight * Self.rounded(gain),
            effort: steps.reduce(0) { $0 + ground.criteria[$1].remediation.effort.points },
            isKey: ground.findings[blocker].isKey, blocker: blocker)
    }
}
