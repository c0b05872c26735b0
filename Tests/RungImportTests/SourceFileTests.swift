import RungText
import Testing

@testable import RungImport

@Suite struct SourceFileTests {
    private func records(_ text: String) throws -> (lines: [Int32], problems: [String]) {
        let folder = try TemporaryFolder()
        let file = try SourceFile(folder.file("f", text))
        var lines: [Int32] = []
        var diagnostics = Diagnostics()
        file.forEachRecord(into: &diagnostics) { node, _ in lines.append(node.position.line) }
        return (lines, diagnostics.all.map { "\($0.position ?? .start) \($0.message)" })
    }

    @Test(arguments: [
        ("{}\n\n {} \r\n{}", [1, 3, 4]), ("\u{FEFF}{}\n{}\n", [1, 2]), ("[{},\n{}]", [1, 2]), ("\u{FEFF} \n[{}]\n", [2]), ("[]", []),
    ])
    func `records carry their line`(_ text: String, _ lines: [Int32]) throws {
        let found = try records(text)
        #expect(found.lines == lines)
        #expect(found.problems.isEmpty)
    }

    @Test func `a line that is not JSON does not hide the others`() throws {
        let found = try records("{}\n{]\n{}\n{}}\n")
        #expect(found.lines == [1, 3])
        #expect(found.problems == [#"2:2 expected a key in double quotes, found "]""#, "4:3 unexpected text after the end of the value"])
    }

    @Test func `a missing file is invalid input`() {
        let error = #expect(throws: InvalidInput.self) { try SourceFile("/nowhere/runs.json") }
        #expect(error?.description == "/nowhere/runs.json: error: cannot be read: No such file or directory\n1 problem")
    }

    @Test func `a folder is not a file`() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: InvalidInput.self) { try SourceFile(folder.path) }
        #expect(error?.diagnostics.first?.message == "cannot be read: Is a directory")
    }
}
