import ArgumentParser
import RungCore
import RungFormats
import RungReporting
import RungRunner

/// `rung compare`: a candidate against its baseline, case by case, held to a margin.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare a candidate with its baseline, case by case, and decide whether it is worse.",
        discussion: """
            Each file has a row for each trial: columns case, trial and value, and where wanted cluster, slice and digest. A value \
            is a number, more is better: 0 and 1 for verdicts. Cases are paired by name; cases of one cluster are not independent. \
            Equal digests on both sides mean that nothing changed.

            The exit status is 0 when the candidate passes, 1 when it fails, 2 when the data do not decide, and 3 for files that \
            cannot be read as said. docs/statistics.md tells how it is decided and how often that is wrong.
            """)

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Baseline A and candidate B, comma-separated values with a header.", valueName: "a> <b"))
    var csv: [String]

    @Option(help: "Largest drop that is acceptable, in the unit of the values: 0.02 is two points. State it before the run.")
    var margin = 0.05

    @Option(help: "Confidence of each bound that decides.")
    var confidence = 0.95

    @Flag(help: "The candidate has to be better, and not only not worse by more than the margin.")
    var superior = false

    @Option(help: "Fewer independent pairs decide nothing; at least 6.")
    var minimumPairs = 6

    @Option(help: "Seed of everything that is drawn.")
    var seed: UInt64 = 0

    @Option(help: "Bootstrap resamples.")
    var resamples = 10_000

    @Option(help: "text, markdown, or json for tools.")
    var format = Format.text

    /// How the comparison is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown, json }

    func validate() throws {
        if csv.count != 2 { throw ValidationError("--csv takes two files: the baseline and the candidate") }
        if !(margin >= 0 && margin.isFinite) { throw ValidationError("--margin must be 0 or more") }
        if !(confidence > 0.5 && confidence < 1) { throw ValidationError("--confidence must be between 0.5 and 1, such as 0.95") }
        if !(6...1_000_000).contains(minimumPairs) { throw ValidationError("--minimum-pairs must be from 6 to 1000000") }
        if !(100...1_000_000).contains(resamples) { throw ValidationError("--resamples must be from 100 to 1000000") }
    }

    func run() throws {
        let baseline = try TrialValueFile.read(csv[0])
        let candidate = try TrialValueFile.read(csv[1])
        try candidate.check(against: baseline)
        let policy = ComparisonPolicy(
            margin: margin, confidence: confidence, requirement: superior ? .superior : .nonInferior, minimumPairs: minimumPairs,
            seed: seed,
            resamples: resamples)
        var comparison = EfficacyGate(policy: policy, baseline: "A", candidate: "B")
            .compare(baseline: baseline.cases, candidate: candidate.cases)
        comparison.sources = .init(baseline: csv[0], candidate: csv[1])
        switch format {
        case .json: Terminal.print(ComparisonJSON.render(comparison))
        case .markdown: Terminal.print(ComparisonMarkdown.render(comparison))
        case .text: Terminal.print(ComparisonText.render(comparison, width: Terminal.width(of: 1)))
        }
        if comparison.exitStatus != .passed { throw LeaveStatus(comparison.exitStatus) }
    }
}
