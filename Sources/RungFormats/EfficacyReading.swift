internal import RungCore
internal import RungText

/// Reads what an efficacy suite compares, and finds what a shape cannot.
struct EfficacyReading {
    /// `compare` in a suite file.
    static let shape = ObjectShape(
        "Compare", "Two versions of a prompt over the same cases, and what the candidate has to show; stated before the run.",
        [
            .required("prompt", .identifier, "The prompt of which two versions are compared."),
            .required("baseline", .identifier, "Label of the version that the candidate is held to."),
            .required("candidate", .identifier, "Label of the version that would be released."),
            .required(
                "margin", .number(0...1_000_000), "The largest drop that is acceptable, in the unit of the values: 0.02 is two points."),
            .optional("confidence", .number(0.5...1), "Of each bound that decides; default 0.95."),
            .optional(
                "require", .oneOf(ComparisonPolicy.Requirement.allCases.map(\.rawValue)),
                "Not worse by more than the margin (default), or better."),
            .optional("minimum-pairs", .integer(6...1_000_000), "Fewer independent pairs decide nothing; default 6."),
            .optional("grade", .identifier, "Compare what this grader gave, by its name, in place of verdicts."),
            .optional("slice", .text, "A slice of the cases whose values are reported, and fail, by themselves."),
            .optional("cluster", .text, "A slice whose cases are not independent of each other, such as a document or a customer."),
        ])

    /// What the suite compares; problems go to `diagnostics`.
    ///
    /// - Parameter suite: with the overrides of the command line, of which one for the prompt names the candidate.
    static func read(_ node: Node, of suite: Suite, registry: Registry, file: String, into diagnostics: inout Diagnostics) -> EfficacyPlan?
    {
        func report(_ node: Node, _ message: String, _ suggestion: String?) {
            diagnostics.append(Diagnostic(file, node.position, message, suggestion: suggestion))
        }
        guard suite.kind == .efficacy else {
            if let compare = node["compare"] {
                report(compare, "only suites of kind efficacy compare", "give the suite kind: efficacy, or leave compare out")
            }
            return nil
        }
        guard let compare = node["compare"], let prompt = compare["prompt"]?.string, let baseline = compare["baseline"]?.string,
            let candidate = compare["candidate"]?.string
        else {
            report(
                node["kind"] ?? node, "an efficacy suite says what it compares",
                "add compare: { prompt: …, baseline: v1, candidate: v2, margin: 0.02 }")
            return nil
        }
        let id = PromptID(prompt)
        for key in ["exclude", "minimum-pass-rate", "newly-failing"] {
            guard let value = node["gate"]?[key] else { continue }
            report(value, "\(key) says nothing in an efficacy suite: the comparison decides", "leave it out; critical cases count")
        }
        if let own = node["prompts"]?[prompt], let label = own.string, label != candidate {
            report(own, "the suite compares \(candidate) and uses \(label)", "name one version, under compare")
        }
        var plan = EfficacyPlan(
            prompt: id, baseline: baseline, candidate: candidate,
            policy: ComparisonPolicy(
                margin: compare["margin"]?.double ?? 0, confidence: min(max(compare["confidence"]?.double ?? 0.95, 0.501), 0.9999),
                requirement: compare["require"]?.string.flatMap(ComparisonPolicy.Requirement.init) ?? .nonInferior,
                minimumPairs: compare["minimum-pairs"]?.int ?? 6, seed: suite.seed),
            value: compare["grade"]?.string.map { .grade($0) } ?? .verdict, slice: compare["slice"]?.string,
            cluster: compare["cluster"]?.string)
        if let own = suite.prompts.first(where: { $0.id == id }) { plan.candidate = own.label }
        if let confidence = compare["confidence"], let value = confidence.double, !(value > 0.5 && value <= 0.9999) {
            report(confidence, "confidence lies between 0.5 and 0.9999", "0.95 is usual")
        }
        if plan.baseline == plan.candidate {
            report(compare["candidate"] ?? compare, "baseline and candidate are the same version", nil)
        }
        if ![.live, .tools].contains(suite.boundary) {
            report(
                node["boundary"] ?? node,
                "boundary \(suite.boundary.rawValue) cannot tell two prompts apart: recordings answer for one of them",
                "compare with boundary: live or tools")
        }
        if let grade = compare["grade"], let name = grade.string, !suite.graders.isEmpty,
            !suite.graders.contains(where: { $0.name == name })
        {
            report(
                grade, "no grader of this suite is called \"\(name)\"",
                NearestWord.suggestion(for: name, among: suite.graders.map(\.name)))
        }
        let mentions = [("baseline", baseline), ("candidate", candidate)].compactMap { key, label in
            compare[key].map {
                Mention(
                    file: file, position: $0.position,
                    subject: .prompt(PromptReference(id: id, label: label), at: compare["prompt"]?.position))
            }
        }
        registry.check(mentions, into: &diagnostics)
        let users = suite.agents.compactMap { registry.agent($0) }
        if !users.isEmpty, let idle = users.first(where: { agent in !agent.prompts.contains { $0.id == id } }) {
            report(
                compare["prompt"] ?? compare, "agent \"\(idle.id)\" does not use prompt \"\(prompt)\", so both sides would be the same",
                NearestWord.suggestion(for: prompt, among: idle.prompts.map(\.id.rawValue)))
        }
        return plan
    }
}
