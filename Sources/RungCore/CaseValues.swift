public import RungCrypto

/// What the trials of one case came to, as numbers: one side of a comparison.
public struct CaseValues: Sendable, Equatable {
    /// The name by which both sides know the case.
    public var id: String
    public var trials: [TrialValue]
    /// The document, customer or conversation that the case shares with others; nil where it stands for itself.
    public var cluster: String?
    /// The part of the suite that is reported by itself, such as a language; nil for none.
    public var slice: String?
    /// What the case consists of; two that differ are two cases. Nil where nobody says.
    public var digest: Digest?

    public init(id: String, trials: [TrialValue], cluster: String? = nil, slice: String? = nil, digest: Digest? = nil) {
        self.id = id
        self.trials = trials
        self.cluster = cluster
        self.slice = slice
        self.digest = digest
    }
}

/// What one trial came to.
public struct TrialValue: Sendable, Equatable {
    /// The trial's own name within its case, usually a number.
    public var trial: String
    /// A finite number, more is better: 0 or 1 for a verdict; nil where the trial came to nothing.
    public var value: Double?
    /// Tells transcripts apart; nil where nobody recorded it.
    public var digest: String?

    public init(trial: String, value: Double?, digest: String? = nil) {
        self.trial = trial
        self.value = value
        self.digest = digest
    }
}
