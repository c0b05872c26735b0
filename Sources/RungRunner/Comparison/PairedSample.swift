internal import RungCore
internal import RungStatistics

/// The cases that both sides have values of, and what is left out.
struct PairedSample {
    /// Sorted by id, so that nothing depends on the order of the input.
    let pairs: [PairedCase]
    /// Sorted by id.
    let unpaired: [UnpairedCase]
    /// Trials that came to nothing, on each side.
    let missing: (baseline: Int, candidate: Int)
    /// Whether both sides have the same cases and trials, each with the same transcript.
    let isUnchanged: Bool

    /// - Precondition: ids are unique on each side.
    init(baseline: [CaseValues], candidate: [CaseValues]) {
        let (before, after) = (Self.byID(baseline), Self.byID(candidate))
        var pairs: [PairedCase] = []
        var unpaired: [UnpairedCase] = []
        for id in Set(before.keys).union(after.keys).sorted() {
            let (old, new) = (before[id].flatMap(CaseSide.init), after[id].flatMap(CaseSide.init))
            if old != nil, new != nil, let before = before[id]?.digest, let after = after[id]?.digest, before != after {
                unpaired.append(UnpairedCase(id: id, side: .changed))
            } else if let old, let new {
                pairs.append(
                    PairedCase(
                        id: id, baseline: old, candidate: new, cluster: before[id]?.cluster ?? after[id]?.cluster,
                        slice: before[id]?.slice ?? after[id]?.slice))
            } else {
                unpaired.append(UnpairedCase(id: id, side: old != nil ? .baseline : new != nil ? .candidate : .neither))
            }
        }
        self.pairs = pairs
        self.unpaired = unpaired
        missing = (Self.missing(in: baseline), Self.missing(in: candidate))
        isUnchanged =
            !pairs.isEmpty && unpaired.allSatisfy { before[$0.id]?.trials.isEmpty == true && after[$0.id]?.trials.isEmpty == true }
            && pairs.allSatisfy { Self.isUnchanged(before[$0.id]?.trials ?? [], after[$0.id]?.trials ?? []) }
    }

    private static func byID(_ cases: [CaseValues]) -> [String: CaseValues] {
        Dictionary(cases.map { ($0.id, $0) }) { _, _ in preconditionFailure("a side has each case once") }
    }

    private static func missing(in cases: [CaseValues]) -> Int {
        cases.reduce(0) { $0 + $1.trials.count { $0.value?.isFinite != true } }
    }

    private static func isUnchanged(_ before: [TrialValue], _ after: [TrialValue]) -> Bool {
        func transcripts(_ trials: [TrialValue]) -> [String: String]? {
            let known = trials.compactMap { trial in trial.digest.map { (trial.trial, $0) } }
            return known.count == trials.count ? Dictionary(known) { first, _ in first } : nil
        }
        guard before.count == after.count, let old = transcripts(before), let new = transcripts(after) else { return false }
        return old.count == before.count && old == new
    }

    /// Whether every value lies in 0…1.
    var isProportion: Bool { pairs.allSatisfy { $0.baseline.isProportion && $0.candidate.isProportion } }

    /// Fewest and most trials with a value; nil without pairs.
    var trials: ClosedRange<Int>? {
        let counts = pairs.flatMap { [$0.baseline.count, $0.candidate.count] }
        guard let least = counts.min(), let most = counts.max() else { return nil }
        return least...most
    }
}

/// One case on both sides.
struct PairedCase {
    let id: String
    let baseline: CaseSide
    let candidate: CaseSide
    let cluster: String?
    let slice: String?

    /// Candidate − baseline; what is left of equal means by rounding is 0.
    var difference: Double {
        let difference = candidate.mean - baseline.mean
        return abs(difference) <= 1e-12 * max(abs(candidate.mean), abs(baseline.mean)) ? 0 : difference
    }
}

/// The trials of one case on one side.
struct CaseSide {
    /// Trials with a value; at least one.
    let count: Int
    let mean: Double
    /// Between trials, with n − 1 in the denominator; nil for a single one.
    let variance: Double?
    let isProportion: Bool

    /// - Returns: nil where no trial has a finite value.
    init?(_ values: CaseValues) {
        // Sorted, so that the sum does not depend on the order of the trials.
        let numbers = values.trials.compactMap(\.value).filter(\.isFinite).sorted()
        guard let least = numbers.first, let most = numbers.last else { return nil }
        count = numbers.count
        mean = least == most ? least : numbers.reduce(0, +) / Double(numbers.count)
        let centre = mean
        let squares = numbers.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        variance = numbers.count > 1 ? squares / Double(numbers.count - 1) : nil
        isProportion = least >= 0 && most <= 1
    }

    /// Whether the trials agree on 0 or on 1.
    var isBinary: Bool { mean == 0 && isProportion || mean == 1 && isProportion }
}
