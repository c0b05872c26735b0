import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

#if canImport(Glibc)
    import Glibc
#endif

struct EvidenceStoreTests {
    @Test func twoWritersOnOneFileLoseNothing() async throws {
        let fixture = try EvidenceFixture()
        let path = fixture.store.path
        let clock = fixture.clock
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<2 {
                group.addTask {
                    var environment = EvidenceFixture.environment(clock)
                    environment.lockSeconds = 60
                    let store = try EvidenceStore(path: path, environment: environment)
                    let recorder = RunRecorder(store: store, actor: PrincipalID("ci-\(number)"))
                    try recorder.handle([.started(try RunFixture.header(RunID("run-\(number)")))])
                    for index in 0..<40 {
                        let trial = RunFixture.trial(index, 0, .passed, grades: [RunFixture.grade(true, "run \(number), case \(index)")])
                        try recorder.handle([.trialFinished(trial)])
                    }
                }
            }
            try await group.waitForAll()
        }
        let verification = try fixture.store.verify()
        #expect(verification.failure == nil)
        #expect(verification.entries == 82)
        for number in 0..<2 { #expect(try fixture.store.run(RunID("run-\(number)")).storedTrials == 40) }
    }

    @Test func aProcessKilledAtAnyMomentLeavesWhatItHadFinished() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header())])
        for index in 0..<20 {
            try recorder.handle([.trialFinished(RunFixture.trial(index))])
            let copy = try Self.copy(fixture, to: "copy-\(index).db")
            #expect(try copy.run("run-1").storedTrials == index + 1)
            #expect(try copy.finishedTrials(of: "run-1").count == index + 1)
            #expect(try copy.verify().failure == nil)
        }
    }

    @Test func aTransactionThatWasNotFinishedIsNotThere() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(Registry(), actor: "ana")
        let before = try fixture.store.head()
        _ = try fixture.store.append(actor: "ana", reason: nil) { appender in
            for _ in 0..<20_000 {
                try appender.append(.gradeList, [.text("[\"a long list of grades, as large as it may be\"]")], .recorded)
            }
            let copy = try Self.copy(fixture, to: "copy.db")
            #expect(try copy.head() == before)
            #expect(try copy.verify().failure == nil)
        }
        #expect(try fixture.store.head().size == before.size + 1)
    }

    @Test func aReasonThatIsTooLongIsRefusedAndNothingIsStored() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci", reason: String(repeating: "r", count: 70_000))
        let error = #expect(throws: EvidenceError.self) { try recorder.handle([.started(try RunFixture.header())]) }
        #expect(error?.kind == .refused)
        #expect(error?.suggestion == "give a shorter reason")
        #expect(try fixture.store.runs().isEmpty)
    }

    @Test func wordsOfAFailedTransactionAreForgotten() throws {
        let fixture = try EvidenceFixture()
        struct Stop: Error {}
        #expect(throws: (any Error).self) {
            try fixture.store.append(actor: "ana", reason: nil) { appender in
                _ = try appender.writer.codes.code(of: "new-word")
                throw Stop()
            }
        }
        try fixture.importLines([#"{"kind":"scan","id":"s","at":"2026-09-01","records":1,"type":"overlap"}"#])
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header("new-word"))])
        #expect(try fixture.store.runs().map(\.header.id) == ["new-word"])
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func aStoreInMemoryCanBeRead() throws {
        let fixture = try EvidenceFixture()
        let store = try EvidenceStore(path: ":memory:", environment: fixture.store.environment)
        #expect(try store.snapshot(asOf: fixture.clock.now).notes == ["there is no evidence yet"])
        try store.recordRegistry(Registry(principals: [RegistryFixture.principal("ana")]), actor: "ana")
        #expect(try store.verify().records == 2)
        #expect(
            try store.snapshot(asOf: fixture.clock.now).notes == [
                "2 records in 1 ledger entries: 2 recorded by the program itself, 0 imported"
            ])
    }

    /// The file and its log as they lie on the disk at this moment.
    private static func copy(_ fixture: EvidenceFixture, to name: String) throws -> EvidenceStore {
        let target = fixture.folder.path + "/" + name
        for suffix in ["", "-wal"] {
            let bytes = try bytes(of: fixture.store.path + suffix)
            let file = try #require(fopen(target + suffix, "wb"))
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        return try EvidenceStore(path: target, environment: EvidenceFixture.environment(fixture.clock))
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: ftell(file))
        rewind(file)
        fread(&bytes, 1, bytes.count, file)
        return bytes
    }
}
