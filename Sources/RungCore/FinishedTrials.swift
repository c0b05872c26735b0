/// Trials that an earlier, interrupted process of the same run has finished; they are not made again.
public protocol FinishedTrials: Sendable {
    /// How many there are.
    var count: Int { get }
    /// The finished trials of a case, by trial index; empty for none.
    func results(ofCase caseIndex: Int) throws -> [TrialResult]
}
