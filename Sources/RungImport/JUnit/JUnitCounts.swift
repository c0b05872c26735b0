public import RungText

/// What became of one `testcase`, from best to worst; of several outcomes the worst counts.
public enum JUnitOutcome: Int, Sendable, CaseIterable, Comparable {
    case passed
    case skipped
    case failed
    case errored

    /// By how bad it is.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// How many cases a report holds, one outcome each.
public struct JUnitCounts: Sendable, Equatable {
    /// All of them; the sum of the other four.
    public var cases: Int { passed + failed + errored + skipped }
    public var passed = 0
    public var failed = 0
    public var errored = 0
    public var skipped = 0

    /// No case at all.
    public init() {}

    /// Counts a case.
    public mutating func add(_ outcome: JUnitOutcome) {
        switch outcome {
        case .passed: passed += 1
        case .skipped: skipped += 1
        case .failed: failed += 1
        case .errored: errored += 1
        }
    }

    /// Counts all cases of another report or suite.
    public mutating func add(_ other: JUnitCounts) {
        passed += other.passed
        failed += other.failed
        errored += other.errored
        skipped += other.skipped
    }

    /// Cases that ran.
    public var trials: Int { cases - skipped }

    /// `cases`, `passed`, `failed`, `errored`, `skipped`, in this order.
    public var members: [JSONValue.Member] {
        [
            .init("cases", .int(cases)), .init("passed", .int(passed)), .init("failed", .int(failed)), .init("errored", .int(errored)),
            .init("skipped", .int(skipped)),
        ]
    }
}
