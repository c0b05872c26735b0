import RungCore

/// A case that did not pass, in words; the same for every report that people read.
struct ProblemText {
    /// The case.
    let result: CaseResult
    /// How many of its trials must pass.
    let requirement: TrialRequirement

    /// Longest expected, actual or diff in bytes.
    static let longestValue = 2_048
    /// Most trials that are named; the others are counted.
    static let mostTrials = 5

    /// The trial that shows best why the case has its verdict.
    var trial: TrialResult? { result.trials.first { $0.verdict == result.verdict } ?? result.firstProblem }

    /// What broke or judged: the kind of the deciding grader, the kind of the fault, or `unscored`.
    var kind: String {
        guard let trial else { return result.verdict.rawValue }
        if let fault = trial.fault { return fault.kind.rawValue }
        return Self.deciding(trial).first?.kind ?? result.verdict.rawValue
    }

    /// One line: why the case did not pass.
    var message: String {
        guard let trial else { return result.note.map(PrintableText.line) ?? "no trial was made" }
        return Self.message(of: trial)
    }

    /// `2 of 4 trials passed, 2 failed; all must pass`; nil with a single trial.
    var trialCounts: String? {
        guard result.trials.count > 1 else { return nil }
        var counts = VerdictCounts()
        for trial in result.trials { counts.add(trial.verdict) }
        var text = "\(counts[.passed]) of \(result.trials.count) trials passed"
        for verdict in Verdict.allCases where verdict != .passed && counts[verdict] > 0 {
            text += ", \(counts[verdict]) \(verdict.rawValue)"
        }
        switch requirement {
        case .all: text += "; all must pass"
        case .any: text += "; one must pass"
        case .atLeast(let count): text += "; \(count) must pass"
        }
        return text
    }

    /// Lines with trial counts, each deciding grade with expected, actual and diff, and the faults that were retried.
    var details: [String] {
        var lines: [String] = []
        if let trialCounts { lines.append(trialCounts) }
        let trial = trial
        if let trial { lines += Self.details(of: trial, isOneOfMany: result.trials.count > 1) }
        let others = result.trials.filter { $0.verdict != .passed && $0.index != trial?.index }
        for other in others.prefix(Self.mostTrials) {
            lines.append("trial #\(other.index) \(other.verdict.rawValue): \(Self.message(of: other))")
        }
        if others.count > Self.mostTrials { lines.append("… and \(others.count - Self.mostTrials) trials more") }
        lines += Self.retried(result)
        return lines
    }

    /// One line for each fault that was tried again; empty when there was none.
    static func retried(_ result: CaseResult) -> [String] {
        var lines: [String] = []
        for trial in result.trials {
            for fault in trial.retried { lines.append("trial #\(trial.index) retried after \(Self.text(of: fault))") }
        }
        guard lines.count > mostTrials else { return lines }
        return lines.prefix(mostTrials) + ["… and \(lines.count - mostTrials) retries more"]
    }

    /// Tools that answered otherwise than recorded, where that decides nothing: one line for each trial; empty when there was none.
    static func drifted(_ result: CaseResult) -> [String] {
        let lines = result.trials.flatMap { trial in
            trial.grades.filter { $0.name == ToolDrift.gradeName && $0.role == .report && $0.verdict == .failed }.map { grade in
                let reason = PrintableText.bounded(PrintableText.line(grade.judgement.reason), bytes: 500)
                return result.trials.count > 1 ? "trial #\(trial.index): \(reason)" : reason
            }
        }
        guard lines.count > mostTrials else { return lines }
        return lines.prefix(mostTrials) + ["… and \(lines.count - mostTrials) trials more"]
    }

    // MARK: - Trials

    private static func text(of fault: TrialFault) -> String {
        PrintableText.bounded("\(fault.kind.rawValue): \(PrintableText.line(fault.reason))", bytes: 500)
    }

    private static func message(of trial: TrialResult) -> String {
        if let fault = trial.fault { return text(of: fault) }
        guard let grade = deciding(trial).first else { return "no grader with the role verdict reached a judgement" }
        let text = "\(PrintableText.name(grade.name)): \(PrintableText.line(grade.judgement.reason))"
        return PrintableText.bounded(text, bytes: 500)
    }

    /// The grades that gave the trial its verdict; those that abstained when nothing decided.
    private static func deciding(_ trial: TrialResult) -> [Grade] {
        trial.grades.filter { grade in
            guard grade.role == .verdict else { return false }
            return trial.verdict == .unscored ? grade.verdict == nil : grade.verdict == trial.verdict
        }
    }

    private static func details(of trial: TrialResult, isOneOfMany: Bool) -> [String] {
        let prefix = isOneOfMany ? "trial #\(trial.index) \(trial.verdict.rawValue): " : ""
        if trial.fault != nil { return [prefix + message(of: trial)] }
        let grades = deciding(trial)
        guard !grades.isEmpty else { return [prefix + message(of: trial)] }
        var lines: [String] = []
        for grade in grades.prefix(mostTrials) {
            let name = PrintableText.name(grade.name)
            let kind = grade.name == grade.kind ? grade.version : "\(grade.kind) \(grade.version)"
            let reason = PrintableText.bounded(PrintableText.line(grade.judgement.reason), bytes: 500)
            lines.append("\(prefix)\(name) (\(kind)): \(reason)")
            lines += value("expected", grade.judgement.expected)
            lines += value("actual", grade.judgement.actual)
            lines += value("diff", grade.judgement.diff)
        }
        if grades.count > mostTrials { lines.append("… and \(grades.count - mostTrials) grades more") }
        return lines
    }

    /// `  label: text`, or the label alone and the lines of the text indented under it.
    private static func value(_ label: String, _ text: String?) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        let shown = PrintableText.bounded(PrintableText.block(text), bytes: longestValue)
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count == 1 { return ["  \(label): \(shown)"] }
        return ["  \(label):"] + lines.map { $0.isEmpty ? "" : "    \($0)" }
    }
}
