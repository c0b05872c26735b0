import RungCore

/// What each type of source can vouch for: the one table of it.
///
/// A tracker is wherever people sign in to write, review and decide: tickets, the code host with its pipelines, a catalogue of
/// agents. A record of another kind is taken in all the same, but as if nobody had signed it. Kinds that are in no row cannot
/// be vouched for by a machine: what people attest, what audits found, what the program itself computes.
enum SourceAuthority {
    /// Kinds by the type of source, sorted.
    static func kinds(of type: EvidenceSource.SourceType) -> [String] {
        switch type {
        case .gateway: ["handoff", "interaction", "spendingLimit", "toolCall", "usageCount"]
        case .identityProvider: ["principal"]
        case .receiver:
            [
                "driftCheck", "feedback", "flowStep", "handoff", "interaction", "judgeVerdict", "override", "scan", "score", "toolCall",
                "trafficIntent",
            ]
        case .tracker:
            [
                "act", "agent", "businessRule", "case", "change", "changeEnd", "comparison", "contextVersion", "contract", "dashboard",
                "decision", "decisionResponse", "driftTriage", "duty", "envelope", "experiment", "feedback", "flow", "idea",
                "ideaDecision", "judgeLabel", "objective", "outcome", "override", "policy", "prediction", "preregistration",
                "promptVersion", "release", "releaseEnd", "review", "run", "scenario", "suite", "system", "template", "threshold",
                "thresholdChange", "triage", "waiver", "waiverEnd",
            ]
        }
    }

    /// Whether records of this kind from a source of this type are evidence of class B.
    static func covers(_ kind: String, _ type: EvidenceSource.SourceType) -> Bool { kinds(of: type).contains(kind) }
}
