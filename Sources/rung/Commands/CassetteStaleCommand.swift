import ArgumentParser
import RungCore
import RungCrypto
import RungFormats
import RungReplay
import RungText

/// `rung cassette stale`.
struct CassetteStaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stale", abstract: "Tell which recordings are too old, or were made under another prompt.",
        discussion: "A cassette that does not say when it was recorded is stale. The exit status is 0 when none is, else 1.")

    @Argument(help: ArgumentHelp("Cassettes.", valueName: "path"))
    var cassettes: [String]

    @Option(help: ArgumentHelp("Age from which a recording is stale.", valueName: "duration"))
    var olderThan = "\(SuiteCassettes.staleAfterDays)d"

    @Option(help: ArgumentHelp("Version of the prompt that is in use.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        guard DurationText.milliseconds(olderThan) != nil else {
            throw ValidationError("--older-than must be a duration such as 90d or 12h")
        }
        if let promptVersion, Digest(promptVersion) == nil {
            throw ValidationError("--prompt-version must be sha256: and 64 hexadecimal digits")
        }
    }

    func run() throws {
        let now = try Surroundings.clock()()
        let limit = Int64((DurationText.milliseconds(olderThan) ?? 0) / 1_000)
        var found: [(path: String, age: CassetteAge)] = []
        for path in cassettes {
            let provenance = try CassetteFile(path).read().provenance
            found.append(
                (FilePath.shown(path), CassetteAge(provenance, now: now, limit: limit, promptVersion: promptVersion.flatMap { Digest($0) }))
            )
        }
        switch format {
        case .json:
            let items = found.map { JSONValue.object([.init("cassette", .string($0.path))] + ($0.age.json.members ?? [])) }
            Terminal.print(JSONText.pretty(["formatVersion": 1, "cassettes": .array(items)]))
        case .text: for (path, age) in found { Terminal.print("\(path): \(age.text)") }
        }
        if found.contains(where: { $0.age.isStale }) { throw LeaveStatus(.failed) }
    }
}
