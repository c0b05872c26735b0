import RungCore

/// What each type of source can vouch for: the one table of it.
///
/// A record of another kind is taken in all the same, but as if nobody had signed it. Kinds that are in no row cannot be
/// vouched for by a machine.
enum SourceAuthority {
    /// Kinds by the type of source, sorted.
    static func kinds(of type: EvidenceSource.SourceType) -> [String] {
        switch type {
        case .gateway: ["handoff", "interaction", "spendingLimit", "toolCall", "usageCount"]
        case .identityProvider: ["principal"]
        case .receiver: ["feedback", "flowStep", "handoff", "interaction", "override", "toolCall"]
        case .tracker:
            [
                "case", "change", "changeEnd", "decision", "decisionResponse", "experiment", "feedback", "idea", "ideaDecision",
                "outcome", "override", "prediction", "review", "triage", "waiver", "waiverEnd",
            ]
        }
    }

    /// Whether records of this kind from a source of this type are evidence of class B.
    static func covers(_ kind: String, _ type: EvidenceSource.SourceType) -> Bool { kinds(of: type).contains(kind) }
}
