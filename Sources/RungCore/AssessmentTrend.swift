public import RungText

/// What has changed since an earlier assessment, split by cause.
///
/// The earlier evidence is asked again by today's rubric, then as of today, then with what has come since: three steps from the
/// earlier result to this one.
public struct AssessmentTrend: Sendable, Equatable {
    /// The moment whose evidence the earlier assessment looked at.
    public var since: Timestamp
    /// Entries that it read.
    public var ledgerSize: Int
    /// The stage that it found.
    public var stage: Int
    /// The same evidence, by the rubric of today.
    public var rubric: Step
    /// The same evidence, grown old.
    public var evidence: Step
    /// What has been done since.
    public var practice: Step

    public init(since: Timestamp, ledgerSize: Int, stage: Int, rubric: Step, evidence: Step, practice: Step) {
        self.since = since
        self.ledgerSize = ledgerSize
        self.stage = stage
        self.rubric = rubric
        self.evidence = evidence
        self.practice = practice
    }

    /// What one cause changed.
    public struct Step: Sendable, Equatable {
        /// The stage with this change.
        public var stage: Int
        /// Change of the sum of all dimension scores.
        public var gain: Double
        /// Criteria that became full, and that are not full any more, by id; empty where only scores are known.
        public var gained: [CriterionID]
        public var lost: [CriterionID]

        public init(stage: Int, gain: Double, gained: [CriterionID] = [], lost: [CriterionID] = []) {
            self.stage = stage
            self.gain = gain
            self.gained = gained
            self.lost = lost
        }
    }
}
