import ArgumentParser
import RungCore
import RungCrypto
import RungFormats
import RungReplay

/// `rung record`: runs an agent against the world and keeps what crossed the wire, without its secrets.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Run an agent and record its model and tool traffic into cassettes.",
        discussion: """
            rung record --cassette PATH -- COMMAND records a command; rung record --suite SUITE records every case of a suite that \
            replays models or tools, one cassette for each agent and case, where `rung test` finds them.

            The command finds its providers through OPENAI_BASE_URL, ANTHROPIC_BASE_URL and the like, which lead to a local server \
            that asks the real ones and records. Keys go from the command to the provider and never to disk; secrets and personal \
            data in texts are redacted before anything is written. The cassette is written in one step when the command has ended \
            with 0; what a command has asked that fails or is interrupted goes into NAME.partial.jsonl, which nothing replays by itself.

            The exit status is that of the command; 2 when it is 0 but the command was interrupted or a request could not be \
            recorded. For suites it is 2 when a case could not be recorded.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Cassette to write; with a command behind --.", valueName: "path"))
    var cassette: String?

    @Option(help: ArgumentHelp("Suite to record: a file, or an id of the workspace; repeatable.", valueName: "suite"))
    var suite: [String] = []

    @Flag(help: "Replace cassettes that are there; their scenario, normalizers and order are kept.")
    var refresh = false

    @Option(
        help: ArgumentHelp(
            "With --suite, only these cases (patterns as of rung test --filter; repeatable); with --cassette, the scenario that it "
                + "belongs to, by default the name of the file.", valueName: "id"))
    var scenario: [String] = []

    @Option(help: ArgumentHelp("Version of the prompt that is recorded.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(
        help: ArgumentHelp(
            "Where a provider lives, in place of its public address or the command's own variables; repeatable.", valueName: "name=url"))
    var upstream: [String] = []

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind --.")
    var command: [String] = []

    func validate() throws {
        if suite.isEmpty { try validateCommand() } else { try validateSuites() }
        if let promptVersion, Digest(promptVersion) == nil {
            throw ValidationError("--prompt-version must be sha256: and 64 hexadecimal digits")
        }
        for text in upstream where Self.upstream(text) == nil {
            throw ValidationError("--upstream must be a name and an address such as openai=https://models.example.com, found \"\(text)\"")
        }
    }

    private func validateCommand() throws {
        guard cassette != nil, !command.isEmpty else {
            throw ValidationError(
                "name a cassette and a command behind --, such as: rung record --cassette a.jsonl -- python3 agent.py; or --suite")
        }
        if scenario.count > 1 { throw ValidationError("a cassette belongs to one scenario") }
    }

    private func validateSuites() throws {
        guard cassette == nil, command.isEmpty, promptVersion == nil else {
            throw ValidationError("the agents of a suite are recorded as they are registered: --suite, or --cassette with a command")
        }
    }

    func run() async throws {
        if suite.isEmpty { try await recordCommand() } else { try await recordSuites() }
    }

    private func recordSuites() async throws {
        let recording = try SuiteRecording(
            .init(
                root: try location.root(), suites: suite, scenarios: scenario, refresh: refresh,
                upstreams: Dictionary(upstream.compactMap { Self.upstream($0) }.map { ($0.name, $0.url) }) { _, last in last }))
        let tally = try await Interruption.cancelling { try await recording.run() }
        let kept = tally.kept > 0 ? ", \(tally.kept) there already (--refresh replaces them)" : ""
        let rest = tally.isInterrupted ? "; interrupted, the same command records the rest" : ""
        Terminal.say("\(tally.recorded) recorded\(kept), \(tally.failed) failed\(rest)")
        if tally.isInterrupted || tally.failed > 0 || tally.recorded + tally.kept == 0 { throw LeaveStatus(.inconclusive) }
    }

    private func recordCommand() async throws {
        let session = try RecordSession(self)
        let server = try await ReplayServer.start(randomBytes: Surroundings.randomBytes)
        let address = server.open(session.recorder)
        let program = RecordedProgram(
            command: command, variables: ReplayEnvironment.recording(address, upstreams: session.recorder.settings.upstreams))
        let (end, isInterrupted) = try await Interruption.cancelling { (await program.run(), Task.isCancelled) }
        await server.stop()
        let report = server.close(address)
        await session.recorder.stop()
        try session.finish(end, report, isInterrupted: isInterrupted)
    }

    /// Reads `name=url`; nil for anything else.
    static func upstream(_ text: String) -> (name: String, url: String)? {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, RequestURL(parts[1]) != nil, !parts[0].isEmpty,
            parts[0].utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        var url = parts[1]
        while url.hasSuffix("/") { url.removeLast() }
        return (parts[0], url)
    }
}
