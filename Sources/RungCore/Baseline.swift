/// The verdicts of an earlier run, to compare a new one with.
public struct Baseline: Sendable {
    /// The run id or the path, as the user gave it.
    public var name: String
    public var verdicts: [CaseKey: Verdict]

    public init(name: String, verdicts: [CaseKey: Verdict]) {
        self.name = name
        self.verdicts = verdicts
    }
}
