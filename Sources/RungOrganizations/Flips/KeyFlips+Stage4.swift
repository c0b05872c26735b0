import RungText

extension KeyFlips {
    var flipsOfStage4: [String: Variation] {
        let contextAuthors = Dictionary(
            enterprise.agents.map { (Story.context(of: $0), $0.builder) }, uniquingKeysWith: { first, _ in first })
        let observer = enterprise.team.observer
        return [
            // People open the cases, and no rule.
            "REG-401": changingCases("unmet_intent") { $0["scanId"] = nil },
            // Decided without a reason.
            "PRM-402": changingCases("override_cluster") { $0["reason"] = nil },
            // Failures lead to no change.
            "PRM-403": changingCases("prompt_failure") { $0["changeId"] = nil },
            // The monitor of inputs sees nothing.
            "OBS-401": changingFAQ("driftCheck") { if $0[text: "type"] == "data" { $0["n"] = .int(0) } },
            // The monitor of efficacy sees nothing.
            "OBS-402": changingFAQ("driftCheck") { if $0[text: "type"] == "efficacy" { $0["n"] = .int(0) } },
            // Every action that is told is on the ledger: only silence is left.
            "GOV-403": .leavingOut("toolCall") { $0[text: "effect"] == "read" },
            // People open the cases, and no rule.
            "FBK-401": changingCases("feedback_cluster") { $0["scanId"] = nil },
            // A person moves the thresholds.
            "FBK-403": .changing("thresholdChange") { $0[text: "principalId"] = observer },
            // One agent does not ask.
            "FBK-406": changingFAQ("interaction") { $0["feedbackOffered"] = .bool(false) },
            // Steps of flows that nobody has registered.
            "COL-401": .changing("flowStep") { $0[text: "flowId"] = "on-the-side" },
            // The author approves the context.
            "COL-404": acting("context", "approval") { contextAuthors[$0] },
            // Decisions do not say how sure they are.
            "VAL-401": .changing("decision") { $0["confidence"] = nil },
            // One agent is scored by usage.
            "VAL-403": changingFAQ("score") { if $0[text: "basis"] == "outcome" { $0[text: "basis"] = "usage" } },
        ]
    }

    private func changingCases(_ type: String, _ change: @escaping @Sendable (inout EvidenceLine) -> Void) -> Variation {
        .changing("case") { if $0[text: "type"] == type { change(&$0) } }
    }
}
