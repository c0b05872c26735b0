import ArgumentParser
import RungCore
import RungCrypto
import RungEvidence
import RungFormats
import RungHTTP
import RungImport
import RungText

/// `rung serve`: takes in telemetry and evidence over HTTP until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Receive OpenTelemetry traces and logs, and records of evidence, over HTTP.",
        discussion: """
            POST /v1/traces and /v1/logs take OTLP/HTTP in protobuf or JSON, POST /v1/evidence takes JSON Lines of records, \
            GET /healthz tells how it goes. Senders show the token of a registered source. What is answered with 200 is on \
            disk. Ctrl-C or SIGTERM answers what has come and stops.
            """)

    @OptionGroup var writing: EvidenceWriting

    @Option(help: ArgumentHelp("Address and port to listen on; port 0 takes any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:4318"

    @Flag(help: "Take telemetry without a token, as evidence that anybody could have made; on loopback only.")
    var allowUnsigned = false

    @Option(help: ArgumentHelp("Take only the tokens in this file, one a line; default those of all sources.", valueName: "path"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("How long a trace without news is waited for when it hangs together.", valueName: "duration"))
    var settleAfter = "10s"

    @Option(help: ArgumentHelp("How long the missing parent of a span is waited for.", valueName: "duration"))
    var giveUpAfter = "10m"

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        guard let address = ListenAddress(listen) else {
            throw ValidationError("--listen must be an address and a port such as 127.0.0.1:4318 or [::1]:4318")
        }
        for (name, text) in [("--settle-after", settleAfter), ("--give-up-after", giveUpAfter)] where DurationText.milliseconds(text) == nil
        {
            throw ValidationError("\(name) must be a duration such as 10s or 10m")
        }
        if allowUnsigned, !address.isLoopback {
            throw ValidationError("--allow-unsigned needs a loopback address such as 127.0.0.1: others must show a token")
        }
    }

    func run() async throws {
        guard let address = ListenAddress(listen) else { return }
        let store = try writing.store()
        let policy = try policy(store)
        let waits = TelemetryAssembler.Waits(settling: Self.seconds(settleAfter), parents: Self.seconds(giveUpAfter))
        let writer = EvidenceWriter(store: store, actor: PrincipalID(Surroundings.actor), waits: waits)
        let receiver = Receiver(senders: SenderCheck(store: store, policy: policy, now: try Surroundings.clock()), writer: writer)
        let configuration = HTTPServerConfiguration(host: address.host, port: address.port)
        let server = try await HTTPServer.start(configuration) { [routes = receiver.routes] in await routes.answer($0) }
        announce("http://\(address.shownHost):\(server.port)", address)
        try await Interruption.cancelling {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                await writer.settle()
            }
        }
        await server.stop(within: .seconds(20))
        await writer.settleAtEnd()
        report(writer.counts)
    }

    // MARK: - Parts

    /// Who may send; an error when nobody could.
    private func policy(_ store: EvidenceStore) throws -> SenderCheck.Policy {
        var policy = SenderCheck.Policy(allowsUnsigned: allowUnsigned)
        if let tokenFile {
            let text = String(decoding: try FileBytes.read(tokenFile), as: UTF8.self)
            let tokens = text.split(whereSeparator: \.isNewline).map(String.init).filter { $0.contains { !$0.isWhitespace } }
            for (index, token) in tokens.enumerated() where try store.authenticate(token: token) == nil {
                throw InvalidInput(
                    FilePath.shown(tokenFile), SourcePosition(line: index + 1, column: 1), "this is not the token of a registered source",
                    suggestion: "give a source a new one with: rung source rotate")
            }
            policy.tokens = Set(tokens.map { SHA256Hasher.digest(of: Array($0.utf8)) })
        }
        guard try allowUnsigned || store.sources().contains(where: \.isActive) else {
            throw InvalidInput(
                "serve", nil, "no source is registered, so nobody could send anything",
                suggestion: "register one with: rung source add NAME --type receiver, or give --allow-unsigned on loopback")
        }
        return policy
    }

    private static func seconds(_ text: String) -> Int64 { Int64((DurationText.milliseconds(text) ?? 0) / 1_000) }

    private func announce(_ url: String, _ address: ListenAddress) {
        switch format {
        case .json: Terminal.print(JSONText.compact(["formatVersion": 1, "listening": .string(url)]))
        case .text: Terminal.say("listening on \(url)")
        }
        if !address.isLoopback { Terminal.say("note: tokens travel unencrypted; let a proxy in front of this speak TLS") }
    }

    private func report(_ counts: ReceiverCounts) {
        switch format {
        case .json: Terminal.print(JSONText.compact(counts.json))
        case .text: for line in ["\(counts.requests) requests stored"] + counts.tally.lines { Terminal.say(line) }
        }
    }
}
