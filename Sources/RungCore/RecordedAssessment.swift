public import RungCrypto
public import RungText

/// An assessment as the ledger remembers it.
public struct RecordedAssessment: Sendable, Equatable {
    /// Made of the digest.
    public var id: String
    /// When it was made.
    public var at: Timestamp
    /// The moment whose evidence it looked at.
    public var asOf: Timestamp
    /// Who made it.
    public var author: PrincipalID
    /// Of its JSON document.
    public var digest: Digest
    /// The ledger that it read.
    public var ledger: LedgerHead
    public var rubricDigest: Digest
    public var stage: Int
    /// Scores of the dimensions by code.
    public var scores: [String: Double]

    /// Remembers an assessment; nil for one that is void, or that is a plan.
    ///
    /// - Parameter digest: of its JSON document.
    public init?(_ assessment: Assessment, digest: Digest, at: Timestamp, author: PrincipalID) {
        guard let stage = assessment.stage, assessment.assumptions.isEmpty else { return nil }
        self.init(
            id: "assessment-\(assessment.asOf.date)-\(digest.description.dropFirst(7).prefix(12))", at: at, asOf: assessment.asOf,
            author: author, digest: digest, ledger: assessment.ledger, rubricDigest: assessment.rubricDigest, stage: stage,
            scores: Dictionary(assessment.dimensions.map { ($0.code, $0.score) }) { first, _ in first })
    }

    public init(
        id: String, at: Timestamp, asOf: Timestamp, author: PrincipalID, digest: Digest, ledger: LedgerHead, rubricDigest: Digest,
        stage: Int, scores: [String: Double]
    ) {
        self.id = id
        self.at = at
        self.asOf = asOf
        self.author = author
        self.digest = digest
        self.ledger = ledger
        self.rubricDigest = rubricDigest
        self.stage = stage
        self.scores = scores
    }
}
