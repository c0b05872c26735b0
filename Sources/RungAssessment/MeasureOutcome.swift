public import RungCore

/// What the evidence said when it was asked for one criterion.
public enum MeasureOutcome: Sendable, Equatable {
    /// The query ran.
    case answered(MeasureAnswer)
    /// The query or the detector gave no answer.
    case failed(MeasureFailure)
}

/// The rows of a measure, with what tells "nothing happened" from "nobody looked".
public struct MeasureAnswer: Sendable, Equatable {
    /// One row per entity, over the window or over the look-back.
    public var rows: [MeasureRow]
    /// How many windows the rows span, 1…4; more than 1 only for events that were too few.
    public var windows: Int
    /// The rows of the window before, read when the window holds no population; empty otherwise.
    public var previous: [MeasureRow]
    /// What the detector said; nil when there is none or nobody had to ask.
    public var detectorRan: Bool?
    /// What the records are worth that the detector rests on; nil when there are none or it did not run.
    public var detectorClass: EvidenceClass?
    /// The records behind the rows, by kind and class; those behind `previous` where the window holds no population.
    public var basis: EvidenceBasis

    /// An answer from the window alone, unless more is said.
    public init(
        rows: [MeasureRow], windows: Int = 1, previous: [MeasureRow] = [], detectorRan: Bool? = nil,
        basis: EvidenceBasis = EvidenceBasis()
    ) {
        self.rows = rows
        self.windows = windows
        self.previous = previous
        self.detectorRan = detectorRan
        self.basis = basis
    }
}
