import ArgumentParser
import RungFormats
import RungHTTP
import RungImport
import RungReplay
import RungText

/// `rung import agent-card`: registers an agent by what its own card says.
struct ImportAgentCardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent-card", abstract: "Register an agent that speaks the Agent2Agent protocol by its agent card.",
        discussion: """
            CARD is a file, or the address of the agent's host: its card lies at /.well-known/agent-card.json there. Writes \
            agents/ID.yaml in the workspace, in state design; owner, risk tier and autonomy are for you to add.
            """)

    @Argument(help: ArgumentHelp("File or http(s) address of the card.", valueName: "card"))
    var card: String

    @Option(help: ArgumentHelp("Id of the agent; default made of its name.", valueName: "id"))
    var id: String?

    @OptionGroup var location: WorkspaceOptions

    @Flag(help: "Print what would be written; write nothing.")
    var dryRun = false

    func validate() throws {
        if let id,
            id.contains("/") || id.contains("..") || id.isEmpty || id.hasPrefix(".")
                || id.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F })
        {
            throw ValidationError("--id is a plain name, such as order-desk")
        }
    }

    func run() async throws {
        let (bytes, shown) = try await read()
        let card = try AgentCard.read(bytes, file: shown)
        let id = id ?? card.suggestedID
        let text = card.yaml(id: id)
        guard !dryRun else { return Terminal.print(text) }
        let root = try location.requiredRoot()
        let path = FilePath.join(root, "agents/\(id).yaml")
        guard !FileBytes.exists(path) else {
            throw InvalidInput(FilePath.shown(path), nil, "the agent is registered already", suggestion: "give it another --id")
        }
        try NewFile.write(text, to: path)
        Terminal.say("agent \(id) at \(card.url) in \(FilePath.shown(path))")
    }

    private func read() async throws -> (bytes: [UInt8], shown: String) {
        guard let url = RequestURL(card) else { return (try FileBytes.read(card), FilePath.shown(card)) }
        let address = url.path == "/" ? "\(url.scheme)://\(url.authority)/.well-known/agent-card.json" : card
        let client = StreamClient(StreamClient.Limits(idleSeconds: 30, totalSeconds: 60, bodyLimit: 4 << 20), proxy: RecordSession.proxy())
        var body: [UInt8] = []
        var status = 0
        do {
            try await client.send(
                StreamClient.Request(method: "GET", url: address, headers: [HTTPHeader("accept", "application/json")], body: [])
            ) {
                answered, _ in
                status = answered
            } piece: { bytes, _ in
                body += bytes
            }
        } catch let error as StreamClientError {
            await client.stop()
            throw InvalidInput(address, nil, error.description)
        }
        await client.stop()
        guard status == 200 else { throw InvalidInput(address, nil, "the host answered with status \(status) where its card should be") }
        return (body, address)
    }
}
