internal import RungCore

/// Says what the evidence behind a finding is worth, and how far weak evidence counts.
enum EvidenceRule {
    /// The kind of record that counts calls from outside.
    private static let counter = "usageCount"

    /// B where the population should be counted independently and was not, so that who logs less does not look better for it.
    static func bestClass(of basis: EvidenceBasis, for criterion: Criterion) -> EvidenceClass {
        criterion.measure.hasIndependentDenominator && !basis.counts.contains { $0.kind == counter } ? .b : .a
    }

    /// Evidence of class C counts half, unless the criterion lets people attest it; of class D a quarter.
    static func caps(on finding: Finding, for criterion: Criterion) -> [CreditCap] {
        switch finding.evidenceClass {
        case .a, .b, nil: []
        case .c: criterion.isAttested ? [] : [CreditCap(limit: 0.5, reason: reason(.c, finding, "half"))]
        case .d: [CreditCap(limit: 0.25, reason: reason(.d, finding, "a quarter"))]
        }
    }

    /// `counts a quarter at most, because records are of class D (3 of act): nobody vouches for them`
    private static func reason(_ worst: EvidenceClass, _ finding: Finding, _ limit: String) -> String {
        let counts = finding.basis.counts.filter { $0.evidenceClass == worst }.map { "\($0.records) of \($0.kind)" }
        let why = worst == .d ? "nobody vouches for them" : "two people attest them"
        return "counts \(limit) at most, because records are of class \(worst.rawValue) (\(counts.joined(separator: ", "))): \(why)"
    }
}
