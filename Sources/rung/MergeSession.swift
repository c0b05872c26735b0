import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungRunner
import RungText

/// Takes in bundles, and puts a sharded run together from what is there.
struct MergeSession {
    private let store: EvidenceStore
    private let now: @Sendable () -> Timestamp
    private let runKey: String?
    private let baseline: Baseline?

    init(evidence: String, runKey: String?, baseline: String?) throws {
        now = try Surroundings.clock()
        self.runKey = runKey
        self.baseline = try baseline.map { try TestSession.baseline($0, evidence) }
        store = try Composition.store(at: evidence)
    }

    /// Takes in all bundles or none; nil without any.
    func takeIn(_ bundles: [String]) throws -> MergeReport? {
        try bundles.isEmpty ? nil : store.merge(bundles: bundles, actor: PrincipalID(Surroundings.actor))
    }

    /// Puts together the run of the given key, else the newest one in the bundles, else the newest one there is.
    func putTogether(_ bundles: [String], _ reports: ReportOptions) throws -> MergeOutcome {
        guard let roll = try roll(in: bundles) else { return MergeOutcome() }
        guard roll.isWhole else { return MergeOutcome(missing: roll) }
        let teller = ReportTeller(Composition.reporters(reports))
        let known = try store.mergedRuns().first {
            $0.header.mergedFrom == roll.counting.map(\.header.id) && $0.header.baseline == baseline?.name
        }
        let summary = try known.map { try tellAgain($0, teller) } ?? record(roll, teller)
        return MergeOutcome(summary: summary, isKnown: known != nil, failures: teller.failures)
    }

    // MARK: - Shards

    private func roll(in bundles: [String]) throws -> ShardRoll? {
        let runs = try store.shardRuns()
        let used = Set(try store.mergedRuns().flatMap(\.header.mergedFrom))
        let deliveries = runs.compactMap { DeliveredShard(header: $0.header, summary: $0.summary) }
        let rolls = ShardRoll.all(of: deliveries, used: used)
        if let runKey {
            guard let roll = rolls.first(where: { $0.name.runKey == runKey }) else {
                let keys = Set(rolls.map(\.name.runKey)).sorted()
                throw InvalidInput(
                    "--run-key \(runKey)", nil, "no shard of a run has this key",
                    suggestion: NearestWord.suggestion(for: runKey, among: keys) ?? "known are \(keys.joined(separator: ", "))")
            }
            return roll
        }
        guard !bundles.isEmpty else { return rolls.first }
        let delivered = Set(try bundles.flatMap { try Composition.existingStore(at: $0).shardRuns().map(\.header.id) })
        return rolls.first { roll in roll.deliveries.contains { delivered.contains($0.header.id) } }
    }

    // MARK: - The run

    /// Records the run in one transaction, then ends the reports: a report never tells of a run that was not recorded.
    private func record(_ roll: ShardRoll, _ teller: ReportTeller) throws -> RunSummary {
        var merged = MergedRun(of: roll, id: Surroundings.newRunID(at: now()), baseline: baseline)
        let shards = Set(merged.header.mergedFrom)
        let isVouchedFor = try store.shardRuns().allSatisfy { !shards.contains($0.header.id) || $0.isVouchedFor }
        let recorder = RunRecorder(
            store: store, actor: PrincipalID(Surroundings.actor), reason: "merge of \(roll.name.count) shards", isVouchedFor: isVouchedFor)
        var summary: RunSummary?
        try recorder.recordAtOnce { record in
            var batch = [RunEvent.started(merged.header)]
            func flush() throws {
                try record(batch)
                teller.tell(batch)
                batch.removeAll(keepingCapacity: true)
            }
            try store.forEachResult(ofShards: merged.header.mergedFrom) { result in
                try merged.add(result)
                batch.append(.caseFinished(result))
                if batch.count >= Self.batchSize { try flush() }
            }
            try flush()
            let end = try merged.summary(at: now())
            try record([.finished(end)])
            summary = end
        }
        guard let summary else { preconditionFailure("a transaction that went well has run its body") }
        teller.tell([.finished(summary)])
        return summary
    }

    /// The run has been recorded before: only its reports are written again.
    private func tellAgain(_ run: RunDetail, _ teller: ReportTeller) throws -> RunSummary {
        guard let summary = run.summary else { preconditionFailure("only merged runs that have ended are known") }
        teller.tell([.started(run.header)])
        try store.forEachResult(ofShards: run.header.mergedFrom) { teller.tell([.caseFinished($0)]) }
        teller.tell([.finished(summary)])
        return summary
    }

    private static let batchSize = 512
}

/// Tells reporters of a run; one that fails is left out from then on, and the others go on.
///
/// A class because closures share it.
final class ReportTeller {
    private var reporters: [any RunObserver]
    private(set) var failures: [ObserverFailure] = []

    init(_ reporters: [any RunObserver]) { self.reporters = reporters }

    func tell(_ events: [RunEvent]) {
        for reporter in reporters {
            do { try reporter.handle(events) } catch {
                failures.append(ObserverFailure(name: reporter.name, reason: "\(error)"))
                reporters.removeAll { $0 === reporter }
            }
        }
    }
}
