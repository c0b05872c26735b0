import RungImport
import RungText
import Testing

@Suite struct ImporterCatalogTests {
    @Test func `names are unique and in alphabetical order`() {
        let names = ImporterCatalog.all.map(\.name)
        #expect(names == Set(names).sorted())
        #expect(!names.isEmpty)
    }

    @Test func `an unknown name finds nothing`() {
        #expect(ImporterCatalog.importer(named: "tau-bench")?.name == "tau-bench")
        #expect(ImporterCatalog.importer(named: "tau") == nil)
    }

    @Test(arguments: ImporterCatalog.all.map(\.name)) func `every importer refuses an empty file and writes nothing`(_ name: String) throws
    {
        let folder = try TemporaryFolder()
        let file = try folder.file("empty", "")
        let importer = try #require(ImporterCatalog.importer(named: name))
        #expect(importer.summary.hasSuffix("."))
        #expect(throws: InvalidInput.self) {
            try importer.run(file: file, into: .folder(folder.path + "/out", overwrite: false))
        }
        #expect(folder.names == ["empty"])
    }

    @Test func `a rehearsal gives the report of the real thing and writes nothing`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk.jsonl", TauBenchFixture.run())
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        let rehearsal = try importer.run(file: file, into: .dryRun)
        #expect(folder.names == ["desk.jsonl"])
        #expect(try importer.run(file: file, into: .folder(folder.path, overwrite: false)) == rehearsal)
        #expect(folder.names == ["desk.jsonl", "scenarios.jsonl", "suite.yaml"])
    }

    @Test func `a second import into the same folder is refused, unless it may overwrite`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk.jsonl", TauBenchFixture.run())
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        _ = try folder.file("suite.yaml", "mine")
        let error = #expect(throws: InvalidInput.self) {
            try importer.run(file: file, into: .folder(folder.path, overwrite: false))
        }
        #expect(
            error?.diagnostics.map(\.text) == [
                "\(folder.path)/suite.yaml: error: the file exists already\n  choose another folder, or overwrite with --overwrite"
            ])
        #expect(try folder.text("suite.yaml") == "mine")
        #expect(folder.names == ["desk.jsonl", "suite.yaml"])
        _ = try importer.run(file: file, into: .folder(folder.path, overwrite: true))
        #expect(try folder.text("suite.yaml").hasPrefix("# Made by"))
        #expect(folder.names == ["desk.jsonl", "scenarios.jsonl", "suite.yaml"])
    }
}
