internal import RungCore

/// The findings of one dimension that count, by stage, laid out once so that other credits are scored without a search.
struct DimensionLayout {
    /// For each stage at which the dimension asks for something, the lowest first.
    private let stages: [Stage]

    /// At this mean credit a stage holds what lies above it fully.
    private static let firm = 0.8

    private struct Stage {
        /// Positions in the list of findings with their weights, by id of the criterion.
        var members: [(position: Int, weight: Double)] = []
        var weight = 0.0
    }

    /// - Parameter findings: of all dimensions, in any order; positions are those in this list.
    init(_ code: String, _ findings: [Finding]) {
        let own = findings.indices.filter { findings[$0].dimension == code && findings[$0].band != .notApplicable }
            .sorted { findings[$0].criterion < findings[$1].criterion }
        var stages: [Int: Stage] = [:]
        for position in own {
            let weight = findings[position].isKey ? DimensionRule.keyWeight : 1
            stages[findings[position].stage, default: Stage()].members.append((position, weight))
            stages[findings[position].stage, default: Stage()].weight += weight
        }
        self.stages = stages.sorted { $0.key < $1.key }.map(\.value)
    }

    /// 1 + 4/J · Σ_j C_j · Π_{i<j} min(1, C_i / 0.8), over the J stages at which the dimension asks for something; 1 without any.
    ///
    /// - Parameter credit: of the finding at a position. The order of the findings does not matter.
    func score(_ credit: (Int) -> Double) -> Double {
        guard !stages.isEmpty else { return 1 }
        var sum = 0.0
        var held = 1.0
        for stage in stages {
            let mean = stage.members.reduce(0) { $0 + $1.weight * credit($1.position) } / stage.weight
            sum += mean * held
            held *= min(1, mean / Self.firm)
        }
        return 1 + 4 * (sum / Double(stages.count))
    }
}
