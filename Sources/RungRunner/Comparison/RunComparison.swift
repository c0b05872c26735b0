public import RungCore

/// Two runs of the same cases as the two sides of a comparison: pairs their cases and tells what numbers do not say.
public struct RunComparison: Sendable {
    public let baseline: [CaseValues]
    public let candidate: [CaseValues]
    public let ground: ComparisonGround

    /// What part of a case's slices matters.
    public struct Parts: Sendable, Equatable {
        /// The slice whose values are reported by themselves; nil for none.
        public var slice: String?
        /// The slice whose cases are not independent of each other, such as a document; nil for none.
        public var cluster: String?

        public init(slice: String? = nil, cluster: String? = nil) {
            self.slice = slice
            self.cluster = cluster
        }
    }

    /// Cases are the same when suite, id and agent are; the agent may differ where each run has only one. Skipped cases and those in
    /// quarantine count on neither side.
    public init(baseline: RunValues, candidate: RunValues, parts: Parts = Parts()) {
        let naming = Naming(baseline, candidate)
        self.baseline = baseline.cases.map { naming.values(of: $0, parts) }
        self.candidate = candidate.cases.map { naming.values(of: $0, parts) }
        let skipped = candidate.cases.filter { $0.isCritical && $0.verdict == .skipped }.map {
            "critical case \(naming.name(of: $0.key)) was skipped"
        }
        let failed = candidate.cases.filter { $0.isCritical && $0.verdict == .failed }
        let selection = candidate.filter.flatMap { filter in
            filter == baseline.filter ? nil : "\(candidate.name) took only some of the cases (\(filter))"
        }
        ground = ComparisonGround(
            gaps: [baseline.gap, candidate.gap, selection].compactMap { $0 } + skipped.sorted(),
            failedCriticalCases: failed.map { naming.name(of: $0.key) }.sorted())
    }

    /// How cases are called: as shortly as both runs allow.
    private struct Naming {
        private let isOneSuite: Bool
        private let isOneAgent: Bool

        init(_ runs: RunValues...) {
            isOneSuite = Set(runs.flatMap { $0.cases.map(\.key.suite) }).count <= 1
            isOneAgent = runs.allSatisfy { Set($0.cases.map(\.key.agent)).count <= 1 }
        }

        func name(of key: CaseKey) -> String {
            // An identifier may hold a slash, and never a space.
            (isOneSuite ? "" : "\(key.suite) ") + "\(key.id)" + (isOneAgent ? "" : "@\(key.agent)")
        }

        /// Several agents that play one scenario are not independent of each other.
        private func together(_ key: CaseKey) -> String? { isOneAgent ? nil : "case \(key.suite) \(key.id)" }

        func values(of item: RunValues.Case, _ parts: Parts) -> CaseValues {
            let counts = item.verdict != .skipped && item.verdict != .quarantined
            return CaseValues(
                id: name(of: item.key), trials: counts ? item.trials : [],
                cluster: parts.cluster.flatMap { item.slices[$0] } ?? together(item.key),
                slice: parts.slice.flatMap { item.slices[$0] }, digest: item.digest)
        }
    }
}
