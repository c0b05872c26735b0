import ArgumentParser
import RungCore
import RungText

/// Decides whether a pipeline may go on with an assessment.
struct AssessmentGate {
    let require: StageCondition?
    /// The assessment not to fall behind; nil when nobody asks, .some(nil) when there is none yet.
    let last: RecordedAssessment??
    let maxAge: EvidenceAge?

    /// The decision, with its reasons.
    ///
    /// - Parameter newest: midnight of the newest day with evidence; nil without any.
    func decision(on assessment: Assessment, newest: Timestamp?) -> (status: ExitStatus, reasons: [String]) {
        let failures = [require?.failure(of: assessment), regression(assessment)].compactMap(\.self)
        if !failures.isEmpty { return (.failed, failures) }
        if let doubt = maxAge?.doubt(newest: newest, asOf: assessment.asOf) { return (.inconclusive, [doubt]) }
        return (.passed, [])
    }

    /// Why the assessment falls behind; nil when it does not, or nobody asks.
    func regression(_ assessment: Assessment) -> String? {
        guard case .some(.some(let last)) = last, let stage = assessment.stage, stage < last.stage else { return nil }
        return "stage \(stage) is earned, \(last.id) found stage \(last.stage) as of \(last.asOf.date); --since last tells what was lost"
    }
}

/// What a gate asks of an assessment: `stage>=3`.
struct StageCondition: Sendable {
    /// 1…5.
    let stage: Int

    init(_ text: String) throws {
        let words = text.filter { $0 != " " }
        guard words.hasPrefix("stage>="), let stage = Int(words.dropFirst(7)), (1...5).contains(stage) else {
            throw ValidationError("--require must be stage>=N with N from 1 to 5, found \(text)")
        }
        self.stage = stage
    }

    /// Why the assessment does not meet it; nil when it does.
    func failure(of assessment: Assessment) -> String? {
        guard let found = assessment.stage, found < stage else { return nil }
        return "stage \(stage) is required, stage \(found) is earned"
    }
}

/// How old the newest evidence may be: `30d`.
struct EvidenceAge: Sendable {
    private let days: Int
    private let text: String

    init(_ text: String) throws {
        guard let milliseconds = DurationText.milliseconds(text), milliseconds >= 86_400_000, milliseconds % 86_400_000 == 0 else {
            throw ValidationError("--max-age must be whole days such as 7d or 30d, found \(text)")
        }
        days = Int(milliseconds / 86_400_000)
        self.text = text
    }

    /// Why the evidence is too old to pass; nil when it is not.
    func doubt(newest: Timestamp?, asOf: Timestamp) -> String? {
        guard let newest else { return "there is no evidence that could be younger than \(text)" }
        let age = (asOf.midnight.seconds - newest.seconds) / 86_400
        guard age > days else { return nil }
        return "the newest evidence is of \(newest.date), \(age) days before \(asOf.date), \(text) are allowed"
    }
}
