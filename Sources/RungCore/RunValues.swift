public import RungCrypto

/// A run as one side of a comparison: its cases with what their trials came to.
public struct RunValues: Sendable {
    /// The run id or the path, as the user gave it.
    public var name: String
    /// Why the run is not whole; nil for one that is.
    public var gap: String?
    /// The selection that it was made with; nil for all cases.
    public var filter: String?
    public var cases: [Case]

    public init(name: String, gap: String? = nil, cases: [Case] = []) {
        self.name = name
        self.gap = gap
        self.cases = cases
    }

    /// One case of the run.
    public struct Case: Sendable {
        public var key: CaseKey
        public var verdict: Verdict
        /// Of the scenario; nil where nobody recorded it.
        public var digest: Digest?
        public var isCritical: Bool
        public var slices: [String: String]
        public var trials: [TrialValue]

        public init(
            key: CaseKey, verdict: Verdict, digest: Digest?, isCritical: Bool, slices: [String: String] = [:], trials: [TrialValue]
        ) {
            self.key = key
            self.verdict = verdict
            self.digest = digest
            self.isCritical = isCritical
            self.slices = slices
            self.trials = trials
        }
    }
}

/// Which number of a trial is compared.
public enum ComparedValue: Sendable, Equatable {
    /// 1 for passed, 0 for failed; errored and unscored trials came to nothing.
    case verdict
    /// What a grader of this name gave: its score, else 1 or 0 for what it found.
    case grade(String)

    /// Whether a trial is part of the comparison: one that was judged without the grader in question is not.
    public func takes(_ verdict: Verdict, hasGrade: (String) -> Bool) -> Bool {
        guard case .grade(let name) = self, verdict == .passed || verdict == .failed else { return true }
        return hasGrade(name)
    }

    /// The number of a trial; nil where it came to nothing.
    ///
    /// - Parameter grade: the grader's verdict and score, by its name.
    public func value(of verdict: Verdict, grade: (String) -> (verdict: Verdict?, score: Double?)?) -> Double? {
        func number(_ verdict: Verdict?) -> Double? {
            switch verdict {
            case .passed?: 1
            case .failed?: 0
            default: nil
            }
        }
        switch self {
        case .verdict: return number(verdict)
        case .grade(let name): return grade(name).flatMap { $0.score ?? number($0.verdict) }
        }
    }
}

extension ComparedValue {
    /// Whether a trial that has been judged is part of the comparison.
    public func takes(_ trial: TrialResult) -> Bool {
        takes(trial.verdict) { name in trial.grades.contains { $0.name == name } }
    }

    /// The number of a trial that has been judged.
    public func value(of trial: TrialResult) -> Double? {
        value(of: trial.verdict) { name in
            trial.grades.first { $0.name == name }.map { grade in
                if case .score(let score) = grade.judgement.value { return (grade.verdict, score) }
                return (grade.verdict, nil)
            }
        }
    }
}
