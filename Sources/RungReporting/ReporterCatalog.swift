/// A reporter as help and reference pages name it.
public struct ReporterDescription: Sendable, Equatable {
    /// The word for it, such as `junit`.
    public var name: String
    /// The option of `rung test` that asks for it; nil for what is always there.
    public var option: String?
    /// One sentence: what it writes, and where.
    public var summary: String
}

/// Every reporter of a run, in alphabetical order. A new reporter is a new file and a line here.
public enum ReporterCatalog {
    /// All reporters, sorted by name.
    public static let all: [ReporterDescription] = [
        ReporterDescription(
            name: "console", option: nil, summary: "progress, failures and the summary, on standard error"),
        ReporterDescription(
            name: "json", option: "--json", summary: "the results file: every case, trial and grade, for scripts and as a baseline"),
        ReporterDescription(
            name: "junit", option: "--junit", summary: "JUnit XML for CI servers, valid under Jenkins' and windyroad's schemas"),
        ReporterDescription(
            name: "markdown", option: "--markdown", summary: "a job summary in GitHub-flavoured Markdown, at most 1 MiB"),
    ]
}
