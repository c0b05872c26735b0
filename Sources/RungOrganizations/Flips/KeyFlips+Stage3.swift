import RungCrypto
import RungText

extension KeyFlips {
    var flipsOfStage3: [String: Variation] {
        let authors = authorsOfFAQ
        let auditor = enterprise.auditor
        let faq = faq.id
        let newcomers = Dictionary(
            uniqueKeysWithValues: enterprise.agents.filter { $0.role.quarter > 0 }.map { ($0.id, $0.builder) })
        let templateAuthor = enterprise.agents[0].builder
        return [
            // It serves before it has left design.
            "REG-301": changingFAQ("agent", "id") { $0[text: "state"] = "design" },
            // The owner stands in for the owner.
            "REG-302": changingFAQ("agent", "id") { $0["deputyId"] = $0["ownerId"] },
            // Newcomers are reviewed by those who designed them.
            "REG-305": acting("agent", "review") { newcomers[$0] },
            // It serves with a configuration that nobody released.
            "PRM-301": changingFAQ("interaction") { $0[text: "configDigest"] = SHA256Hasher.digest(of: "another").description },
            // The author approves the template.
            "PRM-302": acting("template", "approval") { _ in templateAuthor },
            // The author reviews the prompt.
            "PRM-303": acting("prompt_version", "review") { authors[$0] },
            // Released although the lint run failed.
            "PRM-304": changingFAQ("run") { if $0[text: "type"] == "lint" { $0["passed"] = .bool(false) } },
            // Nobody says why the prompt was changed.
            "PRM-305": changingFAQ("promptVersion", "promptId") { $0["reason"] = nil },
            // A service owns the requests.
            "PRM-306": .changing("change") { $0[text: "ownerId"] = Enterprise.ruler },
            // The suite runs empty.
            "TST-301": changingFAQ("run") { if $0[text: "type"] == "regression" { $0["trials"] = .int(0) } },
            // Somebody else looks at the dashboard.
            "OBS-302": acting("dashboard", "open") { $0 == faq ? auditor : nil },
            // People whom nobody knows correct it.
            "GOV-301": changingFAQ("override") { $0[text: "principalId"] = "somebody" },
            // Who asks for the release approves it.
            "GOV-302": acting("release", "approval") { authors[$0] },
            // One person holds a duty and stands in for it.
            "GOV-307": .changing("duty") { if $0[text: "duty"] == "release" { $0["deputyId"] = $0["primaryId"] } },
            // Answers of users say nothing of what they answer to.
            "FBK-303": .changing("feedback") {
                if $0[text: "agentId"] == faq || $0[text: "agentId"] == "quotes" { $0["interactionId"] = nil }
            },
        ]
    }
}
