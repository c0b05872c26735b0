import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct EvidenceImporterTests {
    static let scan = #"{"kind":"scan","id":"s1","type":"overlap","at":"2026-09-01","records":5}"#

    /// Kinds whose records need nothing that is on the ledger already.
    static let immediate = RecordCatalog.importable.filter { $0.resolve == nil }

    @Test func everyKindIsTakenInWithEveryKeyAndComesBack() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines(EvidenceLines.oneOfEach)
        #expect(report.records == EvidenceLines.oneOfEach.count)
        #expect(Set(report.added.keys) == Set(Self.immediate.map(\.name)))
        #expect(report.findings.isEmpty)
        #expect(report.ledger == (try fixture.store.head()))
        let kinds = try #require(try fixture.rows("SELECT batch_kinds FROM ledger_entries").first?.first)
        #expect(kinds.hasPrefix(#"{"act":1,"agent":1,"#))
        let lines = try EvidenceLines.oneOfEach.map { try JSONReader.read($0) }
        for kind in Self.immediate {
            let keys = kind.importable.map { kind.fields[$0].name }
            let found = lines.filter { $0["kind"]?.string == kind.name }.flatMap { $0.members?.map(\.key) ?? [] }
            #expect(Set(keys) == Set(found).subtracting(["kind"]), "the lines of \(kind.name) have every key")
        }
    }

    @Test func theSameFileAgainAddsNothing() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(EvidenceLines.oneOfEach)
        let head = try fixture.store.head()
        try fixture.clock.set("2026-10-05T00:00:00Z")
        let report = try fixture.importLines(EvidenceLines.oneOfEach.reversed())
        #expect(report.added.isEmpty)
        #expect(report.unchanged.values.reduce(0, +) == EvidenceLines.oneOfEach.count)
        #expect(try fixture.store.head() == head)
    }

    @Test func theSameLineTwiceInOneFileCountsOnce() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines([Self.scan, "", "  ", Self.scan])
        #expect(report.added == ["scan": 1])
        #expect(report.unchanged == ["scan": 1])
        #expect(report.records == 2)
    }

    @Test func aDryRunTellsEverythingAndStoresNothing() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines(EvidenceLines.oneOfEach, dryRun: true)
        #expect(report.isDryRun)
        #expect(report.added.count == Self.immediate.count)
        #expect(report.ledger.size == 1)
        #expect(try fixture.store.head().size == 0)
        #expect(try fixture.rows("SELECT COUNT(*) FROM record_codes") == [["0"]])
        try fixture.importLines(EvidenceLines.oneOfEach)
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func allProblemsOfAFileAreToldWithTheirPlacesAndNothingIsStored() throws {
        let fixture = try EvidenceFixture()
        let text = try fixture.problems([
            Self.scan,
            #"{"kind":"scan","id":"s2","type":"overlap","at":"2026-09-01","recods":5}"#,
            #"{"kind":"scam","id":"s2"}"#,
            #"{"id":"s2"}"#,
            #"{"kind":"scan","id":"s3","type":"overlaps","at":"yesterday","records":-1}"#,
            #"{"kind":"scan","id":"s3","type":"overlap","at":"2026-09-01","records":1"#,
            #"[1]"#,
            #"{"kind":"scan","id":"s4","id":"s5","type":"overlap","at":"2026-09-01","records":1}"#,
        ])
        #expect(
            text == """
                evidence.jsonl:2:1: error: scan has no "records"
                  add records: Records read; 0 proves nothing.
                evidence.jsonl:2:61: error: unknown key "recods" in scan
                  did you mean "records"?
                evidence.jsonl:3:9: error: unknown kind "scam"
                  did you mean "scan"?
                evidence.jsonl:4:1: error: the record has no "kind"
                  add kind: one of \(RecordCatalog.importable.map(\.name).joined(separator: ", "))
                evidence.jsonl:5:33: error: "type" is "overlaps"
                  did you mean "overlap"?
                evidence.jsonl:5:49: error: "at" must be a UTC time such as 2026-09-30T12:00:00Z, or a date, found string yesterday
                evidence.jsonl:5:71: error: "records" must be a whole number from 0 to 2147483647, found number -1
                evidence.jsonl:6:72: error: expected "," or "}", found the end of the text
                evidence.jsonl:7:1: error: the record must be a mapping with "kind", found array [1]
                evidence.jsonl:8:26: error: duplicate key "id"
                10 problems
                """)
        #expect(try fixture.store.head().size == 0)
        #expect(try fixture.rows("SELECT COUNT(*) FROM scan_records") == [["0"]])
    }

    @Test func whatHasNotHappenedYetIsRefused() throws {
        let fixture = try EvidenceFixture()
        let text = try fixture.problems([
            #"{"kind":"scan","id":"s1","type":"overlap","at":"2026-09-30T12:00:01Z","records":5}"#,
            #"{"kind":"scan","id":"s2","type":"overlap","at":"1969-12-31","records":5}"#,
            #"{"kind":"principal","id":"ana","type":"person","leftAt":"2027-01-01"}"#,
        ])
        #expect(
            text == """
                evidence.jsonl:1:48: error: "at" is 2026-09-30T12:00:01Z, later than now (2026-09-30T12:00:00Z)
                  evidence tells what has happened; correct the time
                evidence.jsonl:2:48: error: "at" is 1969-12-31T00:00:00Z, before 1970
                  correct the time
                evidence.jsonl:3:57: error: "leftAt" is 2027-01-01T00:00:00Z, later than now (2026-09-30T12:00:00Z)
                  evidence tells what has happened; correct the time
                3 problems
                """)
    }

    @Test func aRecordThatDisagreesWithAnEarlierOneIsAnErrorThatNamesBoth() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.scan])
        let other = #"{"kind":"scan","id":"s1","type":"overlap","at":"2026-09-01","records":6}"#
        #expect(
            try fixture.problems([other]) == """
                evidence.jsonl:1:1: error: scan "s1" is stored with other content (07dc4a46f96d there, f7cd366aeaee here)
                  records never change; give the new one its own id
                1 problem
                """)
        let fresh = try EvidenceFixture()
        #expect(
            try fresh.problems(["", Self.scan, EvidenceLines.oneOfEach[0], other]) == """
                evidence.jsonl:4:1: error: scan "s1" is on line 2 with other content (07dc4a46f96d there, f7cd366aeaee here)
                  records never change; give the new one its own id
                1 problem
                """)
    }

    @Test func aThousandProblemsAreToldAndTheOthersCounted() throws {
        let fixture = try EvidenceFixture()
        let text = try fixture.problems([String](repeating: "{}", count: 1_234))
        #expect(text.split(separator: "\n").count == 2_002)
        #expect(text.contains("evidence.jsonl:1000:1: error: the record has no \"kind\""))
        #expect(!text.contains("evidence.jsonl:1001:1:"))
        #expect(text.hasSuffix("evidence.jsonl:1235:1: error: 234 more problems, not shown\n1001 problems"))
    }

    @Test func valuesThatTheStoreComputesAreIgnoredAndReported() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines([
            #"{"kind":"principal","id":"ana","type":"person","active":1}"#,
            #"{"kind":"principal","id":"bo","active":{"deep":[1]},"type":"person"}"#,
            #"{"kind":"act","id":"a","subjectKind":"dashboard","subjectId":"d","step":"open","principalId":"ana","at":"2026-09-01","verdict":"fresh","authorId":"bo"}"#,
        ])
        #expect(report.added == ["act": 1, "principal": 2])
        #expect(
            report.text.split(separator: fixture.folder.path + "/").joined() == """
                evidence.jsonl: 3 records, 3 added
                  act: 1
                  principal: 2
                evidence.jsonl:1:48: note: "active" of principal is computed here; the value of 2 records was ignored
                evidence.jsonl:3:118: note: "verdict" of act is computed here; the value of 1 record was ignored
                evidence.jsonl:3:136: note: "authorId" of act is computed here; the value of 1 record was ignored
                """)
        #expect(report.json["findings"]?.arrayValue?.count == 3)
        #expect(report.json["added"] == ["act": 1, "principal": 2])
    }

    @Test func aStateMayBeToldAnewAndAKindThatNeverChangesMayNot() throws {
        let fixture = try EvidenceFixture()
        let old = #"{"kind":"principal","id":"ana","type":"person","team":"a","at":"2026-01-01"}"#
        let new = #"{"kind":"principal","id":"ana","type":"person","team":"b","at":"2026-02-01"}"#
        try fixture.importLines([new, old])
        #expect(try fixture.rows("SELECT team FROM principals") == [["b"]])
        #expect(try fixture.importLines([old, new]).added.isEmpty)
    }

    @Test func aDayOfUsageMustBeWhole() throws {
        let text = try EvidenceFixture().problems([
            #"{"kind":"usageCount","agentId":"a","environment":"pilot","day":"2026-09-01T01:00:00Z","counted":3,"countedBy":"gateway"}"#
        ])
        #expect(
            text == """
                evidence.jsonl:1:64: error: "day" must be a whole day, found 2026-09-01T01:00:00Z
                  write 2026-09-01
                1 problem
                """)
    }

    @Test func aFileThatCannotBeReadIsNamed() throws {
        let fixture = try EvidenceFixture()
        let error = #expect(throws: InvalidInput.self) { try fixture.store.importEvidence(file: "/nowhere/x.jsonl", actor: "ana") }
        #expect(
            error?.description == """
                /nowhere/x.jsonl: error: the file cannot be read: No such file or directory
                  check the path
                1 problem
                """)
        #expect(throws: InvalidInput.self) { try fixture.store.importEvidence(file: fixture.folder.path, actor: "ana") }
    }

    @Test func theLastLineNeedsNoBreakAndLinesMayEndAsInWindows() throws {
        let fixture = try EvidenceFixture()
        let path = fixture.folder.write("x.jsonl", Self.scan + "\r\n" + #"{"kind":"template","id":"t","authorId":"ana"}"#)
        #expect(try fixture.store.importEvidence(file: path, actor: "ana").added == ["scan": 1, "template": 1])
        #expect(try fixture.rows("SELECT actor, reason FROM ledger_entries") == [["ana", "import of x.jsonl"]])
    }

    @Test func largeFilesAreBoundInSeveralEntries() throws {
        let fixture = try EvidenceFixture()
        let lines = (0..<66_000).map { #"{"kind":"template","id":"t\#($0)","authorId":"ana"}"# }
        #expect(try fixture.importLines(lines).added == ["template": 66_000])
        #expect(try fixture.rows("SELECT batch_kinds FROM ledger_entries") == [[#"{"template":65536}"#], [#"{"template":464}"#]])
        #expect(try fixture.store.verify().failure == nil)
    }
}
