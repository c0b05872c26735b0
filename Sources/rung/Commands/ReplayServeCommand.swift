import ArgumentParser
import RungCore
import RungFormats
import RungReplay
import RungText

/// `rung replay serve`: answers requests from a cassette until it is told to stop.
struct ReplayServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer the requests of an agent from a cassette, and from nothing else.",
        discussion: """
            Prints the variables with which an agent finds its recorded world: addresses of model providers, keys that open \
            nothing, and proxies that refuse. A request without a recording is answered with an error that SDKs do not retry, and \
            told with the nearest recording and the first difference. Ctrl-C or SIGTERM stops and reports.

            The exit status is 0, or 1 when a request had no recording or tried to leave the machine.
            """)

    @Option(help: ArgumentHelp("The cassette.", valueName: "path"))
    var cassette: String

    @Option(help: ArgumentHelp("Port on 127.0.0.1; 0 takes any free one.", valueName: "number"))
    var port = 0

    @Option(help: "recorded: pieces of an answer come as they came when they were recorded; full: at once.")
    var pace = ReplayPace.full

    @Flag(help: "Start over with a recording that was used up, in place of refusing; for servers that run beside a developer.")
    var `repeat` = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be a number from 0 to 65535") }
    }

    func run() async throws {
        let redactor = try PrivacyReading.redactor(around: cassette)
        let index = CassetteIndex(try CassetteFile(cassette).read(), file: FilePath.shown(cassette), redactor: redactor)
        let server = try await ReplayServer.start(port: port, randomBytes: Surroundings.randomBytes)
        let address = server.open(ReplayTape(index, pace: pace == .recorded ? .recorded : .full, repeats: `repeat`))
        announce(address)
        try await Interruption.cancelling { while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) } }
        await server.stop()
        var report = server.close(address)
        report.findings += server.strayFindings
        tell(report)
        if !report.findings.isEmpty { throw LeaveStatus(.failed) }
    }

    private func announce(_ address: ReplayAddress) {
        let variables = ReplayEnvironment.replaying(address)
        switch format {
        case .json:
            let members = variables.map { JSONValue.Member($0.name, .string($0.value)) }
            Terminal.print(JSONText.compact(["formatVersion": 1, "listening": .string(address.url), "environment": .object(members)]))
        case .text: for (name, value) in variables { Terminal.print("export \(name)=\(value)") }
        }
        Terminal.say("replaying \(FilePath.shown(cassette)) at \(address.url)")
    }

    private func tell(_ report: ReplayReport) {
        switch format {
        case .json: Terminal.print(JSONText.compact(report.json))
        case .text: for line in report.lines { Terminal.say(line) }
        }
    }
}

/// How fast the pieces of an answer follow each other.
enum ReplayPace: String, ExpressibleByArgument, CaseIterable { case recorded, full }
