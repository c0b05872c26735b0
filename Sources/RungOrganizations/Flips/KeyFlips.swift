import RungText

/// For each key criterion, what one has to tell otherwise so that it does not hold any more: the smallest lie undone.
///
/// Flips change who did something, or what is said of one agent; they rarely leave things out, because for events that would
/// be silence.
public struct KeyFlips: Sendable {
    let enterprise: Enterprise

    public init(_ plan: OrganizationPlan) { enterprise = Enterprise(plan, OrganizationYear(plan)) }

    /// The flip of a criterion; nil for one that is not key.
    public subscript(criterion: String) -> Variation? {
        (flipsOfStage2[criterion] ?? flipsOfStage3[criterion] ?? flipsOfStage4[criterion] ?? flipsOfStage5[criterion])
    }

    // MARK: - Words

    /// The agent that most flips are about.
    var faq: AgentPost { enterprise.agents[1] }

    /// Lines of a kind that are about the agent `faq`.
    func changingFAQ(_ kind: String, _ key: String = "agentId", _ change: @escaping @Sendable (inout EvidenceLine) -> Void) -> Variation {
        let id = faq.id
        return .changing(kind) { if $0[text: key] == id { change(&$0) } }
    }

    /// Acts of a step on a kind of thing are done by somebody else; nil leaves them alone.
    func acting(
        _ subject: String, _ step: String, by who: @escaping @Sendable (_ subject: String) -> String?
    ) -> Variation {
        .changing("act") { line in
            guard line[text: "subjectKind"] == subject, line[text: "step"] == step else { return }
            if let other = line[text: "subjectId"].flatMap(who) { line[text: "principalId"] = other }
        }
    }

    /// Who wrote each release and each prompt version of the agent `faq`.
    var authorsOfFAQ: [String: String] {
        Dictionary(uniqueKeysWithValues: faq.releases.flatMap { [($0.id, faq.builder), ($0.version, faq.builder)] })
    }
}
