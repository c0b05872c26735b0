import ArgumentParser
import RungCore
import RungFormats
import RungReplay
import RungText

/// `rung replay mcp`: offers recorded tools as an MCP server over standard input and output.
struct ReplayMCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Offer the tools of a cassette as an MCP server on standard input and output.",
        discussion: """
            For clients that start their tool servers themselves: name this command where the client would name the real server. Over \
            HTTP the same tools answer under RUNG_MCP_URL of a replayed trial. A call without a recording is answered with an error, and told on \
            standard error when the input ends.

            The exit status is 0, or 1 when a call had no recording.
            """)

    @Option(help: ArgumentHelp("The cassette.", valueName: "path"))
    var cassette: String

    @Flag(help: "Start over with a recording that was used up, in place of refusing.")
    var `repeat` = false

    /// Longest message in bytes; as long as a body may be over HTTP.
    private static let lineLimit = 64 << 20

    func run() throws {
        let index = CassetteIndex(
            try CassetteFile(cassette).read(), file: FilePath.shown(cassette), redactor: try PrivacyReading.redactor(around: cassette))
        let session = ToolSession(ReplayTape(index, repeats: `repeat`))
        try InputLines.each(limit: Self.lineLimit) { line in
            if line.contains(where: { $0 > 0x20 }), let answer = session.answer(Array(line)) { Terminal.print(answer) }
        }
        for line in session.report.lines { Terminal.say(line) }
        if !session.report.findings.isEmpty { throw LeaveStatus(.failed) }
    }
}
