internal import RungCore
internal import RungText

/// `outcome`: what the recording itself says about success.
///
/// Without parameters the recorded reward must be at least 1. With `label` the recorded label must be that text; the
/// reward is then looked at only when `reward-at-least` is given too. What was not recorded is not judged: the grader
/// abstains, unless another of its conditions already failed.
///
///     - kind: outcome
///       reward-at-least: 0.5
struct OutcomeGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "outcome", version: "1",
        shape: ObjectShape(
            "outcome", "The recording says that the trial succeeded.",
            [
                .optional(
                    "reward-at-least", .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude),
                    "The least reward that counts as success, on the recording's own scale; default 1 when there is no label."),
                .optional("label", .text, "The recorded label that counts as success."),
            ]),
        make: { (node, file) throws(InvalidInput) in OutcomeGrader(node, file: file) })

    private let rewardAtLeast: JSONNumber?
    private let label: String?

    /// Reads the parameters.
    init(_ node: Node, file: String) {
        let parameters = GraderParameters(node, file: file)
        label = parameters["label"]?.string
        rewardAtLeast = parameters["reward-at-least"]?.number ?? (label == nil ? JSONNumber(1) : nil)
    }

    /// Compares the recorded outcome with the conditions.
    func judge(_ subject: GradingSubject) -> Judgement {
        guard let outcome = subject.transcript.outcome else { return Judgement(.abstained, "no outcome was recorded") }
        var held: [String] = []
        var unknown: [String] = []
        if let rewardAtLeast {
            if let reward = outcome.reward {
                let shown = JSONText.compact(.double(reward))
                guard reward >= rewardAtLeast.double else {
                    return .failing(
                        "the recorded reward \(shown) is less than \(rewardAtLeast.text)",
                        expected: "reward at least \(rewardAtLeast.text)", actual: "reward \(shown)")
                }
                held.append("the recorded reward is \(shown)")
            } else {
                unknown.append("no reward was recorded")
            }
        }
        if let label {
            if let recorded = outcome.label {
                guard recorded == label else {
                    return .failing("the recorded label differs", expected: label, actual: recorded)
                }
                held.append("the recorded label is \(BoundedText.quoted(label))")
            } else {
                unknown.append("no label was recorded")
            }
        }
        return unknown.isEmpty
            ? .holding(held.joined(separator: " and ")) : Judgement(.abstained, unknown.joined(separator: " and "))
    }
}
