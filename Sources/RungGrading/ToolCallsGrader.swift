internal import RungCore
internal import RungPattern
internal import RungText

/// `tool-calls`: the agent called the expected tools with the expected arguments.
///
/// `relation` says how the two lists must relate (default `equal`):
/// - `equal`: the same calls in the same order, and no others.
/// - `same-calls-any-order`: the same calls, and no others.
/// - `actual-contains-expected`: every expected call was made; others may be there.
/// - `actual-within-expected`: every call that was made is an expected one; some may be missing.
/// - `in-order`: every expected call was made, in this order; others may stand between.
///
/// Pairs are found so that as many calls as possible match, never first come, first served. `arguments` says how
/// arguments are compared: `exact` (default), `partial` (what is expected is there) or `ignore`; an entry can have its own
/// `mode` and rules. A call of a tool in `forbidden` fails the grade, even when the call itself failed.
/// `failed-attempts: ignored` leaves calls out whose result was an error. The reason counts what matched, with F1.
///
///     - kind: tool-calls
///       relation: in-order
///       expected:
///         - { name: find_order, arguments: { id: A-17 } }
///         - { name: refund, arguments: { amount: 10 }, tolerance: { /amount: 0.01 } }
///       forbidden: [delete_order]
struct ToolCallsGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "tool-calls", version: "1",
        shape: ObjectShape(
            "tool-calls", "The agent called the expected tools with the expected arguments.",
            [
                .required(
                    "expected", .array(.object(ExpectedCall.shape), atLeast: 0), "The expected calls, in order; may be empty."),
                .optional(
                    "relation", .oneOf(Relation.allCases.map(\.rawValue)),
                    "How the calls that were made must relate to the expected ones; default equal."),
                .optional(
                    "arguments", .oneOf(ExpectedCall.Mode.allCases.map(\.rawValue)),
                    "How arguments are compared unless an expected call says otherwise; default exact."),
                .optional("forbidden", .texts, "Names of tools that must not be called at all."),
                .optional(
                    "failed-attempts", .oneOf(FailedAttempts.allCases.map(\.rawValue)),
                    "Whether calls whose result was an error count: counted or ignored; default counted."),
            ]),
        make: { (node, file) throws(InvalidInput) in try ToolCallsGrader(node, file: file) })

    /// How the calls that were made must relate to the expected ones.
    enum Relation: String, Sendable, CaseIterable {
        /// The same calls in the same order.
        case equal
        /// The same calls.
        case sameCallsAnyOrder = "same-calls-any-order"
        /// All expected calls, and perhaps others.
        case actualContainsExpected = "actual-contains-expected"
        /// Expected calls only, and perhaps not all.
        case actualWithinExpected = "actual-within-expected"
        /// All expected calls in their order, and perhaps others.
        case inOrder = "in-order"

        /// Whether the order of the calls counts.
        var keepsOrder: Bool { self == .equal || self == .inOrder }
    }

    /// Whether calls whose result was an error count.
    enum FailedAttempts: String, Sendable, CaseIterable {
        /// Like every other call.
        case counted
        /// As if they had not been made.
        case ignored
    }

    private let relation: Relation
    private let expected: [ExpectedCall]
    private let forbidden: [String]
    private let failedAttempts: FailedAttempts

    /// Reads the parameters, the rules of each expected call included.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        relation = parameters.word("relation", default: .equal)
        failedAttempts = parameters.word("failed-attempts", default: .counted)
        let mode: ExpectedCall.Mode = parameters.word("arguments", default: .exact)
        let items = parameters["expected"]?.array
        if items == nil {
            parameters.report(
                key: "kind", of: node, "tool-calls has no \"expected\"", suggestion: "add expected: [] when no call is expected")
        }
        expected = (items ?? []).map { ExpectedCall($0, defaultMode: mode, &parameters) }
        forbidden = parameters["forbidden"]?.strings ?? []
        for (item, call) in zip(items ?? [], expected) where forbidden.contains(call.name) {
            parameters.report(
                at: item["name"] ?? item, "\(BoundedText.quoted(call.name)) is expected and forbidden",
                suggestion: "remove it from one of the two")
        }
        try parameters.finish()
    }

    /// Matches the calls of the transcript with the expected ones.
    func judge(_ subject: GradingSubject) -> Judgement {
        let all = subject.transcript.toolCalls
        let (actual, ignored) = counted(all, subject.transcript)
        let banned = forbidden.filter { name in all.contains { $0.name == name } }
        do {
            let matching = try relation.keepsOrder ? CallMatching.inOrder(expected, actual) : .anyOrder(expected, actual)
            let notes = banned.map { "forbidden call of \(BoundedText.quoted($0))" } + [summary(matching, ignored: ignored)]
            if banned.isEmpty, holds(matching) { return .holding(notes.joined(separator: "; ")) }
            let isReordered = try relation.keepsOrder && isReordered(matching, actual)
            return .failing(
                (notes + (isReordered ? ["the calls are there in another order"] : [])).joined(separator: "; "),
                expected: CallMatching.list(expected.map(\.text)),
                actual: CallMatching.list(actual.map(CallMatching.text)),
                diff: matching.isComplete ? nil : matching.diff(expected, actual, keepsOrder: relation.keepsOrder))
        } catch CallMatching.Failure.pattern(let error) {
            return .broken(by: error)
        } catch {
            return Judgement(.broken, "\(expected.count) expected and \(actual.count) actual calls are too many to match")
        }
    }

    private func counted(_ all: [ToolCall], _ transcript: Transcript) -> (calls: [ToolCall], ignored: Int) {
        guard failedAttempts == .ignored else { return (all, 0) }
        var failed = Set<Int>()
        for case .toolResult(let result) in transcript.events where result.isError {
            if let call = result.call { failed.insert(call) }
        }
        let calls = all.indices.filter { !failed.contains($0) }.map { all[$0] }
        return (calls, all.count - calls.count)
    }

    private func holds(_ matching: CallMatching) -> Bool {
        let (all, none) = (matching.matched == expected.count, matching.matched == matching.actualCount)
        return switch relation {
        case .equal, .sameCallsAnyOrder: all && none
        case .actualContainsExpected, .inOrder: all
        case .actualWithinExpected: none
        }
    }

    /// Whether order alone is what is wrong.
    private func isReordered(_ matching: CallMatching, _ actual: [ToolCall]) throws(CallMatching.Failure) -> Bool {
        guard matching.matched < expected.count, relation == .inOrder || expected.count == actual.count
        else { return false }
        return try CallMatching.anyOrder(expected, actual).matched == expected.count
    }

    private func summary(_ matching: CallMatching, ignored: Int) -> String {
        let extra = matching.actualCount - matching.matched
        var text = "matched \(matching.matched) of \(expected.count) expected, \(extra) extra (F1 \(Self.hundredths(matching.f1)))"
        if ignored > 0 { text += ", \(ignored) failed \(ignored == 1 ? "attempt" : "attempts") ignored" }
        return text
    }

    /// Two decimals; 1.00 is for 1 alone.
    private static func hundredths(_ value: Double) -> String {
        let count = value < 1 ? min(99, Int((value * 100).rounded())) : 100
        return "\(count / 100).\(count % 100 < 10 ? "0" : "")\(count % 100)"
    }
}
