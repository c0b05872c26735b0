import RungCore

/// Who tells a kind of evidence: the program that saw it itself, or the registered source that can vouch for it.
enum Teller: String, CaseIterable, Sendable {
    /// People first, so that everybody else is known.
    case directory
    case program
    case receiver
    case gateway
    case tracker

    /// Nil for the program itself.
    var source: EvidenceSource? {
        switch self {
        case .directory: EvidenceSource(id: "directory", type: .identityProvider)
        case .program: nil
        case .tracker: EvidenceSource(id: "tracker", type: .tracker)
        case .gateway: EvidenceSource(id: "gateway", type: .gateway)
        case .receiver: EvidenceSource(id: "receiver", type: .receiver)
        }
    }

    static func of(_ kind: String) -> Teller {
        switch kind {
        case "assessment", "attestation", "auditDraw", "auditResult", "capacity": .program
        case "driftCheck", "feedback", "flowStep", "interaction", "judgeVerdict", "override", "scan", "score", "trafficIntent": .receiver
        case "handoff", "spendingLimit", "toolCall", "usageCount": .gateway
        case "principal": .directory
        default: .tracker
        }
    }
}
