import RungTestSupport
import RungText
import Testing

@testable import RungImport

/// Every report of the corpus, against the answers of its manifest.
@Suite struct JUnitCorpusTests {
    @Test(.enabled(if: Corpora.path("junit-xml/MANIFEST.jsonl") != nil, "\(Corpora.variable) names no corpora"))
    func `every real report gives its counts, and every broken one is refused at its line`() throws {
        let manifest = try #require(Corpora.path("junit-xml/MANIFEST.jsonl"))
        var read = 0
        var refused = 0
        var diagnostics = Diagnostics()
        try SourceFile(manifest).forEachRecord(into: &diagnostics) { record, _ in
            guard let name = record["file"]?.string, let path = Corpora.path("junit-xml/\(name)") else {
                Issue.record("a line of the manifest names no file")
                return
            }
            if record["wellFormed"]?.bool == false {
                let error = #expect(throws: InvalidInput.self, "\(name)") { try JUnitReader.read(path) }
                #expect(error?.diagnostics.first?.position.map { Int($0.line) } == record["parseError"]?["line"]?.int, "\(name)")
                refused += 1
            } else {
                let report = try? JUnitReader.read(path)
                for member in report?.counts.members ?? [] {
                    #expect(member.value.plainText == record["counts"]?[member.key]?.json.plainText, "\(name): \(member.key)")
                }
                #expect(report != nil, "\(name)")
                read += 1
            }
        }
        #expect(diagnostics.isEmpty)
        #expect(read == 127 && refused == 4)
    }
}
