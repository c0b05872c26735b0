import ArgumentParser
import RungCore
import RungFormats
import RungReplay
import RungText

/// `rung cassette show`.
struct CassetteShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a cassette holds: where it comes from and each exchange, or one of them in full.")

    @Argument(help: ArgumentHelp("The cassette.", valueName: "path"))
    var cassette: String

    @Option(help: ArgumentHelp("Name of an exchange to show in full.", valueName: "name"))
    var exchange: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let recording = try CassetteFile(cassette).read()
        guard let exchange else {
            switch format {
            case .json: Terminal.print(JSONText.pretty(CassetteOutline(recording).json))
            case .text: Terminal.print(CassetteOutline(recording).lines.joined(separator: "\n"))
            }
            return
        }
        let names = recording.names
        guard let number = names.firstIndex(of: exchange) else {
            throw InvalidInput(
                FilePath.shown(cassette), nil, "no exchange is called \"\(exchange)\"",
                suggestion: NearestWord.suggestion(for: exchange, among: Array(names.prefix(20))))
        }
        Terminal.print(JSONText.pretty(CassetteOutline.json(of: recording.exchanges[number], named: exchange)))
    }
}
