/// What became of a trial or a case. Never a Bool, never dropped.
public enum Verdict: String, Sendable, CaseIterable {
    case passed
    case failed
    /// The agent, its transport or a grader broke; says nothing about the answer.
    case errored
    /// No grader with the role `verdict` reached a judgement.
    case unscored
    /// Declared as skipped, with a reason.
    case skipped
    /// Known to be unreliable until a date; run, reported, and left out of the gate.
    case quarantined
}

/// How many cases ended with each verdict.
public struct VerdictCounts: Sendable, Equatable {
    // Six numbers and no array: one of these is made for every case.
    private var passed = 0
    private var failed = 0
    private var errored = 0
    private var unscored = 0
    private var skipped = 0
    private var quarantined = 0

    public init() {}

    public subscript(verdict: Verdict) -> Int {
        get {
            switch verdict {
            case .passed: passed
            case .failed: failed
            case .errored: errored
            case .unscored: unscored
            case .skipped: skipped
            case .quarantined: quarantined
            }
        }
        set {
            switch verdict {
            case .passed: passed = newValue
            case .failed: failed = newValue
            case .errored: errored = newValue
            case .unscored: unscored = newValue
            case .skipped: skipped = newValue
            case .quarantined: quarantined = newValue
            }
        }
    }

    public var total: Int { passed + failed + errored + unscored + skipped + quarantined }

    public mutating func add(_ verdict: Verdict) { self[verdict] += 1 }

    public mutating func add(_ other: VerdictCounts) {
        for verdict in Verdict.allCases { self[verdict] += other[verdict] }
    }
}

/// How the trials of a case add up to its verdict.
public enum TrialRequirement: Sendable, Equatable, CustomStringConvertible {
    case all
    case any
    /// At least this many of the trials.
    case atLeast(Int)

    /// How many of `trials` must pass.
    public func needed(of trials: Int) -> Int {
        switch self {
        case .all: trials
        case .any: min(1, trials)
        case .atLeast(let count): count
        }
    }

    public var description: String {
        switch self {
        case .all: "all"
        case .any: "any"
        case .atLeast(let count): "\(count)-of-k"
        }
    }

    /// The case's verdict. Passed when enough trials passed; failed when enough could not have passed even if every
    /// errored and unscored trial had; errored or unscored in between. No trials: unscored.
    public func verdict(of trials: some Sequence<Verdict>) -> Verdict {
        var counts = VerdictCounts()
        for verdict in trials { counts.add(verdict) }
        let needed = needed(of: counts.total)
        if counts.total == 0 { return .unscored }
        if counts[.passed] >= needed { return .passed }
        if counts[.passed] + counts[.errored] + counts[.unscored] < needed { return .failed }
        return counts[.errored] > 0 ? .errored : .unscored
    }
}

/// Exit statuses of the command line; part of the public interface.
public enum ExitStatus: Int32, Sendable {
    case passed = 0
    case failed = 1
    /// Inconclusive or incomplete: not enough evidence to pass.
    case inconclusive = 2
    /// Invalid input: suite, rubric, registry, recording.
    case invalidInput = 3
    /// Agent unreachable, evidence not written, ledger broken.
    case infrastructure = 4
    case usage = 64

    /// The status to leave with when several apply: 64, 3, 4, 1, 2, 0 in that order.
    public static func decisive(_ statuses: [ExitStatus]) -> ExitStatus {
        let order: [ExitStatus] = [.usage, .invalidInput, .infrastructure, .failed, .inconclusive]
        return order.first(where: statuses.contains) ?? .passed
    }
}
