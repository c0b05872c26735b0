import RungCore
import RungText
import Testing

@testable import RungEvidence

#if canImport(Glibc)
    import Glibc
#endif

struct ViewCatalogTests {
    @Test(arguments: ViewCatalog.names)
    func columnsAreAsDeclaredInTheFileAndAtACutOff(name: String) throws {
        let view = try #require(ViewCatalog.view(name))
        let fixture = try LedgerVerifierTests.everyKind()
        let columns = try fixture.store.database.withConnection { try SQLStatement("SELECT * FROM \(name)", on: $0).columnNames }
        #expect(columns == view.columns.map(\.name))
        let present = try fixture.rows("SELECT COUNT(*) FROM \(name)")
        try fixture.clock.set("2026-10-02T00:00:00Z")
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        let rows = try snapshot.rows(
            of: "SELECT 'all' AS entity, COUNT(*) AS value FROM \(name)", in: EvidenceWindow(asOf: snapshot.asOf, days: 1))
        #expect(rows == [MeasureRow(entity: "all", amount: .value(Double(present.first?.first ?? "") ?? .nan))])
    }

    @Test(arguments: ViewCatalog.names)
    func valuesAreOfTheDeclaredTypeAndNullOnlyWhereDeclared(name: String) throws {
        let view = try #require(ViewCatalog.view(name))
        let fixture = try LedgerVerifierTests.everyKind()
        #expect(try fixture.rows("SELECT COUNT(*) > 0 FROM \(name)") == [["1"]])
        for column in view.columns {
            let types = Set(try fixture.rows("SELECT typeof(\(column.name)) FROM \(name)").flatMap { $0 })
            let allowed: Set<String> =
                column.isNullable ? [column.type.rawValue.lowercased(), "null"] : [column.type.rawValue.lowercased()]
            #expect(types.isSubset(of: allowed), "\(name).\(column.name) holds \(types.sorted())")
        }
    }

    @Test func aViewNamesTheViewsThatItReads() {
        for view in ViewCatalog.all {
            let words = Set(view.sql.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
            let read = ["FROM", "JOIN"].flatMap { keyword in
                view.sql.split(separator: keyword + " ").dropFirst().compactMap {
                    $0.split { !($0.isLetter || $0.isNumber || $0 == "_") }.first
                }
            }.map(String.init)
            let used = Set(read).intersection(ViewCatalog.names)
            #expect(used == Set(view.uses), "\(view.name) reads \(used.sorted())")
            #expect(!words.isEmpty)
        }
        for (index, view) in ViewCatalog.all.enumerated() {
            #expect(Set(view.uses).isSubset(of: Set(ViewCatalog.names[..<index])), "\(view.name) stands after what it reads")
        }
    }

    @Test func theReferencePageIsUpToDate() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = try #require(fopen("/\(root)/docs/evidence.md", "rb"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == ViewCatalog.markdown)
    }
}
