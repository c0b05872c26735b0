import RungCore
import RungCrypto
import RungTestSupport
import RungText
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@testable import RungReplay

struct CassetteFileTests {
    private let folder = TemporaryFolder()
    private var file: CassetteFile { CassetteFile(folder.path + "/refund.jsonl") }

    private static let whole: Cassette = {
        let patterns = ["/a~1b/*", "/ids/*"].compactMap { PointerPattern($0) }
        var cassette = CassetteSamples.cassette(
            [
                CassetteSamples.exchange(body: #"{"model":"gpt-4o","n":1e0}"#, answer: #"{"id":"a","text":"größe \"x\""}"#),
                CassetteSamples.exchange("GET", "https://api.openai.com/v1/models?limit=2", body: "", status: 404, answer: "not here\n"),
                CassetteSamples.stream([("data: {\"a\":1}\n\n", 12.5), ("data: [DO", 0.25), ("NE]\n\n", nil)], body: #"{"stream":true}"#),
                Exchange(
                    request: .init(method: "PUT", url: "http://localhost:9/x", body: [0xFF, 0x00, 0x80]),
                    response: .init(status: 204)),
            ], [.named(.toolCallIDs), .replace(patterns[0]), .number([patterns[1]])])
        cassette.redactions = ["openai-key": 2, "email": 1]
        cassette.provenance.promptVersion = SHA256Hasher.digest(of: "prompt")
        cassette.tools = [
            ToolExchange(name: "lookup", arguments: ["order": 7], result: "none", isError: true),
            ToolExchange(name: "lookup", arguments: .null, result: [1, "two"]),
        ]
        return cassette
    }()

    @Test func comesBackAsItWasWritten() throws {
        try file.write(Self.whole)
        #expect(try file.read() == Self.whole)
    }

    @Test func rewritingUnchangedContentGivesTheSameBytes() throws {
        try file.write(Self.whole)
        let first = folder.read("refund.jsonl")
        try file.write(try file.read())
        #expect(folder.read("refund.jsonl") == first)
        #expect(first?.split(separator: "\n").count == 7)
    }

    @Test func aLargeBodyLiesInAFileUnderItsDigest() throws {
        let text = String(repeating: "long ", count: 20_000)
        let cassette = CassetteSamples.cassette([CassetteSamples.exchange(body: #"{"q":1}"#, answer: #"{ "text" : "\#(text)" }"#)])
        try file.write(cassette)
        let content = #"{"text":"\#(text)"}"#
        #expect(folder.read("refund.bodies/\(SHA256Hasher.digest(of: content).hex)") == content)
        #expect((folder.read("refund.jsonl") ?? "").utf8.count < 1_500)
        #expect(try file.read().exchanges[0].response.bytes == Array(content.utf8))
    }

    @Test func bodiesThatAreNoLongerNamedAreRemovedAndOtherFilesStay() throws {
        let text = String(repeating: "x", count: 40_000)
        try file.write(CassetteSamples.cassette([CassetteSamples.exchange(body: "", answer: text)]))
        folder.write("refund.bodies/notes.txt", "mine")
        try file.write(CassetteSamples.cassette([CassetteSamples.exchange(body: "", answer: "short")]))
        #expect(folder.read("refund.bodies/\(SHA256Hasher.digest(of: text).hex)") == nil)
        #expect(folder.read("refund.bodies/notes.txt") == "mine")
    }

    @Test func aMissingOrChangedBodyIsFoundOnReading() throws {
        let text = String(repeating: "x", count: 40_000)
        try file.write(CassetteSamples.cassette([CassetteSamples.exchange(body: "", answer: text)]))
        let name = "refund.bodies/\(SHA256Hasher.digest(of: text).hex)"
        folder.write(name, "something else")
        #expect(throws: InvalidInput.self) { try file.read() }
        #expect(problems().contains("was changed"))
        #expect(unlink(folder.path + "/" + name) == 0)
        #expect(problems().contains("the body is missing: no file"))
    }

    @Test func noReferenceLeadsOutOfTheFolder() throws {
        folder.write(
            "refund.jsonl",
            Self.header
                + #"{"kind":"exchange","name":"a","request":{"method":"GET","url":"http://h/","body":{"file":"../../etc/passwd"}},"response":{"status":200}}"#
        )
        #expect(problems().contains("\"file\" must be a digest"))
        let digest = SHA256Hasher.digest(of: "outside")
        folder.write("outside", "outside")
        folder.write(
            "refund.jsonl",
            Self.header
                + #"{"kind":"exchange","name":"a","request":{"method":"GET","url":"http://h/","body":{"file":"\#(digest)"}},"response":{"status":200}}"#
        )
        folder.write("refund.bodies/x", "")
        #expect(symlink(folder.path + "/outside", folder.path + "/refund.bodies/\(digest.hex)") == 0)
        #expect(problems().contains("cannot be read"))
    }

    @Test func allProblemsComeAtOnceWithTheirPlaces() {
        folder.write(
            "refund.jsonl",
            Self.header + """
                {"kind":"exchange","name":"a","request":{"method":"get","url":"/v1"},"response":{"status":200,"hedaers":[]}}
                {"kind":"exchange","name":"b","request":{"method":"get","url":"/v1","headers":["x"]},"response":{"status":200}}
                {"kind":"exchange","name":"b","request":{"method":"GET","url":"http://h/","body":{"text":"a","json":{}}},"response":{"status":200}}
                {"kind":"exchange","name":"c","request":{"method":"GET","url":"http://h/"},"response":{"status":200,"body":[{"base64":"a"}]}}
                <<<<<<< HEAD
                """)
        let found = problems()
        #expect(found.contains(#"refund.jsonl:2:95: error: unknown key "hedaers""#))
        #expect(found.contains(#"refund.jsonl:3:51: error: method is "get""#))
        #expect(found.contains("refund.jsonl:3:63: error: url is not an absolute"))
        #expect(found.contains("refund.jsonl:3:80: error: a header is not name: value"))
        #expect(found.contains(#"refund.jsonl:4:27: error: line 3 has the same name "b""#))
        #expect(found.contains("refund.jsonl:4:82: error: a body has exactly one form, found 2"))
        #expect(found.contains("refund.jsonl:5:119: error: not base64"))
        #expect(found.contains("refund.jsonl:6:1: error: expected a value"))
        #expect(found.contains("a merge was not finished here"))
    }

    @Test func aFileThatIsNoCassetteIsToldAsSuch() {
        #expect(problems().contains("record it with: rung record --cassette"))
        folder.write("refund.jsonl", "")
        #expect(problems().contains("the cassette is empty"))
        folder.write("refund.jsonl", #"{"kind":"exchange"}"#)
        #expect(problems().contains("the first line is not the header of a cassette"))
        folder.write("refund.jsonl", #"{"kind":"cassette","format":2,"scenario":"s","recorder":"r","normalizers":[]}"#)
        #expect(problems().contains("format 2 is newer"))
        folder.write("refund.jsonl", #"{"kind":"cassette","format":1,"scenario":"s","recorder":"r","normalizers":[{"drop":"x"}]}"#)
        #expect(problems().contains(#""x" is not a JSON pointer"#))
    }

    private static let header = #"{"kind":"cassette","format":1,"scenario":"s","recorder":"r","normalizers":[]}"# + "\n"

    private func problems() -> String {
        do {
            _ = try file.read()
            return ""
        } catch {
            return "\(error)"
        }
    }
}
