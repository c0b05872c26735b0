import RungCore
import RungRedaction

/// Takes secrets and personal data out of what graders and agents said of a trial, before reports and evidence see it.
struct TrialRedaction: Sendable {
    var redactor: Redactor

    /// The same trial, its verdict untouched.
    func redacted(_ trial: TrialResult) -> TrialResult {
        var trial = trial
        for index in trial.grades.indices { redact(&trial.grades[index].judgement) }
        if let fault = trial.fault { trial.fault = redacted(fault) }
        for index in trial.retried.indices { trial.retried[index] = redacted(trial.retried[index]) }
        return trial
    }

    private func redact(_ judgement: inout Judgement) {
        if let reason = text(judgement.reason) { judgement.reason = reason }
        if let expected = judgement.expected.flatMap(text) { judgement.expected = expected }
        if let actual = judgement.actual.flatMap(text) { judgement.actual = actual }
        if let diff = judgement.diff.flatMap(text) { judgement.diff = diff }
        if case .label(let label) = judgement.value, let redacted = text(label) { judgement.value = .label(redacted) }
    }

    private func redacted(_ fault: TrialFault) -> TrialFault {
        text(fault.reason).map { TrialFault(fault.kind, $0) } ?? fault
    }

    /// The text without what must not be in it; nil when there is nothing.
    private func text(_ text: String) -> String? {
        var counts: [String: Int] = [:]
        return redactor.redact(text, .prose, &counts)
    }
}
