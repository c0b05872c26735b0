import RungText
import Testing

@testable import RungImport

@Suite struct ForeignRecordTests {
    @Test(arguments: [
        ("null", false), ("\"\"", false), ("[]", false), ("{}", false), ("0", true), ("false", true), ("\"x\"", true), ("[0]", true),
    ])
    func `an unknown member is a finding only when it holds something`(_ value: String, _ isFinding: Bool) throws {
        var diagnostics = Diagnostics()
        let node = try JSONReader.read(#"{"known": 1, "extra": \#(value)}"#)
        let record = try #require(ForeignRecord(node, path: "info", file: "f", into: &diagnostics))
        var findings = ImportFindings()
        record.noteUnknown(except: ["known"], in: &findings)
        #expect(findings.all.map(\.key) == (isFinding ? ["info.extra"] : []))
    }

    @Test func `a message tells the kind of a wrong value and keeps the value to itself`() throws {
        var diagnostics = Diagnostics()
        let record = try #require(ForeignRecord(JSONReader.read(#"{"a":"secret"}"#), path: "", file: "f", into: &diagnostics))
        #expect(record.required("a", "a number", into: &diagnostics) { $0.double } == nil)
        #expect(diagnostics.all.map(\.text) == [#"f:1:6: error: "a" must be a number, found a string"#])
    }
}
