import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungRunner
import RungText

/// `rung compare`: a candidate against its baseline, case by case, held to a margin.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare a candidate with its baseline, case by case, and decide whether it is worse.",
        discussion: """
            BASELINE and CANDIDATE are runs: results files of `rung test --json`, or ids of recorded runs, `latest` among them. \
            Their cases are paired by suite, id and agent; a scenario that changed in between is left out and named. What is \
            compared is the verdict of each trial, or with --grade what one grader gave.

            With --csv each file has a row for each trial: columns case, trial and value, and where wanted cluster, slice and digest. \
            A value is a number, more is better: 0 and 1 for verdicts. Cases of one cluster are not independent. Equal digests on \
            both sides mean that nothing changed.

            The exit status is 0 when the candidate passes, 1 when it fails, 2 when the data do not decide, and 3 for files that \
            cannot be read as said. docs/statistics.md tells how it is decided and how often that is wrong.
            """)

    @Argument(help: ArgumentHelp("Results file or run id of the baseline, then of the candidate.", valueName: "run"))
    var runs: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Baseline A and candidate B, comma-separated values with a header.", valueName: "a> <b"))
    var csv: [String] = []

    @Option(help: ArgumentHelp("Compare what this grader gave, by its name, in place of verdicts.", valueName: "name"))
    var grade: String?

    @Option(help: ArgumentHelp("Report each value of this slice by itself, and fail where one drops; of results files.", valueName: "name"))
    var slice: String?

    @Option(help: ArgumentHelp("Cases with the same value of this slice are not independent; of results files.", valueName: "name"))
    var cluster: String?

    @OptionGroup var evidence: EvidenceOptions

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
        if csv.isEmpty {
            if runs.count != 2 { throw ValidationError("name two runs, the baseline and the candidate, or two files with --csv") }
        } else {
            if csv.count != 2 { throw ValidationError("--csv takes two files: the baseline and the candidate") }
            if !runs.isEmpty { throw ValidationError("compare either two runs or two files with --csv") }
            if grade != nil || slice != nil || cluster != nil {
                throw ValidationError("--grade, --slice and --cluster belong to runs; files with --csv have columns for them")
            }
        }
        if !(margin >= 0 && margin.isFinite) { throw ValidationError("--margin must be 0 or more") }
        if !(confidence > 0.5 && confidence <= 0.9999) {
            throw ValidationError("--confidence must be between 0.5 and 0.9999, such as 0.95")
        }
        if !(6...1_000_000).contains(minimumPairs) { throw ValidationError("--minimum-pairs must be from 6 to 1000000") }
        if !(100...1_000_000).contains(resamples) { throw ValidationError("--resamples must be from 100 to 1000000") }
    }

    func run() throws {
        let policy = ComparisonPolicy(
            margin: margin, confidence: confidence, requirement: superior ? .superior : .nonInferior, minimumPairs: minimumPairs,
            seed: seed,
            resamples: resamples)
        let gate = EfficacyGate(policy: policy, baseline: "A", candidate: "B")
        var comparison = csv.isEmpty ? try compareRuns(gate) : try compareFiles(gate)
        comparison.sources = csv.isEmpty ? .init(baseline: runs[0], candidate: runs[1]) : .init(baseline: csv[0], candidate: csv[1])
        switch format {
        case .json: Terminal.print(ComparisonJSON.render(comparison))
        case .markdown: Terminal.print(ComparisonMarkdown.render(comparison))
        case .text: Terminal.print(ComparisonText.render(comparison, width: Terminal.width(of: 1)))
        }
        if comparison.exitStatus != .passed { throw LeaveStatus(comparison.exitStatus) }
    }

    private func compareFiles(_ gate: EfficacyGate) throws -> Comparison {
        let baseline = try TrialValueFile.read(csv[0])
        let candidate = try TrialValueFile.read(csv[1])
        try candidate.check(against: baseline)
        return gate.compare(baseline: baseline.cases, candidate: candidate.cases)
    }

    private func compareRuns(_ gate: EfficacyGate) throws -> Comparison {
        let sides = RunComparison(
            baseline: try values(of: runs[0]), candidate: try values(of: runs[1]), parts: .init(slice: slice, cluster: cluster))
        return gate.compare(baseline: sides.baseline, candidate: sides.candidate, ground: sides.ground)
    }

    /// The trials of a results file, or of a recorded run.
    private func values(of name: String) throws -> RunValues {
        let compared = grade.map { ComparedValue.grade($0) } ?? .verdict
        let run = NamedRun(name: name)
        if run.isFile {
            let values = try run.values(compared: compared, store: evidence.store)
            for key in [slice, cluster].compactMap({ $0 }) where !values.cases.contains(where: { $0.slices[key] != nil }) {
                let known = Set(values.cases.flatMap(\.slices.keys)).sorted()
                throw InvalidInput(
                    name, nil, "no case has a slice \"\(key)\"", suggestion: NearestWord.suggestion(for: key, among: known))
            }
            return values
        }
        if slice != nil || cluster != nil {
            throw InvalidInput(
                name, nil, "recorded runs do not tell the slices of their cases",
                suggestion: "compare results files, which rung test --json writes")
        }
        return try run.values(compared: compared, store: evidence.store)
    }
}
