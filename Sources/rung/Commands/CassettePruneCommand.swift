import ArgumentParser
import RungCore
import RungFormats
import RungReplay
import RungText

/// `rung cassette prune`.
struct CassettePruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove recordings that nothing asks for.",
        discussion: """
            Takes names of exchanges, or the report of a replay (rung replay serve --format json) with the recordings that \
            nothing asked for. Bodies that are no longer named go too. Without either the file is written in its canonical form.
            """)

    @Argument(help: ArgumentHelp("The cassette.", valueName: "path"))
    var cassette: String

    @Option(help: ArgumentHelp("Report of a replay as JSON; its last line counts.", valueName: "path"))
    var report: String?

    @Option(help: ArgumentHelp("Name of an exchange to remove; repeatable.", valueName: "name"))
    var exchange: [String] = []

    @Flag(help: "Tell what would be removed and change nothing.")
    var dryRun = false

    func run() throws {
        let file = CassetteFile(cassette)
        var recording = try file.read()
        let names = recording.names
        let doomed = Set(exchange + (try reported()))
        if let unknown = doomed.subtracting(names).sorted().first {
            throw InvalidInput(
                FilePath.shown(cassette), nil, "no exchange is called \"\(unknown)\"",
                suggestion: NearestWord.suggestion(for: unknown, among: Array(names.prefix(20))))
        }
        let removed = zip(names, recording.exchanges).filter { doomed.contains($0.0) }
        for (name, exchange) in removed { Terminal.print("\(name) \(exchange.request.method) \(exchange.request.url)") }
        recording.exchanges = zip(names, recording.exchanges).filter { !doomed.contains($0.0) }.map(\.1)
        if !dryRun { try file.write(recording) }
        Terminal.say("\(removed.count) \(dryRun ? "would be removed" : "removed"), \(recording.exchanges.count) left")
    }

    /// The names that a report calls unused.
    private func reported() throws -> [String] {
        guard let report else { return [] }
        let lines = try FileBytes.read(report).split(separator: UInt8(ascii: "\n"))
        do {
            let node = try JSONReader.read(Array(lines.last ?? []), line: max(1, lines.count))
            guard let unused = node["unused"]?.array else {
                throw InvalidInput(FilePath.shown(report), node.position, "this is not the report of a replay: it has no \"unused\"")
            }
            // Calls of tools have no names; they stay.
            return unused.filter { $0["method"]?.string != "CALL" }.compactMap { $0["name"]?.string }
        } catch let error as JSONSyntaxError {
            throw InvalidInput(FilePath.shown(report), error.position, error.message)
        }
    }
}
