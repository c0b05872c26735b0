import Testing

@testable import RungXML

@Suite("An input file")
struct InputFileTests {
    @Test("gives all bytes in pieces", arguments: [0, 1, 65_536, 200_000])
    func pieces(count: Int) throws {
        let directory = try TemporaryDirectory()
        let file = try InputFile(try directory.file("a", String(repeating: "x", count: count)))
        var total = 0
        while let bytes = try file.next() { total += bytes.count }
        #expect(total == count)
    }

    @Test("has the system's error number when it cannot be opened or read")
    func failure() throws {
        #expect { try InputFile("/nonexistent") } throws: { ($0 as? InputFile.Failure)?.code == 2 }
        #expect { try InputFile("/tmp").next() } throws: { ($0 as? InputFile.Failure)?.code == 21 }
    }
}
