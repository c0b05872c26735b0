import RungCore
import RungCrypto
import RungText

@testable import RungGrading

/// A subject whose agent answered with a text; nil for no answer at all.
func subject(_ answer: String?) -> GradingSubject { subject(Transcript(output: answer.map { .string($0) })) }

/// A subject with a whole transcript, and with recorded ones in its scenario.
func subject(_ transcript: Transcript, recorded: [Transcript] = []) -> GradingSubject {
    var scenario = Scenario(
        id: "case", input: .null, digest: SHA256Hasher.digest(of: ""), location: SourceLocation(file: "case.yaml", line: 1))
    scenario.recorded = recorded
    return GradingSubject(scenario: scenario, transcript: transcript)
}

/// A transcript of tool calls, from a JSON list of `{name, arguments}`.
func transcript(calls json: String) throws -> Transcript {
    let items = try JSONReader.read(json).json.arrayValue ?? []
    return Transcript(
        events: items.map { item in
            .toolCall(ToolCall(id: nil, name: item["name"]?.stringValue ?? "", arguments: item["arguments"] ?? .object([])))
        })
}

/// The bindings of graders written as JSON, checked against the catalog's shape first.
func bindings(_ graders: String..., existing: [String] = []) throws -> [GraderBinding] {
    var problems = Diagnostics()
    let nodes = try graders.map { try JSONReader.read($0) }
    for node in nodes { GraderCatalog.shape.check(node, file: "suite.yaml", name: "a grader", into: &problems) }
    try problems.throwIfAny()
    return try GraderCatalog.bindings(from: nodes, file: "suite.yaml", existingNames: existing)
}

/// What a grader written as JSON says about a subject.
func judge(_ grader: String, _ subject: GradingSubject) throws -> Judgement {
    try bindings(grader).first.map { $0.grade(subject).judgement } ?? Judgement(.abstained, "there is no grader")
}

/// What a grader written as JSON says about an answer.
func judge(_ grader: String, _ answer: String?) throws -> Judgement { try judge(grader, subject(answer)) }

/// Whether a grader written as JSON holds for an answer; nil when it does not assert.
func holds(_ grader: String, _ answer: String?) throws -> Bool? {
    guard case .holds(let holds) = try judge(grader, answer).value else { return nil }
    return holds
}

/// The problems of a grader written as JSON; empty when it can be made.
func problems(_ grader: String) throws -> [String] {
    do {
        _ = try bindings(grader)
        return []
    } catch let error as InvalidInput {
        return error.diagnostics.map(\.text)
    }
}
