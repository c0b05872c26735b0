import ArgumentParser
import RungCore
import RungReplay
import RungText

/// `rung cassette diff`.
struct CassetteDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show which requests came or went between two recordings, and which answers changed.",
        discussion: "The exit status is 0 when both would answer alike, else 1.")

    @Argument(help: ArgumentHelp("Cassette that is compared with.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("Cassette that is compared.", valueName: "new"))
    var new: String

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let diff = CassetteDiff(from: try CassetteFile(old).read(), to: try CassetteFile(new).read())
        switch format {
        case .json: Terminal.print(JSONText.pretty(diff.json))
        case .text: Terminal.print(diff.lines.joined(separator: "\n"))
        }
        if !diff.isEmpty { throw LeaveStatus(.failed) }
    }
}
