import ArgumentParser
import RungCore
import RungFormats
import RungReplay
import RungText

/// `rung cassette convert`.
struct CassetteConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Turn a recording of another tool, or an older cassette, into a cassette of the present format.",
        discussion: """
            Reads what rung import vcr reads (vcrpy, pydantic-ai and go-vcr, in YAML or JSON), without its secrets, and every format of \
            cassettes that there was. A cassette keeps its scenario, normalizers and times; its bodies are written anew beside it.
            """)

    @Argument(help: ArgumentHelp("The recording.", valueName: "in"))
    var input: String

    @Argument(help: ArgumentHelp("The cassette to write; may be the same file.", valueName: "out"))
    var output: String

    @Flag(help: "Replace a cassette that is there.")
    var overwrite = false

    func run() throws {
        let (file, shown) = (CassetteFile(output), FilePath.shown(output))
        guard overwrite || !file.exists else {
            throw InvalidInput(shown, nil, "there is a cassette already", suggestion: "replace it with --overwrite, or name another file")
        }
        let cassette = try CassetteConversion(around: output).cassette(at: input)
        try NewFile.makeFolder(FilePath.folder(of: output))
        try file.write(cassette)
        Terminal.say(CassetteConversion.told(cassette, in: shown))
    }
}
