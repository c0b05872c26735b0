import RungReporting
import Testing

@Suite struct ReporterCatalogTests {
    @Test func `reporters are listed by name, each once, with an option named after it`() {
        let names = ReporterCatalog.all.map(\.name)
        #expect(names == ["console", "json", "junit", "markdown"])
        for reporter in ReporterCatalog.all {
            #expect(reporter.option == nil || reporter.option == "--\(reporter.name)")
            #expect(!reporter.summary.isEmpty && !reporter.summary.hasSuffix("."))
        }
    }
}
