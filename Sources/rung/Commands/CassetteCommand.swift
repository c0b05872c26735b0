import ArgumentParser
import RungFormats
import RungReplay

/// `rung cassette`: looks at recordings and keeps them in order.
struct CassetteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cassette", abstract: "Show, compare and tidy up recorded traffic.",
        subcommands: [
            CassetteConvertCommand.self, CassetteDiffCommand.self, CassettePruneCommand.self, CassetteShowCommand.self,
            CassetteStaleCommand.self,
        ])
}
