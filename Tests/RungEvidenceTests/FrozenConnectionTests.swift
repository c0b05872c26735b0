import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct FrozenConnectionTests {
    @Test func readsWhatWasWrittenBackAndWritesNothing() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people)
        try fixture.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
        let frozen = try FrozenConnection(path: fixture.store.path)
        let verification = try frozen.withConnection { try LedgerVerification.of($0) }
        #expect(verification.failure == nil)
        #expect(verification.records == SmallWorld.people.count)
        let failure = #expect(throws: SQLFailure.self) {
            try frozen.withConnection { try EvidenceDatabase.execute("DELETE FROM ledger_head", on: $0) }
        }
        #expect(failure.map { $0.code & 0xFF } == 8, "SQLITE_READONLY")
    }

    @Test func aFileWithChangesInItsLogIsRefused() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people)
        let failure = #expect(throws: SQLFailure.self) { try FrozenConnection(path: fixture.store.path) }
        #expect(failure?.message == "it has changes that were not written back")
    }

    @Test func aMissingFileIsNotCreated() throws {
        let folder = TemporaryFolder()
        #expect(throws: SQLFailure.self) { try FrozenConnection(path: folder.path + "/x.db") }
        #expect(folder.read("x.db") == nil)
    }

    @Test(arguments: [
        ("/a/b-c_1.db", "file:/a/b-c_1.db?immutable=1"), ("a b?c#d%", "file:a%20b%3fc%23d%25?immutable=1"),
        ("\u{1}é", "file:%01%c3%a9?immutable=1"),
    ])
    func unusualCharactersOfAPathAreEscaped(path: String, address: String) {
        #expect(FrozenConnection.address(of: path) == address)
    }
}
