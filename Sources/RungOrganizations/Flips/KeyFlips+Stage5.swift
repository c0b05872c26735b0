import RungText

extension KeyFlips {
    var flipsOfStage5: [String: Variation] {
        [
            // Nobody answers for what agents have learned.
            "GOV-502": changingDecisions("verb", "learn") { $0["principalId"] = nil },
            // Departments hand nothing over.
            "COL-501": .leavingOut("handoff") { $0[text: "contractId"] == "order@1" },
            // Conclusions rest on nothing.
            "COL-502": .changing("flowStep") { $0["evidenceRef"] = nil },
            // Customers can be looked up and not changed.
            "COL-503": .changing("toolCall") { if $0[text: "systemId"] == "customers-crm" { $0[text: "effect"] = "read" } },
            // A service accepts the plans.
            "COL-504": .changing("decisionResponse") {
                if $0[text: "decisionId"]?.hasPrefix("planning") == true { $0[text: "principalId"] = Enterprise.ruler }
            },
            // No agent learns.
            "COL-505": changingDecisions("verb", "learn") { $0[text: "verb"] = "execute" },
            // One agent gives no explanations.
            "VAL-501": changingFAQ("interaction") { $0["explanationRef"] = nil },
            // Strategy begins with a report.
            "VAL-503": changingDecisions("scope", "strategic") { $0[text: "startedBy"] = "report" },
            // What is done is beyond the limit.
            "VAL-504": changingDecisions("verb", "execute") { $0["inputs"] = .object(["amount": .double(125)]) },
        ]
    }

    private func changingDecisions(
        _ key: String, _ value: String, _ change: @escaping @Sendable (inout EvidenceLine) -> Void
    ) -> Variation {
        .changing("decision") { if $0[text: key] == value { change(&$0) } }
    }
}
