import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungRunner
import RungText

/// `rung test`: replays scenarios against agents, grades, gates, records.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run suites: replay scenarios, grade, gate, and record all of it.",
        discussion: """
            Without a suite all suites of the workspace are run. The exit status is the gate's: 0 passed, 1 failed, \
            2 inconclusive or incomplete. Ctrl-C leaves a run that --resume continues.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: "Suite files, or ids of suites of the workspace.")
    var suites: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Run only these cases: an id, slice=value, agent=id or intent=id; * and ? are wild. May be repeated.", valueName: "pattern"))
    var filter: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Use this version of a prompt in place of the one on the agents' cards. May be repeated.", valueName: "id=version"))
    var prompt: [String] = []

    @Option(help: "Trials per case, in place of the suites' own.")
    var trials: Int?

    @Option(help: "Base of all seeds, in place of the suites' own.")
    var seed: UInt64?

    @Option(help: "Trials at once, in place of the suites' own.")
    var concurrency: Int?

    @Option(help: ArgumentHelp("Begin no more trials after this time; the run is incomplete then.", valueName: "duration"))
    var timeLimit: String?

    @Option(
        help: ArgumentHelp(
            "Compare with this run or results file: cases that passed there must pass; efficacy suites take it for their baseline.",
            valueName: "run|file"))
    var baseline: String?

    @Flag(help: "Run the baseline of efficacy suites again, even if a run of the same plan is recorded.")
    var newBaseline = false

    @Option(help: ArgumentHelp("Continue an interrupted run; give the same suites and options. latest finds it.", valueName: "run"))
    var resume: String?

    @Option(help: ArgumentHelp("Run only the cases that did not pass in this run; latest is the newest.", valueName: "run"))
    var rerunFailed: String?

    @OptionGroup var part: ShardOptions

    @Option(help: ArgumentHelp("Write JUnit XML.", valueName: "path"))
    var junit: String?

    @Option(help: ArgumentHelp("Write the results file.", valueName: "path"))
    var json: String?

    @Option(help: ArgumentHelp("Write a job summary in Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: "text, or json to print the results file on stdout.")
    var format = OutputFormat.text

    func validate() throws {
        if let trials, !(1...1_000).contains(trials) { throw ValidationError("--trials must be from 1 to 1000") }
        if let concurrency, !(1...10_000).contains(concurrency) { throw ValidationError("--concurrency must be from 1 to 10000") }
        if let timeLimit, (DurationText.milliseconds(timeLimit) ?? 0) == 0 {
            throw ValidationError("--time-limit must be a duration such as 90s, 10m or 1h")
        }
        if resume != nil, rerunFailed != nil { throw ValidationError("--resume and --rerun-failed exclude each other") }
        if part.shard != nil, baseline != nil {
            throw ValidationError("--baseline belongs to `rung merge`: only the merged run is compared, not a shard of it")
        }
        if format == .json, json != nil { throw ValidationError("--format json and --json exclude each other") }
        _ = try promptReferences()
    }

    func run() async throws {
        let session = try TestSession(
            TestRequest(
                root: try location.root(), suites: suites, filters: filter, prompts: try promptReferences(), trials: trials, seed: seed,
                concurrency: concurrency, timeLimitMs: timeLimit.flatMap(DurationText.milliseconds), baseline: baseline,
                newBaseline: newBaseline, resume: resume, rerunFailed: rerunFailed, shard: try part.choice(), evidence: evidence))
        let scratch = format == .json ? ScratchFile(beside: session.store.path) : nil
        defer { scratch?.remove() }
        let outcome = try await session.run(
            ReportOptions(junit: junit, json: json ?? scratch?.path, markdown: markdown, console: ConsoleReporter.onStandardError()))
        for failure in outcome.observerFailures { Terminal.say("warning: no \(failure.name): \(failure.reason)") }
        if let scratch { try scratch.copyToStandardOutput() }
        let status = outcome.summary.exitStatus
        if status != .passed { throw LeaveStatus(status) }
    }

    private func promptReferences() throws -> [PromptReference] {
        try prompt.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--prompt must be id=version, found \"\(text)\"") }
            return PromptReference(id: PromptID(parts[0]), label: parts[1])
        }
    }
}

extension ConsoleReporter {
    /// A reporter for the terminal, or for the log of a CI system.
    static func onStandardError() -> ConsoleReporter {
        let clock = ContinuousClock()
        let start = clock.now
        return ConsoleReporter(
            output: { bytes in bytes.withUnsafeBytes { _ = Terminal.write($0, to: 2) } }, isTerminal: Terminal.isErrorTerminal,
            width: Terminal.width(of: 2), colour: Terminal.wantsColour(2),
            now: {
                let elapsed = (clock.now - start).components
                return Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) / 1e15
            })
    }
}
