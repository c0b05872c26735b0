import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct EvidenceDatabaseTests {
    let folder = TemporaryFolder()
    var path: String { folder.path + "/evidence.db" }

    func open() throws -> EvidenceStore {
        try EvidenceStore(path: path, environment: EvidenceFixture.environment(.init("2026-09-30T12:00:00Z")))
    }

    func pragma(_ name: String, _ database: EvidenceDatabase) throws -> String? {
        try database.withConnection { try SQLStatement("PRAGMA \(name)", on: $0).first { $0.text(0) } }
    }

    func failure(_ body: () throws -> Void) -> String? {
        let error = #expect(throws: EvidenceError.self) { try body() }
        return error?.description.split(separator: folder.path + "/").joined()
    }

    @Test func aNewFileBelongsToUsAndIsDurable() throws {
        let store = try open()
        #expect(try pragma("application_id", store.database) == "1383427687")
        #expect(try pragma("user_version", store.database) == "\(Schema.version)")
        #expect(try pragma("synchronous", store.database) == "2")
        #expect(try pragma("journal_mode", store.database) == "wal")
        #expect(try store.head() == LedgerHead(size: 0, root: digest("")))
    }

    @Test func textIsNotADatabaseAndStaysAsItIs() throws {
        let text = String(repeating: "not a database, but text. ", count: 50)
        folder.write("evidence.db", text)
        #expect(failure { _ = try open() } == "evidence.db is not an evidence database\n  name another file, or move this one away")
        #expect(folder.read("evidence.db") == text)
    }

    @Test func aDatabaseOfAnotherProgramStaysAsItIs() throws {
        let other = try EvidenceStore(path: path, environment: EvidenceFixture.environment(.init("2026-09-30T12:00:00Z")))
        try other.database.withConnection { connection in
            try EvidenceDatabase.execute("PRAGMA application_id = 7; PRAGMA journal_mode = DELETE", on: connection)
        }
        let expected = "evidence.db is a database of another program\n  name another file, or move this one away"
        #expect(failure { _ = try open() } == expected)
        #expect(failure { _ = try EvidenceStore(reading: path, environment: other.environment) } == expected)
        #expect(try pragma("journal_mode", other.database) == "delete")
    }

    @Test func aNewerFormatIsNotTouched() throws {
        try open().database.withConnection { try EvidenceDatabase.execute("PRAGMA user_version = 99", on: $0) }
        #expect(
            failure { _ = try open() }
                == "evidence.db was written by a newer version of rung\n  install that version, or name another file")
    }

    @Test func readingCreatesNothing() throws {
        let environment = EvidenceFixture.environment(try .init("2026-09-30T12:00:00Z"))
        #expect(
            failure { _ = try EvidenceStore(reading: path, environment: environment) } == """
                there is no evidence at evidence.db
                  run `rung test` or `rung import evidence` first, or name the file with --evidence
                """)
        #expect(folder.read("evidence.db") == nil)
    }

    @Test func aStoreThatIsOnlyReadRefusesToWrite() throws {
        let store = try open()
        try store.recordRegistry(Registry(), actor: "ana")
        let reader = try EvidenceStore(reading: path, environment: store.environment)
        #expect(try reader.head() == store.head())
        let error = #expect(throws: EvidenceError.self) {
            try RunRecorder(store: reader, actor: "ana").handle([.started(try RunFixture.header())])
        }
        #expect(error?.kind == .readOnly)
    }

    @Test func aLockedFileIsToldAfterTheTimeLimit() throws {
        let store = try open()
        let other = try open()
        try other.database.withConnection { try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: $0) }
        #expect(
            failure { try store.recordRegistry(Registry(), actor: "ana") }
                == "evidence.db has been locked by another process for 0 seconds\n  wait for the other process to end and try again")
        try other.database.withConnection { try EvidenceDatabase.execute("ROLLBACK", on: $0) }
        #expect(try store.recordRegistry(Registry(), actor: "ana"))
    }

    @Test func aFullDiskLeavesTheStateBefore() throws {
        let store = try open()
        let recorder = RunRecorder(store: store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header())])
        let before = try store.head()
        try store.database.withConnection { connection in
            let pages = try EvidenceDatabase.integer("PRAGMA page_count", on: connection) ?? 0
            try EvidenceDatabase.execute("PRAGMA max_page_count = \(pages + 2)", on: connection)
        }
        let trials = (0..<5_000).map {
            RunEvent.trialFinished(RunFixture.trial($0, 0, .failed, grades: [RunFixture.grade(false, "\($0)")]))
        }
        #expect(
            failure { try recorder.handle(trials) } == """
                there is no room left for evidence.db; nothing of this step was stored
                  free some space and try again
                """)
        #expect(try store.head() == before)
        try store.database.withConnection { try EvidenceDatabase.execute("PRAGMA max_page_count = 1000000", on: $0) }
        try recorder.handle(trials)
        #expect(try store.verify().failure == nil)
        #expect(try store.run("run-1").storedTrials == 5_000)
    }

    @Test func anInterruptedCreationIsTakenUp() throws {
        let database = try EvidenceDatabase(path: path, access: .readWrite, lockSeconds: 0)
        try database.withConnection { connection in
            for view in ViewCatalog.all { try EvidenceDatabase.execute("DROP VIEW \(view.name)", on: connection) }
        }
        #expect(try open().head().size == 0)
        let areCurrent = try database.withConnection { try ViewCatalog.areCurrent($0) }
        #expect(areCurrent)
    }
}
