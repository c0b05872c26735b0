import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungText

/// `rung merge`: takes in the evidence of other machines and puts sharded runs together.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Take in bundles of other machines; put the shards of a run together and decide its gate.",
        discussion: """
            All bundles are taken in or none; the same bundle twice adds nothing. When every shard of a run is there, the run \
            is recorded, reported and gated as if one machine had made it, and the exit status is the gate's; while shards are \
            missing it is 2. Without bundles the shards that are in the evidence already are put together.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: "Bundles of `rung export bundle`, or evidence files of other machines.")
    var bundles: [String] = []

    @Option(help: ArgumentHelp("Evidence database to merge into, in place of the workspace's own.", valueName: "path"))
    var into: String?

    @Option(help: ArgumentHelp("Put this run together; default the newest in the bundles.", valueName: "key"))
    var runKey: String?

    @Option(help: ArgumentHelp("Compare with this run or results file: cases that passed there must pass.", valueName: "run|file"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write JUnit XML.", valueName: "path"))
    var junit: String?

    @Option(help: ArgumentHelp("Write the results file.", valueName: "path"))
    var json: String?

    @Option(help: ArgumentHelp("Write a job summary in Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        for bundle in bundles where !FileBytes.exists(bundle) {
            throw InvalidInput(bundle, nil, "no such bundle", suggestion: "write one with: rung export bundle --out \(bundle)")
        }
        let session = try MergeSession(evidence: try evidencePath(), runKey: runKey, baseline: baseline)
        let report = try session.takeIn(bundles)
        if format == .text, let report { Terminal.say(report.text) }
        let outcome = try session.putTogether(
            bundles, ReportOptions(junit: junit, json: json, markdown: markdown, console: ConsoleReporter.onStandardError()))
        for sentence in outcome.talk { Terminal.say(sentence) }
        if format == .json { Terminal.print(JSONText.pretty(outcome.json(report))) }
        if outcome.status != .passed { throw LeaveStatus(outcome.status) }
    }

    private func evidencePath() throws -> String {
        if let into { return FilePath.absolute(into) }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: try location.requiredRoot(), into: &diagnostics)
        try diagnostics.throwIfAny()
        return workspace?.evidencePath ?? ""
    }
}
