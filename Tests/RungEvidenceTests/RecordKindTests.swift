import RungText
import Testing

@testable import RungEvidence

struct RecordKindTests {
    @Test(arguments: RecordCatalog.all.map(\.name))
    func keysAreSortedAndColumnsExist(name: String) throws {
        let kind = try #require(RecordCatalog.all.first { $0.name == name })
        let keys = kind.fields.map(\.name)
        #expect(keys == keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) })
        #expect(Set(keys).count == keys.count)
        let fixture = try EvidenceFixture()
        let columns = try fixture.rows("SELECT name FROM pragma_table_info('\(kind.table)')").flatMap { $0 }
        #expect(columns.starts(with: ["record", "origin", "salt"]))
        #expect(columns.dropFirst(3).sorted() == kind.fields.map(\.column).sorted())
    }

    @Test func namesAndTablesAreUnique() {
        #expect(Set(RecordCatalog.all.map(\.name)).count == RecordCatalog.all.count)
        #expect(Set(RecordCatalog.all.map(\.table)).count == RecordCatalog.all.count)
    }

    @Test(arguments: RecordCatalog.importable.map(\.name))
    func importableKindsHaveAnIdentityThatFilesOrTheStoreFillIn(name: String) throws {
        let kind = try #require(RecordCatalog.all.first { $0.name == name })
        #expect(!kind.identity.isEmpty)
        for key in kind.identity { _ = kind.position(of: key) }
        for key in kind.computed { #expect(!kind.importable.map { kind.fields[$0].name }.contains(key)) }
    }

    @Test func theFieldsOfTrialsAndCasesStandWhereTheRecorderPutsThem() {
        #expect(
            RecordKind.trial.fields.map(\.name) == [
                "caseIndex", "fault", "gradeList", "grades", "index", "retried", "run", "seed", "transcript", "usage", "verdict",
            ])
        #expect(
            RecordKind.caseResult.fields.map(\.name) == [
                "caseIndex", "critical", "digest", "id", "intent", "note", "subject", "trials", "unstable", "verdict",
            ])
    }
}
