/// A public or internal framework that criteria contribute to: its name, and the ids that may be named.
public struct RubricFramework: Sendable, Equatable {
    /// The key under which criteria name it, such as `nist-ai-rmf`.
    public var id: String
    /// What people call it, such as `NIST AI RMF 1.0`.
    public var title: String
    /// The publication and edition that the ids were taken from; empty when nobody says.
    public var source: String
    /// Whether every entry of the framework is listed, so that those which nothing contributes to can be told.
    public var isComplete: Bool
    /// In the order of the framework, each once.
    public var entries: [String]

    public init(id: String, title: String, source: String, isComplete: Bool, entries: [String]) {
        self.id = id
        self.title = title
        self.source = source
        self.isComplete = isComplete
        self.entries = entries
    }
}

extension Rubric {
    /// The criteria that contribute to an entry, in the order of the rubric; none is no error.
    public func contributors(to entry: String, of framework: RubricFramework) -> [Criterion] {
        let reference = Criterion.FrameworkReference(framework: framework.id, id: entry)
        return criteria.filter { $0.crosswalk.contains(reference) }
    }
}
