import ArgumentParser
import RungCore
import RungCrypto
import RungFormats
import RungReplay

/// `rung record`: runs an agent against the world and keeps what crossed the wire, without its secrets.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Run a command and record its model and tool traffic into a cassette.",
        discussion: """
            The command finds its providers through OPENAI_BASE_URL, ANTHROPIC_BASE_URL and the like, which lead to a local server \
            that asks the real ones and records. Keys go from the command to the provider and never to disk; secrets and personal \
            data in texts are redacted before anything is written. The cassette is written in one step when the command has ended.

            The exit status is that of the command; 2 when it is 0 but a request could not be recorded.
            """)

    @Option(help: ArgumentHelp("Cassette to write.", valueName: "path"))
    var cassette: String

    @Flag(help: "Replace a cassette that is there; its scenario, normalizers and order are kept.")
    var refresh = false

    @Option(help: ArgumentHelp("Scenario that it belongs to; default the name of the file.", valueName: "id"))
    var scenario: String?

    @Option(help: ArgumentHelp("Version of the prompt that is recorded.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(
        help: ArgumentHelp(
            "Where a provider lives, in place of its public address or the command's own variables; repeatable.", valueName: "name=url"))
    var upstream: [String] = []

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind --.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("name a command behind --, such as: rung record --cassette a.jsonl -- python3 agent.py")
        }
        if let promptVersion, Digest(promptVersion) == nil {
            throw ValidationError("--prompt-version must be sha256: and 64 hexadecimal digits")
        }
        for text in upstream where Self.upstream(text) == nil {
            throw ValidationError("--upstream must be a name and an address such as openai=https://models.example.com, found \"\(text)\"")
        }
    }

    func run() async throws {
        let session = try RecordSession(self)
        let server = try await ReplayServer.start(randomBytes: Surroundings.randomBytes)
        let address = server.open(session.recorder)
        let program = RecordedProgram(
            command: command, variables: ReplayEnvironment.recording(address, upstreams: session.recorder.settings.upstreams))
        let end = try await Interruption.cancelling { await program.run() }
        await server.stop()
        let report = server.close(address)
        await session.recorder.stop()
        try session.finish(end, report)
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
